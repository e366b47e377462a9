import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '#libs/errors';
import { removeInside } from './remove-inside.js';

const reportName = /^(\d{8}T\d{6}Z)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/;
/** What a process left that died while it wrote. */
const unfinishedName = /^\.\d{8}T\d{6}Z-.+\.tmp$/;

/**
 * Removes the reports of runs that started before an instant, and nothing that has another name or lies elsewhere.
 * @returns how many
 */
export async function removeOldReports(folder: string, before: Date): Promise<number> {
  const limit = before.toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  let removed = 0;
  for (const year of await foldersIn(folder, /^\d{4}$/)) {
    for (const month of await foldersIn(path.join(folder, year), /^\d{2}$/)) {
      for (const name of await readdir(path.join(folder, year, month))) {
        const file = path.join(year, month, name);
        const started = reportName.exec(name)?.[1];
        const isOld = started === undefined ? await isLeftOver(folder, file, before) : started < limit;
        if (isOld && (await removeInside(folder, file))) removed += 1;
      }
    }
  }
  return removed;
}

async function isLeftOver(folder: string, file: string, before: Date): Promise<boolean> {
  if (!unfinishedName.test(path.basename(file))) return false;
  return (await stat(path.join(folder, file))).mtime < before;
}

/** Links are no folders here. */
async function foldersIn(folder: string, name: RegExp): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && name.test(entry.name)).map((entry) => entry.name);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}
