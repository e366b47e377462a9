import {
  bucketOf,
  inSites,
  longestOfQuarters,
  longestOfSamples,
  span,
  stepOf,
  to,
  whenHours,
  whenQuarters,
} from './macros.js';

const perSample = `${span} <= ${longestOfSamples}`;
const weightedMean = 'sum(avg * count) / sum(count)';

/** Length of a bucket at the range, as `pointsOf` chooses it. */
const step = `CASE WHEN ${perSample} THEN ${stepOf(0)} WHEN ${span} <= ${longestOfQuarters} THEN ${stepOf(900)} ELSE ${stepOf(3_600)} END`;

/**
 * Rows `time, metric, value` of `point (time, metric, value)`. Where a line has nothing for an hour and for two buckets,
 * a null follows, so that missing is seen as missing.
 */
function withGaps(point: string): string {
  return `${point}
SELECT time, metric, value FROM point
UNION ALL
SELECT time + ${step}, metric, NULL
FROM (SELECT time, metric, lead(time) OVER (PARTITION BY metric ORDER BY time) AS next FROM point) AS line
WHERE next - time > greatest(INTERVAL '1 hour', 2 * ${step})
ORDER BY time`;
}

/**
 * One line per channel: means of its samples in short ranges, of rollups in long ones.
 * @param shown a query of `channel_id, metric, factor`
 */
function channelLines(shown: string): string {
  const ofShown = 'channel_id = ANY(ARRAY(SELECT channel_id FROM shown))';
  const ofRollup = (view: string, seconds: number, when: string) => `
  SELECT ${bucketOf('bucket', seconds)}, metric, min(factor) * ${weightedMean}
  FROM grafana.${view} JOIN shown USING (channel_id)
  WHERE ${ofShown} AND $__timeFilter(bucket) AND ${when} GROUP BY 1, 2`;
  return withGaps(`WITH shown AS (${shown}),
point AS (
  SELECT $__timeGroup(time, $__interval) AS time, metric, min(factor) * avg(value) AS value
  FROM grafana.measurement JOIN shown USING (channel_id)
  WHERE ${ofShown} AND $__timeFilter(time) AND ${perSample} GROUP BY 1, 2
  UNION ALL${ofRollup('measurement_15min', 900, whenQuarters)}
  UNION ALL${ofRollup('measurement_hourly', 3_600, whenHours)}
)`);
}

/**
 * Lines of several channels each, added up: means of a quarter of an hour at least, so that each has samples of all.
 * @param shown a query of `channel_id, metric, factor`
 */
function totalLines(shown: string): string {
  const ofRollup = (view: string, seconds: number, when: string) => `
  SELECT ${bucketOf('bucket', seconds)} AS time, metric, avg(total) AS value
  FROM (SELECT bucket, metric, sum(factor * avg) AS total FROM grafana.${view} JOIN shown USING (channel_id)
        WHERE channel_id = ANY(ARRAY(SELECT channel_id FROM shown)) AND $__timeFilter(bucket) AND ${when}
        GROUP BY 1, 2) AS added
  GROUP BY 1, 2`;
  return withGaps(`WITH shown AS (${shown}),
point AS (${ofRollup('measurement_15min', 900, `${span} <= ${longestOfQuarters}`)}
  UNION ALL${ofRollup('measurement_hourly', 3_600, whenHours)}
)`);
}

/** Power of each channel, watts. */
export const powerByChannel =
  channelLines(`SELECT channel_id, series AS metric, factor FROM grafana.channel JOIN grafana.power_channel USING (channel_id)
  WHERE ${inSites} AND kind = 'power'`);

/** Power of all channels of a phase, watts; of those whose name tells it. */
export const powerByPhase = totalLines(`SELECT channel_id, device_name || ' ' || phase AS metric, factor
  FROM grafana.channel JOIN grafana.power_channel USING (channel_id)
  WHERE ${inSites} AND kind = 'power' AND phase IS NOT NULL`);

/** Power of a site: of the channels that count, watts. */
export const powerBySite = totalLines(
  `SELECT channel_id, site_name AS metric, factor FROM grafana.counted_channel WHERE ${inSites} AND kind = 'power'`,
);

/** Of the channels that count: the quarter of an hour of their newest sample in the range, watts. */
export const newestPower = `WITH counted AS (
  SELECT channel_id, factor FROM grafana.counted_channel WHERE ${inSites} AND kind = 'power')
SELECT sum(factor * avg) AS "Power" FROM grafana.measurement_15min JOIN counted USING (channel_id)
WHERE channel_id = ANY(ARRAY(SELECT channel_id FROM counted)) AND $__timeFilter(bucket) AND bucket = (
  SELECT time_bucket(INTERVAL '15 minutes', max(newest.time)) FROM counted, LATERAL (
    SELECT time FROM grafana.measurement WHERE measurement.channel_id = counted.channel_id AND time < ${to}
    ORDER BY time DESC LIMIT 1) AS newest)`;

/** Voltage of each channel, volts. */
export const voltageByChannel =
  channelLines(`SELECT channel_id, series AS metric, factor FROM grafana.channel JOIN grafana.voltage_channel USING (channel_id)
  WHERE ${inSites}`);
