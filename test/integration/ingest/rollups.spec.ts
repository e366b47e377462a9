import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PolicyRunner, timescaleLicence } from '#libs/database';
import { prepareFleet } from '../../../apps/admin/src/ingest/rollups.js';
import { startAdmin, type RunningApp } from '../running-app.js';
import { stopPolicies } from '../test-database.js';
import { countOf, storedRows } from './fleet-state.js';
import { batchOf, IngestClient } from './ingest-client.js';

const hour = 3_600_000;
const day = 24 * hour;
const today = Math.floor(Date.now() / day) * day;
const keepForEver = { events: 90, measurements: 0 };

let admin: RunningApp;
let portal: IngestClient;
let isCommunity = false;
let policies: PolicyRunner;
let clock = Date.now();

beforeAll(async () => {
  admin = await startAdmin();
  await stopPolicies(admin);
  portal = await IngestClient.insert(admin, 'ROLLUPS');
  isCommunity = (await timescaleLicence(admin.dataSource)) !== 'apache';
  policies = new PolicyRunner(admin.dataSource);
});
afterAll(() => admin.close());

/** All policies, as a server's scheduler would run them a day later. */
async function runPolicies(): Promise<void> {
  clock += day;
  await policies.runDue(clock);
}

function prepare(retention = keepForEver): Promise<void> {
  return prepareFleet(admin.dataSource, retention, () => undefined);
}

async function jobs(): Promise<string[]> {
  const rows: { job: string }[] = await admin.dataSource.query(
    `SELECT proc_name || ' of ' || coalesce(hypertable_name, '') AS job FROM timescaledb_information.jobs
     WHERE job_id >= 1000 ORDER BY 1`,
  );
  return rows.map(({ job }) => job);
}

const raw = {
  hourly: `SELECT customer_id, channel_id, date_trunc('hour', time, 'UTC') AS bucket, count(*)::int AS count,
      avg(value)::numeric(20, 6) AS avg, min(value) AS min, max(value) AS max,
      (array_agg(value ORDER BY time))[1] AS first, (array_agg(value ORDER BY time DESC))[1] AS last
    FROM fleet.measurement GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  daily: `WITH hourly AS (SELECT customer_id, channel_id, date_trunc('hour', time, 'UTC') AS hour, avg(value) AS mean
        FROM fleet.measurement GROUP BY 1, 2, 3),
      hours AS (SELECT customer_id, channel_id, date_trunc('day', hour, 'UTC') AS bucket, count(*)::int AS hours,
        sum(mean)::numeric(20, 6) AS hourly_avg_sum FROM hourly GROUP BY 1, 2, 3)
    SELECT customer_id, channel_id, bucket, count(*)::int AS count, avg(value)::numeric(20, 6) AS avg,
      min(value) AS min, max(value) AS max, (array_agg(value ORDER BY time))[1] AS first,
      (array_agg(value ORDER BY time DESC))[1] AS last, hours, hourly_avg_sum
    FROM fleet.measurement JOIN hours USING (customer_id, channel_id)
    WHERE date_trunc('day', time, 'UTC') = bucket
    GROUP BY 1, 2, 3, hours, hourly_avg_sum ORDER BY 1, 2, 3`,
};

async function expectRawValues(): Promise<void> {
  const columns = `customer_id, channel_id, bucket, count::int AS count, avg::numeric(20, 6) AS avg, min, max, first, last`;
  const order = 'ORDER BY 1, 2, 3';
  const hourly = await admin.dataSource.query(`SELECT ${columns} FROM fleet.hourly_per_channel ${order}`);
  expect(hourly).toEqual(await admin.dataSource.query(raw.hourly));
  const daily = await admin.dataSource.query(
    `SELECT ${columns}, hours::int AS hours, hourly_avg_sum::numeric(20, 6) AS hourly_avg_sum
     FROM fleet.daily_per_channel ${order}`,
  );
  expect(daily).toEqual(await admin.dataSource.query(raw.daily));
}

/** What is materialised alone, without the newest rows that a query adds. */
async function expectMaterialised(): Promise<void> {
  if (!isCommunity) return;
  const rows: { view: string; name: string }[] = await admin.dataSource.query(
    `SELECT view_name AS view, format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) AS name
     FROM timescaledb_information.continuous_aggregates WHERE view_name LIKE '%per_channel' ORDER BY 1`,
  );
  expect(rows).toHaveLength(2);
  for (const { view, name } of rows) {
    const settled = new Date(today - 2 * day);
    const [counts]: unknown[] = await admin.dataSource.query(
      `SELECT (SELECT coalesce(sum(count), 0)::int FROM ${name} WHERE bucket < $1) AS materialised,
         (SELECT count(*)::int FROM fleet.measurement WHERE time < $1) AS raw`,
      [settled],
    );
    const { materialised, raw: expected } = counts as { materialised: number; raw: number };
    expect(materialised, view).toBe(expected);
  }
}

describe('the rollups', () => {
  it('equal the raw rows after late writes of any age, corrections and deletions, when the policies have run', async () => {
    let seed = 7;
    const random = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    await prepare();
    for (let round = 0; round < 4; round++) {
      const rows = Array.from({ length: 300 }, (): [number, number, number] => {
        // Some of the last days, some of years ago; on whole minutes, so that later rounds correct earlier ones.
        const age = random(3) === 0 ? 30 + random(8) * 100 : random(12);
        return [random(3), today - age * day + random(48) * 30 * 60_000, random(10_000) / 10];
      });
      expect((await portal.push(batchOf(...rows))).status).toBe(200);
      await runPolicies();
      await expectRawValues();
      await expectMaterialised();
    }
    const compressed: { count: number }[] = await admin.dataSource.query(
      `SELECT count(*)::int AS count FROM timescaledb_information.chunks
       WHERE hypertable_name = 'measurement' AND is_compressed`,
    );
    expect((compressed[0]?.count ?? 0) > 5).toBe(isCommunity);
    const [gone] = batchOf().channels;
    const before = (await storedRows(admin, 'ROLLUPS')).length;
    const deletion = { ...batchOf(), sites: [], devices: [], channels: [] };
    deletion.deleted = { ...deletion.deleted, channels: [gone?.id ?? ''] };
    expect((await portal.push(deletion)).body).toMatchObject({ received: 0 });
    const after = await storedRows(admin, 'ROLLUPS');
    expect(after.length).toBeLessThan(before);
    expect(await countOf(admin.dataSource, 'fleet.measurement')).toBe(after.length);
    const [customer]: { count: number }[] = await admin.dataSource.query(
      `SELECT measurement_count::int AS count FROM fleet.customer WHERE code = 'ROLLUPS'`,
    );
    expect(customer?.count).toBe(after.length);
    await runPolicies();
    await expectRawValues();
    await expectMaterialised();
  });

  it('count pushes by five minutes, with the rows of first writes only', async () => {
    const one = await IngestClient.insert(admin, 'COUNTED');
    const key = '018f0000-0000-7000-8000-0000000000aa';
    const batch = batchOf([0, today, 1], [0, today + 1, 2], [9, today, 3]);
    await one.push(batch, { key });
    await one.push(batch, { key });
    await one.push(batchOf(), { key });
    const count = async () => {
      const rows: unknown[] = await admin.dataSource.query(
        `SELECT sum(batches)::int AS batches, sum(refusals)::int AS refusals, sum(requests)::int AS requests,
           sum(rows_received)::int AS received, sum(rows_accepted)::int AS accepted,
           sum(rows_rejected)::int AS rejected, sum(bytes) > 0 AS "hasBytes", sum(lag_sum) >= 0 AS "hasLag",
           sum(lag_count)::int AS lags
         FROM fleet.pushes_5min JOIN fleet.customer ON customer.id = customer_id WHERE code = 'COUNTED'`,
      );
      return rows[0];
    };
    const expected = {
      batches: 1,
      refusals: 1,
      requests: 3,
      received: 3,
      accepted: 2,
      rejected: 1,
      hasBytes: true,
      hasLag: true,
      lags: 1,
    };
    expect(await count()).toEqual(expected);
    await runPolicies();
    expect(await count()).toEqual(expected);
  });
});

describe('the policies', () => {
  it('are made once, however often Admin starts', async () => {
    const numbers = () =>
      admin.dataSource.query(
        `SELECT job_id FROM timescaledb_information.jobs WHERE job_id >= 1000 ORDER BY 1`,
      );
    const before = await numbers();
    expect(before).toHaveLength(isCommunity ? 8 : 0);
    await prepare();
    expect(await numbers()).toEqual(before);
  });

  it('come back when one was lost, as does a rollup', async () => {
    if (!isCommunity) return;
    const before = await jobs();
    const { dataSource } = admin;
    await dataSource.query(`SELECT remove_continuous_aggregate_policy('fleet.hourly_per_channel')`);
    await dataSource.query(`SELECT remove_compression_policy('fleet.measurement')`);
    await dataSource.query(`SELECT remove_retention_policy('fleet.ingest_event')`);
    expect(await jobs()).toHaveLength(before.length - 3);
    await prepare();
    expect(await jobs()).toEqual(before);
    await dataSource.query(`DROP MATERIALIZED VIEW fleet.hourly_per_channel CASCADE`);
    await prepare();
    expect(await jobs()).toHaveLength(before.length);
    await runPolicies();
    await expectRawValues();
    await expectMaterialised();
  });

  it('refresh every minute, also when an older version had them do it every hour', async () => {
    if (!isCommunity) return;
    const { dataSource } = admin;
    await dataSource.query(`SELECT remove_continuous_aggregate_policy('fleet.hourly_per_channel')`);
    await dataSource.query(
      `SELECT add_continuous_aggregate_policy('fleet.hourly_per_channel', start_offset => NULL,
         end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '1 hour')`,
    );
    await prepare();
    const intervals: unknown[] = await dataSource.query(
      `SELECT extract(epoch FROM schedule_interval)::int AS seconds FROM timescaledb_information.jobs
       WHERE hypertable_name = 'hourly_per_channel' AND proc_name = 'policy_refresh_continuous_aggregate'`,
    );
    expect(intervals).toEqual([{ seconds: 60 }]);
  });

  it('drop measurements only when asked to, keep what was made of them, and stop when asked to', async () => {
    if (!isCommunity) return;
    const { dataSource } = admin;
    const drop = (await jobs()).filter((job) => job.startsWith('policy_retention'));
    await prepare({ events: 90, measurements: 60 });
    expect((await jobs()).filter((job) => job.startsWith('policy_retention'))).toHaveLength(drop.length + 1);
    const hours = await countOf(dataSource, 'fleet.hourly_per_channel');
    const rows = await countOf(dataSource, 'fleet.measurement');
    await runPolicies();
    await runPolicies();
    expect(await countOf(dataSource, 'fleet.measurement')).toBeLessThan(rows);
    expect(await countOf(dataSource, 'fleet.hourly_per_channel')).toBe(hours);
    await prepare(keepForEver);
    expect((await jobs()).filter((job) => job.startsWith('policy_retention'))).toEqual(drop);
  });
});
