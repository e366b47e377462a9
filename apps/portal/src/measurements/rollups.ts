import type { DataSource } from 'typeorm';
import { ensureCompression, ensureRollup, timescaleLicence, type Rollup } from '#libs/database';

/** What a meter file brings of last week is on the charts a minute later; nothing is computed where nothing changed. */
const every = '1 minute';

function rollup(name: string, width: string): Rollup {
  return {
    name,
    select: `SELECT channel_id, time_bucket(INTERVAL '${width}', time) AS bucket, count(*) AS count, avg(value) AS avg,
               min(value) AS min, max(value) AS max, first(value, time) AS first, last(value, time) AS last
             FROM monitoring.measurement GROUP BY 1, 2`,
    refresh: { endOffset: width, every },
  };
}

/** 15 minutes, because the offset of every time zone is a multiple of it; hours for long ranges. */
const rollups = [
  rollup('monitoring.measurement_15min', '15 minutes'),
  rollup('monitoring.measurement_hourly', '1 hour'),
];

/** Makes rollups and compression, idempotently, at every start. */
export async function prepareMeasurements(
  dataSource: DataSource,
  log: (line: string) => void,
): Promise<void> {
  const licence = await timescaleLicence(dataSource);
  for (const one of rollups) await ensureRollup(dataSource, one, licence);
  await ensureCompression(
    dataSource,
    { hypertable: 'monitoring.measurement', segmentBy: 'channel_id', orderBy: 'time DESC', after: '7 days' },
    licence,
  );
  if (licence === 'apache') {
    log('WARNING: TimescaleDB runs with its Apache licence: rollups are plain views, nothing is compressed');
  }
  log('TimescaleDB hypertable for monitoring.measurement is ready');
}
