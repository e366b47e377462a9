import type { DataSource } from 'typeorm';
import type { Resolution } from './resolution.js';

/** Points of one line by column. */
export interface LineRow {
  /** Key of the channel; null of a total. */
  key: number | null;
  /** Epoch milliseconds, ascending. */
  times: number[];
  values: number[];
}

export interface SeriesQuestion {
  keys: readonly number[];
  /** By key, where they are added up; else one line per channel. */
  factors: readonly number[] | null;
  from: Date;
  to: Date;
  /** Begins of the days, and which rollup they are cut from; for days only. */
  days: { starts: readonly Date[]; relation: string };
}

// As a double from the start: `extract` gives a numeric, which costs more than all the rest.
const milliseconds = (instant: string) => `round(date_part('epoch', ${instant}) * 1000)`;
const within = (column: string) => `channel_id = ANY($1::int[]) AND ${column} >= $2 AND ${column} < $3`;
const weightedMean = 'sum(avg * count) / sum(count)';

/** Lines of channels, or their total, in the resolution. */
export function selectLines(
  dataSource: DataSource,
  question: SeriesQuestion,
  resolution: Resolution,
): Promise<LineRow[]> {
  const { sql, extra } = pointsOf(question, resolution);
  const parameters = [question.keys, question.from, question.to, ...extra];
  const columns = `array_agg(time ORDER BY time) AS times, array_agg(value ORDER BY time) AS values`;
  if (question.factors === null) {
    return dataSource.query(
      `SELECT channel_id AS key, ${columns} FROM (${sql}) AS points GROUP BY channel_id ORDER BY channel_id`,
      parameters,
    );
  }
  const place = parameters.length + 1;
  return dataSource.query(
    `SELECT NULL::int AS key, ${columns}
     FROM (SELECT time, sum(factor * value) AS value
           FROM (${sql}) AS points
             JOIN unnest($1::int[], $${place}::float8[]) AS counted (channel_id, factor) USING (channel_id)
           GROUP BY time) AS total
     HAVING count(*) > 0`,
    [...parameters, question.factors],
  );
}

/** A query of `channel_id, time, value`, and its parameters from the fourth on. */
function pointsOf({ days }: SeriesQuestion, resolution: Resolution): { sql: string; extra: unknown[] } {
  if (resolution.kind === 'samples') {
    const sql = `SELECT channel_id, ${milliseconds('time')} AS time, value
      FROM monitoring.measurement WHERE ${within('time')}`;
    return { sql, extra: [] };
  }
  if (resolution.kind === 'days') {
    const sql = `SELECT channel_id, ${milliseconds('($4::timestamptz[])[day]')} AS time, value
      FROM (SELECT channel_id, width_bucket(bucket, $4::timestamptz[]) AS day, ${weightedMean} AS value
            FROM monitoring.${days.relation} WHERE ${within('bucket')} GROUP BY 1, 2) AS by_day`;
    return { sql, extra: [days.starts] };
  }
  const { seconds, source } = resolution;
  const column = source === 'measurement' ? 'time' : 'bucket';
  const mean = source === 'measurement' ? 'avg(value)' : weightedMean;
  const sql = `SELECT channel_id, ${milliseconds('bucket')} AS time, value
    FROM (SELECT channel_id, time_bucket(make_interval(secs => $4), ${column}) AS bucket, ${mean} AS value
          FROM monitoring.${source} WHERE ${within(column)} GROUP BY 1, 2) AS by_bucket`;
  return { sql, extra: [seconds] };
}

/** Samples in the range by the hours that begin in it: of the channel with most, and of all. */
export async function countSamples(
  dataSource: DataSource,
  keys: readonly number[],
  from: Date,
  to: Date,
): Promise<{ most: number; all: number }> {
  const rows: { most: number; all: number }[] = await dataSource.query(
    `SELECT coalesce(max(count), 0)::float8 AS most, coalesce(sum(count), 0)::float8 AS "all"
     FROM (SELECT sum(count) AS count FROM monitoring.measurement_hourly
           WHERE channel_id = ANY($1::int[]) AND bucket > $2::timestamptz - INTERVAL '1 hour' AND bucket < $3
           GROUP BY channel_id) AS counted`,
    [keys, from, to],
  );
  return rows[0] ?? { most: 0, all: 0 };
}
