import { from, inSites, longestOfFineDays, span, to } from './macros.js';

const covered = 'least(count, ceil(seconds / period)) * period';

/** The first value of a slot stands in where the one before is too long ago. */
const base = `CASE WHEN bucket - lag(bucket) OVER earlier <= make_interval(secs => greatest(seconds, 2 * period))
      THEN lag(last) OVER earlier ELSE first END`;

/** A register that has fallen was reset: what it had counted until then, and what it has counted since. */
const registered = 'CASE WHEN last >= base THEN last - base ELSE greatest(max - base, 0) + last END';

/** Slots of channels of a kind: of 15 minutes, of hours where `coarse` says so. */
function slotsOf(kind: 'power' | 'register', since: string): string {
  const ofView = (view: string, seconds: number, which: string) => `
    SELECT channel_id, bucket, ${seconds}::float8 AS seconds, count, avg, max, first, last FROM grafana.${view}
    WHERE channel_id = ANY(ARRAY(SELECT channel_id FROM counted JOIN place USING (site) WHERE kind = '${kind}' AND ${which}))
      AND bucket >= ${since} AND bucket < ${to}`;
  return `(${ofView('measurement_15min', 900, 'NOT coarse')}
    UNION ALL${ofView('measurement_hourly', 3_600, 'coarse')}) AS slot JOIN counted USING (channel_id)`;
}

/**
 * `place (site, name, time_zone)`, `counted (channel_id, site, period)` and `energy (site, bucket, covered, energy_wh, channels)`:
 * energy, covered seconds and how many channels have a sample, by slot, as docs/explanation/energy.md has it. Slots of 15 minutes, in long ranges of hours where days
 * begin with one. Only registers are looked at in their order, which costs the most.
 */
const energyOfSlots = `WITH place AS (
  SELECT site, name, time_zone, whole_hours AND ${span} > ${longestOfFineDays} AS coarse
  FROM grafana.site WHERE ${inSites}),
counted AS MATERIALIZED (
  SELECT channel_id, site, kind, factor, period FROM grafana.counted_channel WHERE ${inSites}),
lookback AS (
  SELECT ${from} - make_interval(secs => greatest(3600, 2 * coalesce(max(period), 0))) AS since
  FROM counted WHERE kind = 'register'),
based AS (
  SELECT slot.*, site, factor, period, ${base} AS base
  FROM ${slotsOf('register', '(SELECT since FROM lookback)')}
  WINDOW earlier AS (PARTITION BY channel_id ORDER BY bucket)),
energy AS (
  SELECT site, bucket, sum(covered) AS covered, sum(energy_wh) AS energy_wh, count(*) AS channels
  FROM (
    SELECT site, bucket, ${covered} AS covered, factor * avg * ${covered} / 3600 AS energy_wh
    FROM ${slotsOf('power', from)}
    UNION ALL
    SELECT site, bucket, ${covered}, factor * ${registered} FROM based WHERE bucket >= ${from}) AS single
  GROUP BY 1, 2)`;

const localDay = '(bucket AT TIME ZONE time_zone)::date';
const startOf = (day: string) => `(${day})::timestamp AT TIME ZONE time_zone`;

/** Energy of each site by day of its time zone, watt-hours. A day that begins before the range stands at its begin. */
export const energyPerDay = `${energyOfSlots}
SELECT greatest(${startOf('day')}, ${from}) AS time, name AS metric, energy_wh AS value
FROM (SELECT site, ${localDay} AS day, sum(energy_wh) AS energy_wh FROM energy JOIN place USING (site) GROUP BY 1, 2) AS daily
  JOIN place USING (site)
ORDER BY 1`;

/** Covered time ÷ time up to now, by day; a day without data is 0. */
export const completenessPerDay = `${energyOfSlots},
expected AS (
  SELECT site, name, day::date AS day, greatest(${startOf('day::date')}, ${from}) AS begins,
    least(${startOf('day::date + 1')}, ${to}, now()) AS ends
  FROM place, generate_series((${from} AT TIME ZONE time_zone)::date, (least(${to}, now()) AT TIME ZONE time_zone)::date,
    INTERVAL '1 day') AS day)
SELECT begins AS time, name AS metric,
  least(1, coalesce(covered, 0) / nullif(extract(epoch FROM ends - begins)::float8 * channels, 0)) AS value
FROM expected JOIN (SELECT site, count(*)::float8 AS channels FROM counted GROUP BY 1) AS counts USING (site)
  LEFT JOIN (SELECT site, ${localDay} AS day, sum(covered) AS covered FROM energy JOIN place USING (site) GROUP BY 1, 2)
    AS daily USING (site, day)
WHERE ends > begins
ORDER BY 1`;

const expectedSeconds = `extract(epoch FROM least(${to}, now()) - ${from})::float8`;

/** Energy in the range, watt-hours. */
export const energyOfRange = `${energyOfSlots}
SELECT sum(energy_wh) AS "Energy" FROM energy`;

/** Completeness of the range. */
export const completenessOfRange = `${energyOfSlots}
SELECT least(1, coalesce(sum(covered), 0) / nullif(${expectedSeconds} * (SELECT count(*) FROM counted), 0)) AS "Completeness" FROM energy`;

/** One row per site: what it is, how fresh its data is, energy and completeness of the range. */
export const sitesTable = `${energyOfSlots},
newest AS (
  SELECT site, max(time) AS newest FROM counted, LATERAL (
    SELECT time FROM grafana.measurement WHERE measurement.channel_id = counted.channel_id ORDER BY time DESC LIMIT 1) AS sample
  GROUP BY 1),
used AS (SELECT site, sum(energy_wh) AS energy_wh, sum(covered) AS covered FROM energy GROUP BY 1),
counts AS (SELECT site, count(*) AS channels FROM counted GROUP BY 1)
SELECT name AS "Site", time_zone AS "Time zone", extract(epoch FROM now() - newest)::float8 AS "Age of newest measurement",
  energy_wh AS "Energy", least(1, coalesce(covered, 0) / nullif(${expectedSeconds} * channels, 0)) AS "Completeness",
  'site-' || replace(site, '-', '') AS uid
FROM place LEFT JOIN newest USING (site) LEFT JOIN used USING (site) LEFT JOIN counts USING (site)
ORDER BY name`;

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/**
 * Mean power by hour and weekday of the site's time zone, watts, over hours that are covered by at least nine tenths, of the
 * channels that measured at all in the range: where one of them is missing, an hour says nothing of the load.
 */
export const loadProfile = `${energyOfSlots},
hour AS (
  SELECT date_trunc('hour', bucket, time_zone) AT TIME ZONE time_zone AS begins, sum(energy_wh) AS energy_wh, sum(covered) AS covered,
    max(max(channels)) OVER () AS active
  FROM energy JOIN place USING (site) GROUP BY date_trunc('hour', bucket, time_zone), time_zone),
load AS (
  SELECT begins, energy_wh * 3600 * active / covered AS power FROM hour
  WHERE covered >= 0.9 * 3600 * active AND covered > 0)
SELECT to_char(begins, 'HH24:00') AS "Hour",
${weekdays.map((name, index) => `  avg(power) FILTER (WHERE extract(isodow FROM begins) = ${index + 1}) AS "${name}"`).join(',\n')}
FROM load GROUP BY 1 ORDER BY 1`;

/** When the newest value of a channel that counts was measured. */
export const newestMeasurement = `SELECT extract(epoch FROM now() - max(time))::float8 AS "Age"
FROM (SELECT channel_id FROM grafana.counted_channel WHERE ${inSites}) AS counted, LATERAL (
  SELECT time FROM grafana.measurement WHERE measurement.channel_id = counted.channel_id ORDER BY time DESC LIMIT 1) AS newest`;
