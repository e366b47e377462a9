import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CodedError, hasCode } from '#libs/errors';
import type { RenderedFile } from '#libs/stack';
import { exists, writeFiles } from './tenant-folder.js';

/**
 * Makes a tenant's folder with all its files at once: they are written beside it and the whole is renamed into place,
 * so that a tenant exists completely or not at all, whenever the run is cut off.
 * @throws CodedError TENANT_EXISTS
 */
export async function createFolder(
  root: string,
  slug: string,
  files: readonly RenderedFile[],
): Promise<void> {
  const folder = path.join(root, slug);
  if (await exists(folder)) throw tenantExists(folder);
  await mkdir(root, { recursive: true });
  await removeLeftovers(root, slug);
  const draft = draftFolder(root, slug);
  try {
    await mkdir(draft);
    // Not left to mkdir: the umask could take bits away.
    await chmod(draft, 0o750);
    await writeFiles(draft, files);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST') ? tenantExists(folder) : error;
  }
}

/** Where files of a tenant stand before they are known to be good. A slug begins with a letter: no tenant has this name. */
export function draftFolder(root: string, slug: string): string {
  return path.join(root, `${draftPrefix(slug)}${process.pid}`);
}

function draftPrefix(slug: string): string {
  return `.${slug}.new-`;
}

/** Drafts hold secrets nobody will use: those of runs that are no more are removed. */
export async function removeLeftovers(root: string, slug: string): Promise<void> {
  const prefix = draftPrefix(slug);
  const drafts = (await readdir(root)).filter((name) => name.startsWith(prefix));
  for (const draft of drafts) {
    const pid = Number(draft.slice(prefix.length));
    if (pid === process.pid || !isRunning(pid)) {
      await rm(path.join(root, draft), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function tenantExists(folder: string): CodedError {
  return new CodedError('TENANT_EXISTS', { detail: folder });
}
