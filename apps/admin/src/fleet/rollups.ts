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

/** Makes rollups and compression, idempotently, at every start. */
export async function prepareFleet(dataSource: DataSource, log: (line: string) => void): Promise<void> {
  const licence = await timescaleLicence(dataSource);
  await ensureRollup(dataSource, hourly, licence);
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
