import type { DataSource } from 'typeorm';
import {
  ensureCompression,
  ensureRetention,
  ensureRollup,
  timescaleLicence,
  type Rollup,
} from '#libs/database';
import type { Retention } from './ingest.config.js';

/** Late rows are in the rollups a minute later; a run that finds none costs milliseconds. */
const every = '1 minute';

/** Old measurements are dropped by whole chunks, so the rollups stay away from the days that a chunk spans. */
const marginDays = 8;

const hourly: Rollup = {
  name: 'fleet.hourly_per_channel',
  select: `SELECT customer_id, channel_id, time_bucket(INTERVAL '1 hour', time) AS bucket, count(*) AS count,
             avg(value) AS avg, min(value) AS min, max(value) AS max, first(value, time) AS first,
             last(value, time) AS last
           FROM fleet.measurement GROUP BY 1, 2, 3`,
  refresh: { endOffset: '1 hour', every },
};

/** Days are UTC days. `hours` have data; `hourly_avg_sum` is the sum of their means: of power in W, energy in Wh. */
const daily: Rollup = {
  name: 'fleet.daily_per_channel',
  select: `SELECT customer_id, channel_id, time_bucket(INTERVAL '1 day', bucket) AS bucket,
             sum(count)::bigint AS count, sum(avg * count) / sum(count)::float8 AS avg, min(min) AS min,
             max(max) AS max, first(first, bucket) AS first, last(last, bucket) AS last, count(*) AS hours,
             sum(avg) AS hourly_avg_sum
           FROM fleet.hourly_per_channel GROUP BY 1, 2, 3`,
  refresh: { endOffset: '1 day', every },
};

/** What came in, and how far behind it was. A replay is a request, but its rows were counted when they were taken. */
const pushes: Rollup = {
  name: 'fleet.pushes_5min',
  select: `SELECT customer_id, time_bucket(INTERVAL '5 minutes', received_at) AS bucket,
             count(*) FILTER (WHERE outcome = 'accepted') AS batches,
             coalesce(sum(requests) FILTER (WHERE outcome = 'refused'), 0) AS refusals,
             sum(requests) AS requests,
             coalesce(sum(rows_received) FILTER (WHERE outcome = 'accepted'), 0) AS rows_received,
             coalesce(sum(rows_accepted) FILTER (WHERE outcome = 'accepted'), 0) AS rows_accepted,
             coalesce(sum(rows_rejected) FILTER (WHERE outcome = 'accepted'), 0) AS rows_rejected,
             sum(bytes) AS bytes, coalesce(sum(lag_seconds), 0) AS lag_sum, count(lag_seconds) AS lag_count
           FROM fleet.ingest_event GROUP BY 1, 2`,
  refresh: { endOffset: '5 minutes', every },
};

/** Makes rollups, compression and retention what they should be, at every start. */
export async function prepareFleet(
  dataSource: DataSource,
  retention: Retention,
  log: (line: string) => void,
): Promise<void> {
  const licence = await timescaleLicence(dataSource);
  const { measurements, events } = retention;
  // A refresh of what has been dropped would empty the rollups, too, which are kept.
  const kept = measurements === 0 ? {} : { startOffset: `${measurements - marginDays} days` };
  await ensureRollup(dataSource, { ...hourly, refresh: { ...hourly.refresh, ...kept } }, licence);
  await ensureRollup(dataSource, { ...daily, refresh: { ...daily.refresh, ...kept } }, licence);
  await ensureRollup(dataSource, pushes, licence);
  await compress(dataSource, licence);
  await ensureRetention(dataSource, 'fleet.measurement', measurements, licence);
  await ensureRetention(dataSource, 'fleet.ingest_event', events, licence);
  await ensureRetention(dataSource, pushes.name, events, licence);
  if (licence === 'apache') {
    log('WARNING: TimescaleDB runs with its Apache licence: rollups are plain views, nothing is compressed');
  }
  log('TimescaleDB hypertable for fleet.measurement is ready');
}

async function compress(dataSource: DataSource, licence: string): Promise<void> {
  const after = '7 days';
  await ensureCompression(
    dataSource,
    { hypertable: 'fleet.measurement', segmentBy: 'customer_id, channel_id', orderBy: 'time DESC', after },
    licence,
  );
  await ensureCompression(
    dataSource,
    { hypertable: 'fleet.ingest_event', segmentBy: 'customer_id', orderBy: 'received_at DESC', after },
    licence,
  );
}
