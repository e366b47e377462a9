import type { DataSource } from 'typeorm';
import type { Counted } from './counted-channels.js';
import type { Slot } from './load-analysis.js';
import type { SiteChannel } from './site-channels.queries.js';

/** Rollups by the length of their buckets, seconds; half hours are put together from quarters, from `since` on. */
const slotRelations = {
  900: () => 'monitoring.measurement_15min',
  1_800: (since: string) => `(SELECT channel_id, time_bucket(INTERVAL '30 minutes', bucket) AS bucket,
      sum(count)::float8 AS count, sum(avg * count) / sum(count) AS avg, max(max) AS max,
      first(first, bucket) AS first, last(last, bucket) AS last
    FROM monitoring.measurement_15min
    WHERE channel_id = ANY($1::int[]) AND bucket >= ${since} AND bucket < $5
    GROUP BY 1, 2) AS half_hour`,
  3_600: () => 'monitoring.measurement_hourly',
} as const;
export type SlotSeconds = keyof typeof slotRelations;

export interface SlotQuestion {
  channels: readonly Counted<SiteChannel>[];
  /** Whole slots. */
  from: Date;
  to: Date;
  slotSeconds: SlotSeconds;
}

// In a slot a channel covers as many sample periods as it has samples, at most as many as can begin in it. A sample counts
// as a whole where it begins, however far it holds into the next slot.
const covered = `least(count, ceil($6::float8 / period)) * period`;
const counted = `unnest($1::int[], $2::float8[], $3::float8[]) AS counted (channel_id, factor, period)`;
const time = `(extract(epoch FROM bucket) * 1000)::float8 AS time`;

/** Energy of power channels by slot: the mean holds for the time that is covered. Ascending. */
export function selectPowerSlots(dataSource: DataSource, question: SlotQuestion): Promise<Slot[]> {
  return dataSource.query(
    `SELECT ${time}, sum(factor * avg * ${covered} / 3600)::float8 AS "energyWh",
       sum(${covered})::float8 AS "coveredSeconds", count(*)::int AS channels
     FROM ${slotRelations[question.slotSeconds]('$4')} JOIN ${counted} USING (channel_id)
     WHERE channel_id = ANY($1::int[]) AND bucket >= $4 AND bucket < $5
     GROUP BY bucket ORDER BY bucket`,
    parametersOf(question),
  );
}

// The first value of a slot stands in where the one before is too long ago. A register that has fallen was reset: what it
// had counted until then, and what it has counted since.
const base = `CASE WHEN bucket - lag(bucket) OVER earlier <= make_interval(secs => greatest($6::float8, 2 * period))
  THEN lag(last) OVER earlier ELSE first END`;
const registered = `CASE WHEN last >= base THEN last - base ELSE greatest(max - base, 0) + last END`;

// What a register showed before the first slot.
const since = `$4::timestamptz - make_interval(secs => greatest($6::float8, 2 * $7::float8))`;

/** Energy of registers by slot: the difference of what they show. Ascending. */
export function selectRegisterSlots(dataSource: DataSource, question: SlotQuestion): Promise<Slot[]> {
  return dataSource.query(
    `SELECT ${time}, sum(factor * ${registered})::float8 AS "energyWh", sum(${covered})::float8 AS "coveredSeconds",
       count(*)::int AS channels
     FROM (SELECT bucket, count, max, last, factor, period, ${base} AS base
           FROM ${slotRelations[question.slotSeconds](since)} JOIN ${counted} USING (channel_id)
           WHERE channel_id = ANY($1::int[]) AND bucket < $5 AND bucket >= ${since}
           WINDOW earlier AS (PARTITION BY channel_id ORDER BY bucket)) AS slot
     WHERE bucket >= $4
     GROUP BY bucket ORDER BY bucket`,
    [
      ...parametersOf(question),
      Math.max(...question.channels.map(({ channel }) => channel.periodSeconds ?? 0)),
    ],
  );
}

function parametersOf({ channels, from, to, slotSeconds }: SlotQuestion): unknown[] {
  return [
    channels.map(({ channel }) => channel.key),
    channels.map(({ factor }) => factor),
    channels.map(({ channel }) => channel.periodSeconds),
    from,
    to,
    slotSeconds,
  ];
}
