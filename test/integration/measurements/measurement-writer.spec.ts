import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MeasurementWriter } from '../../../apps/portal/src/measurements/measurement-writer.js';
import type { MeasurementColumns } from '../../../apps/portal/src/measurements/sorted-rows.js';
import { portalDatabase } from '../../../apps/portal/src/portal.database.js';
import { timescaleLicence, type Database } from '#libs/database';
import { openTestDatabase, stopPolicies } from '../test-database.js';

const start = Date.UTC(2026, 4, 4);
const channelIds = [70, 30];

let database: Database;

beforeAll(async () => {
  database = await openTestDatabase(portalDatabase);
  await stopPolicies(database);
});
afterAll(() => database.close());
beforeEach(() => database.dataSource.query('TRUNCATE monitoring.measurement'));

/** Rows a second apart: `from` and `to` are seconds, the value is that of the second unless another one is given. */
function rowsOf(from: number, to: number, value = (second: number) => second) {
  const seconds = Array.from({ length: to - from }, (_, index) => from + index);
  return {
    rowCount: seconds.length,
    times: Float64Array.from(seconds, (second) => start + second * 1_000),
    values: Float64Array.from(seconds.flatMap((second) => [value(second), -value(second)])),
  };
}

/** Writes the blocks in one transaction, and returns what was told to have changed as `channel second value`. */
async function write(...blocks: ReturnType<typeof rowsOf>[]): Promise<string[]> {
  const changed: string[] = [];
  const take = async ({ channel, time, value }: MeasurementColumns) => {
    for (const [row, at] of time.entries())
      changed.push(`${channel[row]} ${(at - start) / 1_000} ${value[row]}`);
  };
  await database.dataSource.transaction(async (manager) => {
    // So few that any file would be too much.
    await manager.query('SET LOCAL timescaledb.max_tuples_decompressed_per_dml_transaction = 10');
    const writer = new MeasurementWriter(manager, channelIds, take);
    for (const block of blocks) {
      await writer.write(block);
      // The reader uses its buffers again.
      block.times.fill(0);
      block.values.fill(0);
    }
    await writer.flush();
  });
  return changed.toSorted();
}

async function stored(): Promise<string[]> {
  const rows: { row: string }[] = await database.dataSource.query(
    `SELECT CASE channel_id WHEN 70 THEN 0 ELSE 1 END || ' ' || extract(epoch FROM time)::bigint - $1::bigint || ' ' || value AS row
     FROM monitoring.measurement`,
    [start / 1_000],
  );
  return rows.map(({ row }) => row).toSorted();
}

function expected(from: number, to: number, value = (second: number) => second): string[] {
  const seconds = Array.from({ length: to - from }, (_, index) => from + index);
  return seconds
    .flatMap((second) => [`0 ${second} ${value(second)}`, `1 ${second} ${0 - value(second)}`])
    .toSorted();
}

describe('MeasurementWriter', () => {
  it('stores what is new, and tells of all of it', async () => {
    expect(await write(rowsOf(1, 3_001), rowsOf(3_001, 4_001))).toEqual(expected(1, 4_001));
    expect(await stored()).toEqual(expected(1, 4_001));
  });

  it('tells of nothing when nothing is new', async () => {
    await write(rowsOf(1, 200));
    expect(await write(rowsOf(1, 200))).toEqual([]);
    expect(await stored()).toEqual(expected(1, 200));
  });

  it('adds what a file has grown by, in blocks that hold old rows, both, and new ones', async () => {
    await write(rowsOf(1, 150));
    const changed = await write(rowsOf(1, 100), rowsOf(100, 200), rowsOf(200, 300), rowsOf(300, 400));
    expect(changed).toEqual(expected(150, 400));
    expect(await stored()).toEqual(expected(1, 400));
  });

  it('corrects what differs, and tells of that alone', async () => {
    await write(rowsOf(1, 200));
    const value = (second: number) => (second % 50 === 0 ? 1_000 + second : second);
    const changed = await write(rowsOf(1, 200, value));
    expect(changed).toEqual(
      expected(1, 200, value).filter((row) => Math.abs(Number(row.split(' ')[2])) > 1_000),
    );
    expect(await stored()).toEqual(expected(1, 200, value));
  });

  it('stores and corrects rows of a compressed chunk', async (test) => {
    const { dataSource } = database;
    test.skip(
      (await timescaleLicence(dataSource)) === 'apache',
      'the Apache edition of TimescaleDB compresses nothing',
    );
    await write(rowsOf(1, 2_000));
    await dataSource.query(
      `ALTER TABLE monitoring.measurement SET (timescaledb.compress, timescaledb.compress_segmentby = 'channel_id',
         timescaledb.compress_orderby = 'time')`,
    );
    await dataSource.query(
      `SELECT compress_chunk(chunk, true) FROM show_chunks('monitoring.measurement') AS chunk`,
    );
    const value = (second: number) => (second === 7 ? 700 : second);
    expect(await write(rowsOf(1, 2_100, value))).toEqual(
      [...expected(2_000, 2_100), '0 7 700', '1 7 -700'].toSorted(),
    );
    expect(await stored()).toEqual(expected(1, 2_100, value));
  });

  it('leaves nothing behind when the caller gives up, whatever was under way', async () => {
    const giveUp = database.dataSource.transaction(async (manager) => {
      const writer = new MeasurementWriter(manager, channelIds, undefined);
      await writer.write(rowsOf(1, 5_000));
      await writer.settle();
      throw new Error('gives up');
    });
    await expect(giveUp).rejects.toThrow('gives up');
    expect(await stored()).toEqual([]);
  });
});
