import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PolicyRunner, timescaleLicence, type Database } from '#libs/database';
import { adminDatabase } from '../../../apps/admin/src/admin.database.js';
import { prepareFleet } from '../../../apps/admin/src/ingest/rollups.js';
import { prepareMeasurements } from '../../../apps/portal/src/measurements/rollups.js';
import { portalDatabase } from '../../../apps/portal/src/portal.database.js';
import { openTestDatabase, stopPolicies } from '../test-database.js';

const hour = 3_600_000;
/** Whole hours, two days back: inside of what the refresh policies look at. */
const start = Math.floor(Date.now() / hour) * hour - 48 * hour;
const longAgo = start - 20 * 24 * hour;

const rollups = [
  { name: 'monitoring.measurement_15min', width: '15 minutes' },
  { name: 'monitoring.measurement_hourly', width: '1 hour' },
];

describe('rollups of the portal', () => {
  let database: Database;
  let policies: PolicyRunner;
  const lines: string[] = [];

  beforeAll(async () => {
    database = await openTestDatabase(portalDatabase);
    await stopPolicies(database);
    await prepare();
    policies = new PolicyRunner(database.dataSource);
  });
  afterAll(() => database.close());

  function prepare(): Promise<void> {
    return prepareMeasurements(database.dataSource, (line) => lines.push(line));
  }

  /** One value a minute for three hours, on two channels. */
  function insert(from: number, offset: number): Promise<unknown> {
    return database.dataSource.query(
      `INSERT INTO monitoring.measurement (channel_id, time, value)
       SELECT channel, to_timestamp($1::float8 / 1000) + minute * INTERVAL '1 minute', 100 * channel + minute + $2::float8
       FROM generate_series(1, 2) AS channel, generate_series(0, 179) AS minute
       ON CONFLICT (channel_id, time) DO UPDATE SET value = excluded.value`,
      [from, offset],
    );
  }

  async function expectRawValues(): Promise<void> {
    for (const { name, width } of rollups) {
      const columns = 'channel_id, bucket, count::int AS count, avg, min, max, first, last';
      const rolledUp: unknown[] = await database.dataSource.query(
        `SELECT ${columns} FROM ${name} ORDER BY channel_id, bucket`,
      );
      const raw: unknown[] = await database.dataSource.query(
        `SELECT channel_id, date_bin('${width}', time, '2000-01-01 00:00Z') AS bucket, count(*)::int AS count,
           avg(value) AS avg, min(value) AS min, max(value) AS max,
           (array_agg(value ORDER BY time))[1] AS first, (array_agg(value ORDER BY time DESC))[1] AS last
         FROM monitoring.measurement GROUP BY 1, 2 ORDER BY 1, 2`,
      );
      expect(rolledUp, name).toEqual(raw);
      expect(raw.length, name).toBeGreaterThan(0);
    }
  }

  async function jobs(): Promise<string[]> {
    const rows: { job: string }[] = await database.dataSource.query(
      `SELECT proc_name || ' of ' || coalesce(hypertable_name, '') AS job FROM timescaledb_information.jobs
       WHERE job_id >= 1000 ORDER BY 1, job_id`,
    );
    return rows.map(({ job }) => job);
  }

  it('equal the raw values before any policy has run', async () => {
    await insert(start, 0);
    await insert(longAgo, 0);
    await expectRawValues();
  });

  it('equal the raw values when the policies have run, over compressed chunks, too', async () => {
    const isCommunity = (await timescaleLicence(database.dataSource)) !== 'apache';
    const ran = await policies.runDue(Date.now());
    expect(ran).toBe(isCommunity ? 3 : 0);
    await expectRawValues();
    const chunks: { compressed: number }[] = await database.dataSource.query(
      `SELECT count(*) FILTER (WHERE is_compressed)::int AS compressed FROM timescaledb_information.chunks
       WHERE hypertable_name = 'measurement'`,
    );
    expect(chunks[0]?.compressed).toBe(isCommunity ? 1 : 0);
  });

  it('follow rows that come late and values that are corrected, at the latest with the next run', async () => {
    await insert(start, 0.5);
    await insert(start + 3 * hour, 0);
    await insert(longAgo, 0.5);
    expect(await policies.runDue(Date.now())).toBe(0);
    await policies.runDue(Date.now() + 24 * hour);
    await expectRawValues();
  });

  it('show rows that are older than what the policies refresh', async () => {
    await insert(start - 400 * 24 * hour, 0);
    await policies.runDue(Date.now() + 48 * hour);
    await expectRawValues();
  });

  it('are made once, however often the app starts', async () => {
    const before = await jobs();
    await prepare();
    await prepare();
    expect(await jobs()).toEqual(before);
    await expectRawValues();
  });

  it('take the place of plain views that an Apache server has left', async () => {
    const { dataSource } = database;
    const isCommunity = (await timescaleLicence(dataSource)) !== 'apache';
    const kind = isCommunity ? 'MATERIALIZED VIEW' : 'VIEW';
    await dataSource.query(`DROP ${kind} monitoring.measurement_hourly`);
    await dataSource.query(
      `CREATE VIEW monitoring.measurement_hourly AS
       SELECT channel_id, time_bucket(INTERVAL '1 hour', time) AS bucket, count(*) AS count, avg(value) AS avg,
         min(value) AS min, max(value) AS max, first(value, time) AS first, last(value, time) AS last
       FROM monitoring.measurement GROUP BY 1, 2`,
    );
    await prepare();
    const continuous: unknown[] = await dataSource.query(
      `SELECT 1 FROM timescaledb_information.continuous_aggregates WHERE view_name = 'measurement_hourly'`,
    );
    expect(continuous).toHaveLength(isCommunity ? 1 : 0);
    await expectRawValues();
  });
});

describe('rollup of the fleet', () => {
  it('is made once, however often Admin starts', async () => {
    const { dataSource, close } = await openTestDatabase(adminDatabase);
    const count = async () => {
      const rows: { jobs: number }[] = await dataSource.query(
        `SELECT count(*)::int AS jobs FROM timescaledb_information.jobs WHERE job_id >= 1000`,
      );
      return rows[0]?.jobs;
    };
    await prepareFleet(dataSource, { events: 90, measurements: 0 }, () => undefined);
    const before = await count();
    await prepareFleet(dataSource, { events: 90, measurements: 0 }, () => undefined);
    expect(await count()).toBe(before);
    await expect(dataSource.query('SELECT * FROM fleet.hourly_per_channel')).resolves.toEqual([]);
    await close();
  });
});
