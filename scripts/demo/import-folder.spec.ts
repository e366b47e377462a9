import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillImportFolder } from './import-folder.js';

let root: string;
let folder: string;
let given: string;
const now = '2026-06-01T00:00:00.000Z';

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'demo-import-'));
  folder = path.join(root, 'import');
  given = path.join(root, 'given');
  await mkdir(path.join(given, 'site/1'), { recursive: true });
  await writeFile(path.join(given, 'site/1/a.tsv'), 'a');
  await writeFile(path.join(given, 'site/1/b.tsv'), '');
  await writeFile(path.join(given, 'site/1/readme.txt'), 'x');
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function files(below: string): Promise<string[]> {
  const entries = await readdir(below, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(below, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

describe('fillImportFolder', () => {
  it('copies the meter files of the given folder, which it leaves as it is', async () => {
    const before = await files(given);
    await fillImportFolder(folder, given, now);
    expect(await files(folder)).toEqual(['site/1/a.tsv', 'site/1/b.tsv']);
    expect(await readFile(path.join(folder, 'site/1/a.tsv'), 'utf8')).toBe('a');
    expect(await files(given)).toEqual(before);
  });

  it('does not bring back what has been dealt with, but what has changed since', async () => {
    await fillImportFolder(folder, given, now);
    for (const [name, into] of [
      ['a.tsv', 'parsed'],
      ['b.tsv', 'error'],
    ] as const) {
      await mkdir(path.join(folder, 'site/1', into));
      await rename(path.join(folder, 'site/1', name), path.join(folder, 'site/1', into, name));
    }
    await fillImportFolder(folder, given, now);
    expect(await files(folder)).toEqual(['site/1/error/b.tsv', 'site/1/parsed/a.tsv']);
    await writeFile(path.join(given, 'site/1/a.tsv'), 'more');
    await fillImportFolder(folder, given, now);
    expect(await files(folder)).toContain('site/1/a.tsv');
  });

  it('generates the same files at every start', async () => {
    await fillImportFolder(folder, undefined, now);
    const first = await files(folder);
    expect(first.length).toBeGreaterThan(10);
    await fillImportFolder(folder, undefined, now);
    expect(await files(folder)).toEqual(first);
  });

  it('says so when there is no such folder', async () => {
    await expect(fillImportFolder(folder, path.join(root, 'nowhere'), now)).rejects.toMatchObject({
      code: 'USAGE',
    });
  });
});
