import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FileSource } from '../../../apps/portal/src/collection/file-source.js';
import { FolderStore } from '../../../apps/portal/src/collection/folder-store.js';
import type { WaitingFile } from '../../../apps/portal/src/collection/waiting-file.js';
import { ImportRun } from '../../../apps/portal/src/imports/import-run.js';
import { MeterFolder, smallFileChannels } from '../meter-folder.js';
import { openImportDatabase, type ImportDatabase } from './import-database.js';

const points = 20 * smallFileChannels;

let database: ImportDatabase;
let folder: MeterFolder;
let source: FileSource;

beforeAll(async () => {
  database = await openImportDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.clear();
  folder = await MeterFolder.create();
  source = new FileSource(new FolderStore(folder.path));
});

async function importListed(files: readonly WaitingFile[]) {
  const run = await ImportRun.begin(database.dataSource, {
    trigger: 'command',
    source,
    timeZone: 'Europe/Paris',
    reportFolder: undefined,
  });
  return run.import(files);
}

describe('a file that has changed since it was listed', () => {
  it.each([
    ['small', 20],
    ['large', 10_000],
  ])('waits, and its neighbours do not: a %s one', async (_, rows) => {
    await folder.write('north/02001084/a.tsv', { start: new Date(Date.UTC(2026, 4, 1)) });
    await folder.write('north/02001084/b.tsv', { rows });
    await folder.write('north/02001084/c.tsv', { start: new Date(Date.UTC(2026, 4, 3)) });
    const { files } = await source.look();
    await folder.write('north/02001084/b.tsv', { rows: rows + 1 });
    const { files: reports } = await importListed(files);
    expect(reports.map(({ status, error }) => [status, error?.code])).toEqual([
      ['imported', undefined],
      ['rejected', 'METER_FILE_UNREADABLE'],
      ['imported', undefined],
    ]);
    expect(await database.counts()).toMatchObject({ measurements: 2 * points, files: 2 });
    expect(await folder.files()).toEqual([
      'north/02001084/b.tsv',
      'north/02001084/parsed/a.tsv',
      'north/02001084/parsed/c.tsv',
    ]);
    expect((await database.import(folder)).totals).toMatchObject({ imported: 1 });
  });

  it('is not held when it has grown beyond what memory is for', async () => {
    await folder.write('north/02001084/b.tsv');
    const { files } = await source.look();
    await folder.write('north/02001084/b.tsv', { rows: 10_000 });
    const { files: reports } = await importListed(files);
    expect(reports).toMatchObject([{ error: { code: 'METER_FILE_UNREADABLE' } }]);
  });
});

describe('a site whose zone was assumed', () => {
  it('gets that of a file also where everything else of the file is known', async () => {
    await folder.write('north/02001084/a.tsv');
    await database.import(folder);
    await database.dataSource.query(`UPDATE monitoring.site SET time_zone = 'UTC', time_zone_assumed = true`);
    await folder.write('north/02001084/b.tsv', { start: new Date(Date.UTC(2026, 4, 7)) });
    await database.import(folder);
    expect(
      await database.dataSource.query('SELECT time_zone, time_zone_assumed AS assumed FROM monitoring.site'),
    ).toEqual([{ time_zone: 'Europe/Paris', assumed: false }]);
  });
});
