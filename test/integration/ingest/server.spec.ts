import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerPruning } from '../../../apps/admin/src/ingest/ledger-pruning.js';
import { timescaleLicence } from '#libs/database';
import { startAdmin, type RunningApp } from '../running-app.js';
import { isServer } from '../test-database.js';
import { customerState, events, storedRows } from './fleet-state.js';
import { batchOf, firstTime, goodRows, IngestClient } from './ingest-client.js';

const week = 7 * 86_400_000;
let admin: RunningApp;

beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());

async function writes(way: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', admin.url))).text();
  return Number(
    new RegExp(`wattfleet_ingest_writes_total\\{way="${way}",app="admin"\\} (\\d+)`).exec(text)?.[1] ?? 0,
  );
}

describe('the ways in', () => {
  it('are COPY for new rows on a server, and else the one that can correct', async () => {
    const portal = await IngestClient.insert(admin, 'WAYS');
    const before = [await writes('copy'), await writes('upsert')] as const;
    await portal.push(batchOf(...goodRows(3)));
    await portal.push(batchOf(...goodRows(4)));
    expect((await portal.push(batchOf(...goodRows(4, 231)))).body).toMatchObject({
      accepted: 4,
      duplicates: 0,
    });
    expect(await writes('copy')).toBe(before[0] + (isServer ? 1 : 0));
    expect(await writes('upsert')).toBe(before[1] + (isServer ? 2 : 3));
    expect(await customerState(admin, 'WAYS')).toMatchObject({ measurement_count: 4 });
  });

  it('store the same values to the bit and the millisecond', async () => {
    const portal = await IngestClient.insert(admin, 'EXACT');
    const values = [0.1, 0, 5e-324, Number.MAX_VALUE, -1e-7, 123_456_789.123_456_78];
    const rows = values.map((value, index): [number, number, number] => [
      0,
      firstTime + index * 7 + 1,
      value,
    ]);
    await portal.push(batchOf(...rows.slice(0, 3)));
    await portal.push(batchOf(rows[0] ?? [0, 0, 0], ...rows.slice(3)));
    const stored: { time: Date; value: number }[] = await admin.dataSource.query(
      `SELECT time, value FROM fleet.measurement JOIN fleet.customer ON customer.id = customer_id
       WHERE code = 'EXACT' ORDER BY time`,
    );
    expect(stored.map(({ time, value }) => [0, time.getTime(), value])).toEqual(rows);
  });

  it('correct rows in compressed chunks, however many must be decompressed', async () => {
    if ((await timescaleLicence(admin.dataSource)) === 'apache') return;
    const portal = await IngestClient.insert(admin, 'PACKED');
    const long = Array.from({ length: 5_000 }, (_, index): [number, number, number] => [
      index % 2,
      firstTime - 60 * week + Math.floor(index / 2) * 1_000,
      index,
    ]);
    await portal.push(batchOf(...long));
    await admin.dataSource.query(
      `SELECT compress_chunk(chunk, if_not_compressed => true) FROM show_chunks('fleet.measurement') AS chunk`,
    );
    await admin.dataSource.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timescaledb.max_tuples_decompressed_per_dml_transaction = 10',
         current_database()); END $$`,
    );
    const corrected = long.map(([channel, time, value]): [number, number, number] => [
      channel,
      time,
      value + 0.5,
    ]);
    const { status, body } = await portal.push(batchOf(...corrected));
    expect([status, body.accepted, body.duplicates]).toEqual([200, 5_000, 0]);
    expect((await portal.push(batchOf(...corrected))).body).toMatchObject({ accepted: 0, duplicates: 5_000 });
    expect(await storedRows(admin, 'PACKED')).toHaveLength(5_000);
  });
});

describe('a batch whose transaction fails', () => {
  it('leaves nothing, and is taken when it is sent again', async () => {
    const portal = await IngestClient.insert(admin, 'BROKEN');
    const batch = batchOf(...goodRows(5));
    const key = randomUUID();
    await admin.dataSource.query(
      `CREATE FUNCTION fleet.break() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'power is gone'; END $$`,
    );
    // The stream is written in the last statement: all the others have been done by then.
    await admin.dataSource.query(
      `CREATE TRIGGER break BEFORE INSERT OR UPDATE ON fleet.ingest_stream FOR EACH ROW EXECUTE FUNCTION fleet.break()`,
    );
    const failed = await portal.push(batch, { key });
    expect([failed.status, failed.body.code]).toEqual([500, 'INTERNAL']);
    await admin.dataSource.query(`DROP TRIGGER break ON fleet.ingest_stream`);
    expect(await storedRows(admin, 'BROKEN')).toEqual([]);
    expect(await events(admin, 'BROKEN')).toEqual([]);
    expect(await customerState(admin, 'BROKEN')).toMatchObject({
      sites: 0,
      measurement_count: 0,
      last_accepted_at: null,
    });
    const again = await portal.push(batch, { key });
    expect([again.status, again.body.accepted]).toEqual([200, 5]);
    expect(again.headers.get('wattfleet-replayed')).toBeNull();
  });
});

describe('the ledger', () => {
  it('forgets batches after 90 days, which are then stored as if they were new', async () => {
    const portal = await IngestClient.insert(admin, 'OLDKEY');
    const [old, recent] = [randomUUID(), randomUUID()];
    await portal.push(batchOf(...goodRows(2)), { key: old });
    await portal.push(batchOf(...goodRows(3)), { key: recent });
    await admin.dataSource.query(
      `UPDATE fleet.ingest_batch SET received_at = now() - INTERVAL '91 days' WHERE idempotency_key = $1`,
      [old],
    );
    expect(await admin.app.get(LedgerPruning, { strict: false }).prune()).toBe(1);
    expect((await portal.push(batchOf(...goodRows(2)), { key: old })).body).toMatchObject({ duplicates: 2 });
    const replay = await portal.push(batchOf(...goodRows(3)), { key: recent });
    expect(replay.headers.get('wattfleet-replayed')).toBe('true');
  });
});

describe.skipIf(!isServer)('history of twenty years (needs a server)', () => {
  it('is taken in batches of 100 weeks, corrected and deleted, without running out of locks', async () => {
    const portal = await IngestClient.insert(admin, 'HISTORY');
    const first = Date.UTC(2004, 0, 1);
    const batches = Array.from({ length: 11 }, (_, part) =>
      Array.from({ length: 100 }, (_, index): [number, number, number] => [
        0,
        first + (part * 100 + index) * week,
        part,
      ]),
    );
    for (const rows of batches)
      expect((await portal.push(batchOf(...rows))).body).toMatchObject({ accepted: 100 });
    const answers = await Promise.all(
      batches.map((rows) =>
        portal.push(
          batchOf(...rows.map(([channel, time]) => [channel, time, -1] as [number, number, number])),
        ),
      ),
    );
    for (const { status, body } of answers) expect([status, body.accepted]).toEqual([200, 100]);
    const chunks: { count: number }[] = await admin.dataSource.query(
      `SELECT count(*)::int AS count FROM show_chunks('fleet.measurement')`,
    );
    expect(chunks[0]?.count).toBeGreaterThan(1_000);
    const { sites, devices, channels } = { sites: [], devices: [], channels: [] };
    const deleted = { sites: batchOf().sites.map(({ id }) => id), devices: [], channels: [] };
    expect((await portal.push({ ...batchOf(), sites, devices, channels, deleted })).status).toBe(200);
    expect(await customerState(admin, 'HISTORY')).toMatchObject({
      measurement_count: 0,
      newest_data_at: null,
    });
  });
});
