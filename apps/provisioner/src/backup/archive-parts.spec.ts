import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeArchive } from '../testing/archives.fixtures.js';
import { modeOf, newRoot } from '../testing/provisioner.fixtures.js';
import { checkArchive, readManifest } from './archive-parts.js';

describe('an archive', () => {
  let folder: string;
  beforeEach(() => (folder = newRoot()));

  it('is right as it was sealed', async () => {
    const manifest = await makeArchive(folder);
    expect(await checkArchive(folder)).toEqual(manifest);
    expect(modeOf(folder, 'manifest.json')).toBe('600');
    // The sums are what sha256sum reads.
    execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder });
  });

  it.each([
    [
      'cut off',
      () => truncateSync(path.join(folder, 'database.dump'), 3),
      'database.dump',
      'has 3 bytes instead of 6',
    ],
    [
      'changed',
      () => writeFileSync(path.join(folder, 'database.dump'), 'A dump'),
      'database.dump',
      'was changed',
    ],
    ['missing', () => rmSync(path.join(folder, 'tenant/.env')), 'tenant/.env', 'is missing'],
  ])('says which part is %s', async (_, damage, part, message) => {
    await makeArchive(folder);
    damage();
    await expect(checkArchive(folder)).rejects.toMatchObject({
      code: 'ARCHIVE_INVALID',
      problems: [{ path: part, message: expect.stringContaining(message) }],
    });
  });

  it('does not believe a manifest that somebody has edited', async () => {
    await makeArchive(folder);
    const file = path.join(folder, 'manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"rows": 2', '"rows": 3'));
    await expect(readManifest(folder)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
  });

  it('is not any folder, file or nothing', async () => {
    for (const place of [folder, path.join(folder, 'nothing'), import.meta.filename]) {
      await expect(readManifest(place)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
    }
  });

  it('has parts inside of itself only', async () => {
    mkdirSync(path.join(folder, '..x'));
    await expect(makeArchive(folder, { more: { '..x/y': 'z' } })).rejects.toThrow('parts');
  });
});
