import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.js';
import { readOptions } from './options.js';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'data-folder-'));
  folder = path.join(parent, 'demo');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

function open(...flags: string[]) {
  return openDataFolder(readOptions(['--data-dir', folder, ...flags], {}));
}

describe('openDataFolder', () => {
  it('makes the folder, readable by its owner alone, and remembers', async () => {
    const made = await open();
    expect(await open()).toEqual(made);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    expect((await stat(path.join(folder, 'wattfleet-demo.json'))).mode & 0o077).toBe(0);
    expect(made.adminPassword.length).toBeGreaterThanOrEqual(20);
  });

  it('begins anew with --fresh, and keeps nothing', async () => {
    const made = await open();
    await mkdir(path.join(folder, 'portal-database'));
    const fresh = await open('--fresh');
    expect(fresh.adminPassword).not.toBe(made.adminPassword);
    expect(await readdir(folder)).toEqual(['wattfleet-demo.json']);
  });

  it.each([[], ['--fresh']])('never touches a folder that holds something else: %j', async (...flags) => {
    await mkdir(folder);
    await writeFile(path.join(folder, 'thesis.txt'), 'x');
    await expect(open(...flags.flat())).rejects.toMatchObject({ code: 'USAGE' });
    expect(await readdir(folder)).toEqual(['thesis.txt']);
  });

  it('takes an empty folder', async () => {
    await mkdir(folder);
    await open();
    expect(await readdir(folder)).toEqual(['wattfleet-demo.json']);
  });
});
