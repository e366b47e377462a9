import type { DataSource } from 'typeorm';
import type { MeasurementBucket, MeasurementChannel } from '#libs/contracts';

export interface ExportedChannel {
  /** Key of `monitoring.measurement`. */
  id: number;
  channel: MeasurementChannel;
}

/** By site, device and channel; those that are named by uid or external id, or all where neither list is given. */
export async function selectChannels(
  dataSource: DataSource,
  uids: readonly string[] | null,
  externalIds: readonly string[] | null,
): Promise<ExportedChannel[]> {
  const rows: (MeasurementChannel & { id: number })[] = await dataSource.query(
    `SELECT channel.id, channel.uid AS "channelId", channel.external_id AS "externalId", site.slug AS site,
       site.time_zone AS "siteTimeZone", serial AS device, label, channel.name, quantity, unit
     FROM monitoring.channel JOIN monitoring.device ON device.id = device_id JOIN monitoring.site ON site.id = site_id
     WHERE $1::uuid[] IS NULL OR channel.uid = ANY($1) OR channel.external_id = ANY($2::text[])
     ORDER BY site.slug, serial, channel.id`,
    [uids, externalIds],
  );
  return rows.map(({ id, ...channel }) => ({ id, channel }));
}

/** One sample, or what the samples of a bucket come to. */
export interface ExportedRow {
  /** Epoch milliseconds. */
  time: number;
  /** What a clock in the time zone shows at that moment, as epoch milliseconds of a clock in UTC. */
  localTime: number;
  /** `value` of a sample; `count`, `mean`, `min`, `max`, `first` and `last` of a bucket. */
  [column: string]: number;
}

/** Columns of a row beside its time. */
export const sampleColumns = ['value'] as const;
export const bucketColumns = ['count', 'mean', 'min', 'max', 'first', 'last'] as const;

export interface PageQuestion {
  channelId: number;
  from: Date;
  to: Date;
  timeZone: string;
  /** Time of the last row of the page before, null for the first page. */
  after: Date | null;
  limit: number;
}

const times = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8 AS time,
  (extract(epoch FROM ${column} AT TIME ZONE $5) * 1000)::float8 AS "localTime"`;

const selectSamples = `SELECT ${times('time')}, value
  FROM monitoring.measurement
  WHERE channel_id = $1 AND time >= $2 AND time < $3 AND time > $4::timestamptz
  ORDER BY measurement.time LIMIT $6`;

/** @param start of the bucket that a quarter of an hour or hour belongs to; the parameters are constants of ours */
const selectBuckets = (
  start: string,
  rollup: string,
) => `SELECT ${times('start')}, sum(count)::float8 AS count,
    (sum(avg * count) / sum(count))::float8 AS mean, min(min), max(max), first(first, bucket), last(last, bucket)
  FROM (
    SELECT ${start} AS start, bucket, count, avg, min, max, first, last FROM ${rollup}
    WHERE channel_id = $1 AND bucket >= $2 AND bucket < $3 AND bucket > $4::timestamptz) AS part
  WHERE start > $4::timestamptz GROUP BY start ORDER BY start LIMIT $6`;

const quarters = 'monitoring.measurement_15min';
const hours = 'monitoring.measurement_hourly';
const cutIn = (unit: string) => `date_trunc('${unit}', bucket, $5)`;

const statements: Record<MeasurementBucket, string> = {
  raw: selectSamples,
  '15min': selectBuckets('bucket', quarters),
  hour: selectBuckets(cutIn('hour'), quarters),
  day: selectBuckets(cutIn('day'), quarters),
  month: selectBuckets(cutIn('month'), quarters),
};

/** The same from a quarter of the rows, for whole hours. */
const hourlyStatements: Partial<typeof statements> = {
  hour: selectBuckets(cutIn('hour'), hours),
  day: selectBuckets(cutIn('day'), hours),
  month: selectBuckets(cutIn('month'), hours),
};

/**
 * Rows of one channel, ascending.
 * @param isHourly as `areHoursWhole` says
 */
export function selectPage(
  dataSource: DataSource,
  bucket: MeasurementBucket,
  isHourly: boolean,
  { channelId, from, to, timeZone, after, limit }: PageQuestion,
): Promise<ExportedRow[]> {
  const statement = (isHourly ? hourlyStatements[bucket] : undefined) ?? statements[bucket];
  return dataSource.query(statement, [channelId, from, to, after ?? '-infinity', timeZone, limit]);
}

/**
 * True where hours of UTC are hours of the time zone, and the range begins and ends with one.
 * @throws QueryFailedError SQLSTATE 22023 where the database knows no such time zone
 */
export async function areHoursWhole(
  dataSource: DataSource,
  from: Date,
  to: Date,
  timeZone: string,
): Promise<boolean> {
  const rows: { isWhole: boolean }[] = await dataSource.query(
    `SELECT extract(epoch FROM $1::timestamptz)::bigint % 3600 = 0
         AND extract(epoch FROM $2::timestamptz)::bigint % 3600 = 0
         AND bool_and(extract(minute FROM (at AT TIME ZONE $3) - (at AT TIME ZONE 'UTC')) = 0) AS "isWhole"
     FROM generate_series($1::timestamptz, $2::timestamptz + INTERVAL '7 days', INTERVAL '7 days') AS at`,
    [from, to, timeZone],
  );
  return rows[0]?.isWhole ?? false;
}
