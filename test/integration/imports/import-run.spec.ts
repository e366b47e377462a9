import { rename } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PushBatch } from '#libs/contracts';
import { MeterFolder, smallFileChannels } from '../meter-folder.js';
import { isServer } from '../test-database.js';
import { openImportDatabase, type ImportDatabase } from './import-database.js';

const file = 'north/02001084/T302.tsv';
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

async function outbox(): Promise<PushBatch[]> {
  const rows: { payload: Buffer }[] = await database.dataSource.query(
    'SELECT payload FROM monitoring.outbox ORDER BY id',
  );
  return rows.map(({ payload }) => JSON.parse(gunzipSync(payload).toString()) as PushBatch);
}

/** Value of U1 in the second row. */
async function secondValue(): Promise<number | undefined> {
  const rows: { value: number }[] = await database.dataSource.query(
    `SELECT value FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id
     WHERE label = 'U1' ORDER BY time OFFSET 1 LIMIT 1`,
  );
  return rows[0]?.value;
}

async function replaceSecondValue(value: string): Promise<void> {
  const lines = (await folder.read(file)).split('\n');
  lines[3] = (lines[3] ?? '').replace(/\t[^\t]+/, `\t${value}`);
  await folder.write(file, lines.join('\n'));
}

describe('a file that comes again', () => {
  beforeEach(async () => {
    await folder.write(file);
    expect((await database.import(folder)).totals).toMatchObject({ imported: 1, points });
  });

  it('is unchanged when its bytes are the same, under any name', async () => {
    const before = await database.counts();
    await folder.write('north/02001084/again.tsv');
    const { files } = await database.import(folder);
    expect(files).toMatchObject([{ status: 'unchanged', path: 'north/02001084/again.tsv', points: 0 }]);
    expect(await database.counts()).toEqual(before);
  });

  it('is imported for another site, where the same meter is another device', async () => {
    await folder.write('south/02001084/T302.tsv');
    expect((await database.import(folder)).totals.imported).toBe(1);
    expect(await database.counts()).toMatchObject({ measurements: 2 * points });
  });

  it('wins with a corrected value, and only that goes to Admin', async () => {
    await folder.write(file);
    await replaceSecondValue('999.25');
    const { files } = await database.import(folder);
    expect(files).toMatchObject([{ status: 'imported', points }]);
    expect(await secondValue()).toBe(999.25);
    const correction = (await outbox()).at(-1);
    expect(correction?.measurements.value).toEqual([999.25]);
    expect(correction?.measurements.time).toEqual([Date.parse('2026-05-04T00:10:00Z')]);
    expect(await database.counts()).toMatchObject({ measurements: points, outboxEntries: 3 });
  });

  it('brings an old value back when it is sent once more after a correction: the later upload wins', async () => {
    const original = await secondValue();
    await folder.write(file);
    await replaceSecondValue('999.25');
    await database.import(folder);
    // Not to the byte what was imported before: one row more.
    await folder.write(file, { rows: 21 });
    await database.import(folder);
    expect(await secondValue()).toBe(original);
  });

  it('is put away without being stored twice when the import was killed before the move', async () => {
    const before = await database.counts();
    const parsed = path.join(folder.path, 'north/02001084/parsed/T302.tsv');
    await rename(parsed, path.join(folder.path, file));
    const { files } = await database.import(folder);
    expect(files).toMatchObject([{ status: 'unchanged' }]);
    expect(await database.counts()).toEqual(before);
    expect(await folder.files()).toEqual(['north/02001084/parsed/T302.tsv']);
  });
});

describe('a file that was refused', () => {
  it('has one record, which tells of the last time that it came', async () => {
    for (let time = 0; time < 2; time++) {
      await folder.write(file, 'of a format that we do not know\n');
      expect((await database.import(folder)).totals).toMatchObject({ rejected: 1 });
    }
    expect(await database.counts()).toMatchObject({ files: 1 });
  });

  it('is shown with what it holds when a later version of the portal can read it', async () => {
    await folder.write(file);
    await database.import(folder);
    // As if that had been an older version.
    await database.dataSource.query(
      `UPDATE monitoring.import_file SET status = 'rejected', error_code = 'METER_FILE_FORMAT_UNKNOWN', format = NULL,
         device = NULL, rows = 0, points = 0`,
    );
    await folder.write(file);
    expect((await database.import(folder)).totals).toMatchObject({ imported: 1, points });
    const records: unknown[] = await database.dataSource.query(
      'SELECT status, error_code, format, device, rows, points FROM monitoring.import_file',
    );
    expect(records).toEqual([
      {
        status: 'imported',
        error_code: null,
        format: 'MV_T302_V002',
        device: '02001084',
        rows: 20,
        points,
      },
    ]);
  });
});

describe('a database that fails in the middle of a file', () => {
  it('leaves nothing of the file, which waits where it is for the next run', async () => {
    // 12 channels × 1,000 rows: three statements of 5,000 rows, of which the last one fails.
    await folder.write(file, { rows: 1_000, masterChannels: 9 });
    const text = await folder.read(file);
    await folder.write(file, text.replace(/\t[^\t\n]+\n$/, '\t123456789.5\n'));
    const { dataSource } = database;
    await dataSource.query(
      'ALTER TABLE monitoring.measurement ADD CONSTRAINT breaks CHECK (value < 123456789)',
    );
    await expect(database.import(folder)).rejects.toThrow('breaks');
    expect(await database.counts()).toEqual({
      measurements: 0,
      files: 0,
      outboxEntries: 0,
      outboxRows: 0,
    });
    expect(await dataSource.query('SELECT slug FROM monitoring.site')).toEqual([]);
    expect(await folder.files()).toEqual([file]);

    await dataSource.query('ALTER TABLE monitoring.measurement DROP CONSTRAINT breaks');
    expect((await database.import(folder)).totals).toMatchObject({ imported: 1, points: 12_000 });
    expect(await database.counts()).toMatchObject({ measurements: 12_000, outboxRows: 12_000 });
  });
});

describe('small files that are imported together', () => {
  const day = (date: number) => ({ start: new Date(Date.UTC(2026, 4, date)) });

  it('are taken or refused each for itself, with what each of them holds', async () => {
    await folder.write('north/02001084/a.tsv', day(1));
    await folder.write('north/02001084/b.tsv', 'of a format that we do not know\n');
    await folder.write('north/02001084/c.tsv', day(1));
    await folder.write('north/02001084/d.tsv', { ...day(2), slaves: [{ serial: '04002211', channels: 2 }] });
    await folder.write('south/02001084/e.tsv', { ...day(3), masterSerial: '02001085' });
    await folder.write('T302.tsv', day(4));
    const { files, totals } = await database.import(folder);
    expect(totals).toMatchObject({ imported: 3, rejected: 2, unchanged: 1 });
    expect(files.map(({ path: name, status }) => [name, status])).toEqual([
      ['T302.tsv', 'rejected'],
      ['north/02001084/a.tsv', 'imported'],
      ['north/02001084/b.tsv', 'rejected'],
      ['north/02001084/c.tsv', 'unchanged'],
      ['north/02001084/d.tsv', 'imported'],
      ['south/02001084/e.tsv', 'imported'],
    ]);
    const measurements = 20 * (2 * smallFileChannels + smallFileChannels + 2);
    expect(await database.counts()).toMatchObject({ measurements, outboxRows: measurements, files: 5 });
    const perChannel: { rows: number }[] = await database.dataSource.query(
      `SELECT count(*)::int AS rows FROM monitoring.measurement GROUP BY channel_id ORDER BY 1`,
    );
    // The voltages and channels of the first meter have two days.
    expect(perChannel.map(({ rows }) => rows)).toEqual([...Array(8).fill(20), ...Array(6).fill(40)]);
    expect((await folder.files()).filter((name) => !/\/?(?:parsed|error)\//.test(name))).toEqual([]);
  });

  it('let the later file win where their rows are of the same times', async () => {
    await folder.write('north/02001084/a.tsv');
    await folder.write('north/02001084/b.tsv', { rows: 21, seed: 2 });
    await database.import(folder);
    const winner = await secondValue();
    await database.clear();
    await folder.write('north/02001084/b.tsv', { rows: 21, seed: 2 });
    await database.import(folder);
    expect(await secondValue()).toBe(winner);
    expect(await database.counts()).toMatchObject({ measurements: 21 * smallFileChannels });
  });

  it('are stored where one of them spoils the transaction', async () => {
    await folder.write('north/02001084/a.tsv', day(1));
    await folder.write('north/02001084/b.tsv', day(2));
    const text = await folder.read('north/02001084/b.tsv');
    await folder.write('north/02001084/b.tsv', text.replace(/\t[^\t\n]+\n$/, '\t123456789.5\n'));
    await folder.write('north/02001084/c.tsv', day(3));
    const { dataSource } = database;
    await dataSource.query(
      'ALTER TABLE monitoring.measurement ADD CONSTRAINT breaks CHECK (value < 123456789)',
    );
    // Of another transaction, as it is no small one.
    await folder.write('north/02001084/d.tsv', { rows: 10_000, start: new Date(Date.UTC(2025, 4, 1)) });
    await expect(database.import(folder)).rejects.toThrow(
      /^north\/02001084\/b\.tsv cannot be stored: .*breaks/,
    );
    const others = 2 * points + 10_000 * smallFileChannels;
    expect(await database.counts()).toMatchObject({ measurements: others, outboxRows: others, files: 3 });
    expect(await folder.files()).toEqual([
      'north/02001084/b.tsv',
      ...['a', 'c', 'd'].map((name) => `north/02001084/parsed/${name}.tsv`),
    ]);
    const runs: unknown[] = await dataSource.query(
      'SELECT finished_at IS NOT NULL AS ended FROM monitoring.import_run',
    );
    expect(runs).toEqual([{ ended: true }]);
    await dataSource.query('ALTER TABLE monitoring.measurement DROP CONSTRAINT breaks');
    expect((await database.import(folder)).totals).toMatchObject({ imported: 1, files: 1 });
    expect(await database.counts()).toMatchObject({
      measurements: others + points,
      outboxRows: others + points,
    });
  });

  it('announce a channel under the name that the newest of them gives it', async () => {
    await folder.write('north/02001084/a.tsv', day(1));
    await folder.write('north/02001084/b.tsv', day(2));
    const text = await folder.read('north/02001084/b.tsv');
    await folder.write('north/02001084/b.tsv', text.replace('Voie2', 'Oven'));
    await folder.write('north/02001084/c.tsv', day(3));
    await database.import(folder);
    const names = (await outbox()).flatMap(({ channels }) => channels.map(({ name }) => name));
    expect(names.slice(-2)).toEqual(['Oven', 'Voie2']);
    const stored: unknown[] = await database.dataSource.query(
      `SELECT name FROM monitoring.channel WHERE label = 'Ch2'`,
    );
    expect(stored).toEqual([{ name: 'Voie2' }]);
  });
});

describe('outbox', () => {
  it('holds every measurement once, in entries of the given size, behind the one that announces their channels', async () => {
    await folder.write(file, { slaves: [{ serial: '04002211', channels: 2 }] });
    await database.import(folder, { pushBatchRows: 50 });
    const [announcement, ...batches] = await outbox();
    expect(announcement?.sites).toMatchObject([{ slug: 'north', timeZone: 'Europe/Paris' }]);
    const { devices = [], channels: announced = [] } = announcement ?? {};
    expect(devices.map(({ serial }) => serial)).toEqual(['02001084', '04002211']);
    expect(devices[1]?.masterId).toBe(devices[0]?.id);
    expect(announced).toHaveLength(8);
    expect(batches.map(({ measurements }) => measurements.time.length)).toEqual([50, 50, 50, 10]);
    for (const { sites, channels } of batches) expect([sites, channels]).toEqual([[], []]);
    const sent = batches.flatMap(({ measurements: { channels, channelIndex, time, value } }) =>
      time.map((at, row) => `${channels[channelIndex[row] ?? -1]} ${at} ${value[row]}`),
    );
    const stored: { row: string }[] = await database.dataSource.query(
      `SELECT channel.uid || ' ' || (extract(epoch FROM time) * 1000)::bigint || ' ' || value AS row
       FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id`,
    );
    expect(sent.toSorted()).toEqual(stored.map(({ row }) => row).toSorted());
  });

  it('announces the channels of a file without rows', async () => {
    await folder.write(file, { rows: 0 });
    await database.import(folder);
    const [batch] = await outbox();
    expect(batch?.channels).toHaveLength(smallFileChannels);
    expect(batch?.measurements.time).toEqual([]);
  });

  it('is not written where nothing is pushed', async () => {
    await folder.write(file);
    await database.import(folder, { pushBatchRows: null });
    expect(await database.counts()).toMatchObject({ measurements: points, outboxEntries: 0 });
  });
});

describe.skipIf(!isServer)('two collectors (needs a server with many connections)', () => {
  it('store every file once and put every file away', async () => {
    for (let day = 1; day <= 6; day++) {
      await folder.write(`north/02001084/T302_${day}.tsv`, { start: new Date(Date.UTC(2026, 4, day)) });
    }
    const [first, second] = await Promise.all([database.import(folder), database.import(folder)]);
    expect(first.totals.imported + second.totals.imported).toBe(6);
    expect(await database.counts()).toMatchObject({
      measurements: 6 * points,
      files: 6,
      outboxRows: 6 * points,
    });
    expect((await folder.files()).every((name) => name.includes('/parsed/'))).toBe(true);
  });
});
