import type { DataSource } from 'typeorm';

export interface SeriesRow {
  channelUid: string;
  unit: string;
  /** Epoch milliseconds. */
  time: number;
  value: number;
}

const rollupByBucket = [
  { bucketSeconds: 3_600, relation: 'monitoring.measurement_hourly' },
  { bucketSeconds: 900, relation: 'monitoring.measurement_15min' },
];

/** Stored samples in `[from, to)`, ascending. */
export function selectSamples(
  dataSource: DataSource,
  channels: string[],
  from: Date,
  to: Date,
): Promise<SeriesRow[]> {
  return dataSource.query(
    `SELECT channel.uid AS "channelUid", unit, (extract(epoch FROM time) * 1000)::float8 AS time, value
     FROM monitoring.channel JOIN monitoring.measurement ON channel_id = channel.id
     WHERE channel.uid = ANY($1) AND time >= $2 AND time < $3 ORDER BY channel.id, time`,
    [channels, from, to],
  );
}

/** Means by bucket, from the coarsest rollup that divides it. */
export function selectBuckets(
  dataSource: DataSource,
  channels: string[],
  from: Date,
  to: Date,
  bucketSeconds: number,
): Promise<SeriesRow[]> {
  const rollup = rollupByBucket.find((candidate) => bucketSeconds % candidate.bucketSeconds === 0);
  const source =
    rollup === undefined
      ? `(SELECT channel_id, time AS bucket, value AS avg, 1 AS count FROM monitoring.measurement)`
      : rollup.relation;
  return dataSource.query(
    `SELECT channel.uid AS "channelUid", unit,
       (extract(epoch FROM time_bucket(make_interval(secs => $4), bucket)) * 1000)::float8 AS time,
       (sum(avg * count) / sum(count))::float8 AS value
     FROM monitoring.channel JOIN ${source} AS rollup ON channel_id = channel.id
     WHERE channel.uid = ANY($1) AND bucket >= $2 AND bucket < $3
     GROUP BY channel.id, 1, 2, 3 ORDER BY channel.id, 3`,
    [channels, from, to, bucketSeconds],
  );
}

/** Most samples that any of the channels holds in `[from, to)`. */
export async function countSamples(
  dataSource: DataSource,
  channels: string[],
  from: Date,
  to: Date,
): Promise<number> {
  const rows: { count: number }[] = await dataSource.query(
    `SELECT coalesce(max(count), 0)::int AS count FROM (
       SELECT sum(rollup.count) AS count
       FROM monitoring.channel JOIN monitoring.measurement_15min AS rollup ON channel_id = channel.id
       WHERE channel.uid = ANY($1) AND bucket >= $2::timestamptz - INTERVAL '15 minutes' AND bucket < $3
       GROUP BY channel.id) AS counted`,
    [channels, from, to],
  );
  return rows[0]?.count ?? 0;
}
