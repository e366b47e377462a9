import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MeterFolder } from '../meter-folder.js';
import { openImportDatabase, type ImportDatabase } from './import-database.js';

const acme = path.resolve('../shared/meter-files/acme');

describe.skipIf(!existsSync(acme))(`files of real meters (in ${acme})`, () => {
  let database: ImportDatabase;
  let folder: MeterFolder;

  beforeAll(async () => {
    database = await openImportDatabase();
    folder = await MeterFolder.copyOf(acme);
  });
  afterAll(() => database.close());

  it('are imported with every point they hold', async () => {
    const { files, totals } = await database.import(folder);
    expect(totals).toMatchObject({ files: 9, imported: 8, rejected: 1, unchanged: 0, points: 22_608 });
    expect(files.filter(({ status }) => status === 'rejected').map(({ error }) => error?.code)).toEqual([
      'METER_FILE_EMPTY',
    ]);
    expect(files.filter(({ status, points }) => status === 'imported' && points === 0)).toHaveLength(1);
    // Two files overlap in 36 points.
    expect(await database.counts()).toMatchObject({ measurements: 22_572, files: 9 });
  });

  it('lie in parsed/ and error/ afterwards', async () => {
    const files = await folder.files();
    expect(files.filter((file) => path.basename(path.dirname(file)) === 'parsed')).toHaveLength(8);
    const refused = files.filter((file) => path.basename(path.dirname(file)) === 'error').toSorted();
    expect(refused).toEqual([refused[0], `${refused[0]}.report.json`]);
    expect(files).toHaveLength(10);
  });

  it('change nothing when they come again', async () => {
    const before = await database.counts();
    const { totals } = await database.import(await MeterFolder.copyOf(acme));
    expect(totals).toMatchObject({ files: 9, imported: 0, rejected: 1, unchanged: 8, points: 0 });
    expect(await database.counts()).toEqual(before);
  });
});
