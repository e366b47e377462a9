import { lstat, mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { CodedError, hasCode } from '#libs/errors';
import { slugOf, tenantCode, type CurrentFile, type RenderedFile } from '#libs/stack';

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
export async function readCurrent(folder: string, name: string): Promise<CurrentFile> {
  const file = path.join(folder, name);
  try {
    const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { text, mode: mode & 0o777 };
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Writes the files in their order, each at once or not at all. Folders inside are for their owner alone. */
export async function writeFiles(folder: string, files: readonly RenderedFile[]): Promise<void> {
  for (const { path: name, text, mode } of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, text, { mode });
  }
}
