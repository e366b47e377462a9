import { lstat, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '#libs/errors';

/**
 * Removes a file below a folder. What a link or `..` leads out of the folder stays, and so does whatever is no file.
 * @param relative to the folder
 * @returns false where it was not removed
 */
export async function removeInside(folder: string, relative: string): Promise<boolean> {
  try {
    const root = await realpath(folder);
    const parent = await realpath(path.join(root, path.dirname(relative)));
    if (parent !== root && !parent.startsWith(root + path.sep)) return false;
    const file = path.join(parent, path.basename(relative));
    if (!(await lstat(file)).isFile()) return false;
    await rm(file);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return false;
    throw error;
  }
}
