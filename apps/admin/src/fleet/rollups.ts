import type { DataSource } from 'typeorm';
import { ensureCompression, ensureRollup, timescaleLicence, type Rollup } from '#libs/database';

const hourly: Rollup = {
  name: 'fleet.hourly_per_channel',
  select: `SELECT customer_id, channel_id, time_bucket(INTERVAL '1 hour', time) AS bucket, count(*) AS count,
             avg(value) AS avg, min(value) AS min, max(value) AS max, first(value, time) AS first,
             last(value, time) AS last
           FROM fleet.measurement GROUP BY 1, 2, 3`,
  refresh: { endOffset: '1 hour', every: '1 hour' },
};

const daily: Rollup = {
  name: 'fleet.daily_per_channel',
  select: `SELECT customer_id, channel_id, time_bucket(INTERVAL '1 day', bucket) AS bucket, sum(count) AS count,
             sum(avg * count) / sum(count) AS avg, min(min) AS min, max(max) AS max, first(first, bucket) AS first,
             last(last, bucket) AS last, count(*) AS hours, sum(avg) AS hourly_avg_sum
           FROM fleet.hourly_per_channel GROUP BY 1, 2, 3`,
  refresh: { endOffset: '1 day', every: '1 hour' },
};

const pushes: Rollup = {
  name: 'fleet.pushes_5min',
  select: `SELECT customer_id, time_bucket(INTERVAL '5 minutes', received_at) AS bucket,
             count(*) FILTER (WHERE outcome = 'accepted') AS batches,
             sum(requests) FILTER (WHERE outcome = 'refused') AS refusals, sum(requests) AS requests,
             sum(rows_received) AS rows_received, sum(rows_accepted) AS rows_accepted,
             sum(rows_rejected) AS rows_rejected, sum(bytes::bigint) AS bytes, sum(lag_seconds) AS lag_sum,
             count(lag_seconds) AS lag_count
           FROM fleet.ingest_event GROUP BY 1, 2`,
  refresh: { endOffset: '5 minutes', every: '5 minutes' },
};

/** Makes rollups and compression, idempotently, at every start. */
export async function prepareFleet(dataSource: DataSource, log: (line: string) => void): Promise<void> {
  const licence = await timescaleLicence(dataSource);
  for (const rollup of [hourly, daily, pushes]) await ensureRollup(dataSource, rollup, licence);
  await ensureCompression(
    dataSource,
    {
      hypertable: 'fleet.measurement',
      segmentBy: 'customer_id, channel_id',
      orderBy: 'time DESC',
      after: '7 days',
    },
    licence,
  );
  if (licence === 'apache') {
    log('WARNING: TimescaleDB runs with its Apache licence: rollups are plain views, nothing is compressed');
  }
  log('TimescaleDB hypertable for fleet.measurement is ready');
}
