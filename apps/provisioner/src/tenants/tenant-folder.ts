import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { CodedError, hasCode } from '#libs/errors';
import { slugOf, tenantCode, type CurrentFile, type RenderedFile } from '#libs/stack';
import { writeAtomic } from './write-atomic.js';

/**
 * The folder of the tenant that a user names by its code or its slug.
 * @throws CodedError USAGE for a name that is neither, so that no name leads out of the root
 */
export function tenantFolder(root: string, codeOrSlug: string): { slug: string; folder: string } {
  const isSlug = codeOrSlug === slugOf(codeOrSlug);
  const parsed = tenantCode.safeParse(isSlug ? codeOrSlug.toUpperCase() : codeOrSlug);
  if (!parsed.success) {
    const message = parsed.error.issues[0]?.message ?? 'is not a tenant code';
    throw new CodedError('USAGE', { problems: [{ path: 'code', message }] });
  }
  const slug = slugOf(parsed.data);
  return { slug, folder: path.join(root, slug) };
}

/** True when something stands at the place of a tenant's folder. */
export async function exists(folder: string): Promise<boolean> {
  try {
    await lstat(folder);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** A file of the folder as it is now, or undefined. */
export function readCurrent(folder: string, name: string): Promise<CurrentFile> {
  return new Promise((resolve) => resolve(readNow(folder, name)));
}

/**
 * In one go: a plan of a thousand tenants reads ten thousand small files, of which each would pass four times through
 * the pool of threads.
 */
function readNow(folder: string, name: string): CurrentFile {
  let descriptor: number;
  try {
    descriptor = openSync(path.join(folder, name), 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
  try {
    return { text: readFileSync(descriptor, 'utf8'), mode: fstatSync(descriptor).mode & 0o777 };
  } finally {
    closeSync(descriptor);
  }
}

/** Writes the files in their order, each at once or not at all. Folders inside are for their owner alone. */
export async function writeFiles(folder: string, files: readonly RenderedFile[]): Promise<void> {
  const folders = new Set(files.map((file) => path.dirname(path.join(folder, file.path))));
  for (const one of folders) mkdirSync(one, { recursive: true, mode: 0o700 });
  for (const file of files) await writeAtomic(path.join(folder, file.path), file.text, file.mode);
}
