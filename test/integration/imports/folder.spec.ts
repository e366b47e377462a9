import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MeterFolder, smallFileChannels } from '../meter-folder.js';
import { openImportDatabase, type ImportDatabase } from './import-database.js';

const points = 20 * smallFileChannels;

let database: ImportDatabase;
let folder: MeterFolder;

beforeAll(async () => {
  database = await openImportDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.clear();
  folder = await MeterFolder.create();
});

describe('place of a meter file', () => {
  it.each(['T302.tsv', 'north/T302.tsv', 'north/02001084/2026/T302.tsv'])(
    'is refused when it is %s',
    async (file) => {
      await folder.write(file);
      const { files } = await database.import(folder);
      expect(files).toMatchObject([{ status: 'rejected', error: { code: 'METER_FILE_PATH_INVALID' } }]);
      const refused = path.join(path.dirname(file), 'error', 'T302.tsv');
      expect(await folder.files()).toEqual([refused, `${refused}.report.json`]);
      expect(await database.counts()).toMatchObject({ measurements: 0, files: 1, outboxEntries: 0 });
    },
  );

  it('names the site; the header names the device, and a folder that says otherwise is a warning', async () => {
    await folder.write('north/02009999/T302.tsv');
    const { files } = await database.import(folder);
    expect(files).toMatchObject([{ site: 'north', device: '02001084', status: 'imported' }]);
    expect(files[0]?.warnings).toEqual([
      'the folder says device 02009999, the header says 02001084: the header was believed',
    ]);
    expect(await database.dataSource.query('SELECT serial FROM monitoring.device')).toEqual([
      { serial: '02001084' },
    ]);
  });

  it.each(["Bâtiment d'été", 'a "quoted" site', '北工場 ⚡', 'semi;colon--%_\\', '$1'])(
    'may have any name: %s',
    async (site) => {
      const file = `${site}/02001084/${site}.tsv`;
      await folder.write(file);
      const { files } = await database.import(folder);
      expect(files).toMatchObject([{ status: 'imported', site, path: file, points }]);
      expect(await database.dataSource.query('SELECT slug, name FROM monitoring.site')).toEqual([
        { slug: site, name: site },
      ]);
      expect(await folder.files()).toEqual([`${site}/02001084/parsed/${site}.tsv`]);
    },
  );
});

describe('what is not taken', () => {
  it('are hidden names, other names and what is being uploaded', async () => {
    const others = ['.T302.tsv', 'T302.tsv.part', 'T302.tsv.filepart', 'notes.txt', '.upload/T302.tsv'];
    for (const name of others) await folder.write(`north/02001084/${name}`);
    const before = await folder.snapshot();
    expect((await database.import(folder)).totals.files).toBe(0);
    expect(await folder.snapshot()).toEqual(before);
  });

  it('are links, to files and to folders', async () => {
    const elsewhere = await MeterFolder.create();
    await elsewhere.write('02001084/T302.tsv');
    await folder.write('north/02001084/readme.txt', '');
    const target = path.join(elsewhere.path, '02001084/T302.tsv');
    await symlink(target, path.join(folder.path, 'north/02001084/T302.tsv'));
    await symlink(elsewhere.path, path.join(folder.path, 'linked-site'));
    await symlink('..', path.join(folder.path, 'north/up'));
    expect((await database.import(folder)).totals.files).toBe(0);
    expect(await elsewhere.files()).toEqual(['02001084/T302.tsv']);
  });

  it('is what has been dealt with', async () => {
    await folder.write('north/02001084/parsed/T302.tsv');
    await folder.write('north/02001084/error/T302.tsv');
    expect((await database.import(folder)).totals.files).toBe(0);
  });
});

describe('folders beside a file', () => {
  it('get what is imported in parsed/ and what is refused in error/, and the run goes on', async () => {
    await folder.write('north/02001084/a.tsv', '');
    await folder.write('north/02001084/b.tsv', 'not a meter file\n');
    await folder.write('north/02001084/c.tsv');
    const { totals, files } = await database.import(folder);
    expect(totals).toMatchObject({ files: 3, imported: 1, rejected: 2 });
    expect(files.map(({ error }) => error?.code)).toEqual([
      'METER_FILE_EMPTY',
      'METER_FILE_FORMAT_UNKNOWN',
      undefined,
    ]);
    expect(await folder.files()).toEqual([
      'north/02001084/error/a.tsv',
      'north/02001084/error/a.tsv.report.json',
      'north/02001084/error/b.tsv',
      'north/02001084/error/b.tsv.report.json',
      'north/02001084/parsed/c.tsv',
    ]);
    const report: unknown = JSON.parse(await folder.read('north/02001084/error/b.tsv.report.json'));
    expect(report).toMatchObject({
      path: 'north/02001084/b.tsv',
      status: 'rejected',
      error: { code: 'METER_FILE_FORMAT_UNKNOWN' },
    });
  });

  it('keep an older file of the same name', async () => {
    const file = 'north/02001084/T302.tsv';
    for (const rows of [5, 6, 7]) {
      await folder.write(file, { rows });
      await database.import(folder);
    }
    expect(await folder.files()).toEqual([
      'north/02001084/parsed/T302.1.tsv',
      'north/02001084/parsed/T302.2.tsv',
      'north/02001084/parsed/T302.tsv',
    ]);
    const lengths = (await Promise.all((await folder.files()).map((name) => folder.read(name)))).map(
      (text) => text.split('\n').length - 3,
    );
    expect(lengths).toEqual([6, 7, 5]);
  });

  it('hold a file once that comes again under its name', async () => {
    const file = 'north/02001084/T302.tsv';
    for (let time = 0; time < 3; time++) {
      await folder.write(file);
      await database.import(folder);
    }
    expect(await folder.files()).toEqual(['north/02001084/parsed/T302.tsv']);
  });
});

describe('a file that was cut off', () => {
  it('gives its whole rows, and the rest when it is sent again', async () => {
    const file = 'north/02001084/T302.tsv';
    await folder.write(file);
    const whole = await folder.read(file);
    await folder.write(file, whole.slice(0, -3));
    const { files } = await database.import(folder);
    expect(files).toMatchObject([
      { status: 'imported', rows: 19, rejectedRows: { truncated: 1, timestamp: 0 }, incomplete: true },
    ]);
    expect(files[0]?.warnings).toEqual(['the upload was cut off: only whole rows were taken']);
    await folder.write(file, whole);
    await database.import(folder);
    expect(await database.counts()).toMatchObject({ measurements: points, outboxRows: points });
  });
});
