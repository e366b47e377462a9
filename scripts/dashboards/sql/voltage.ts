import { inSites } from './macros.js';

const nominal = '${nominal:sqlstring}::float8';

/** EN 50160: 95 % of a week's means of 10 minutes lie within ±10 % of the nominal voltage. */
const band = 0.1;

/** The two ends of the band as lines over the range. */
export const voltageBand = `SELECT time, metric, value
FROM (VALUES ($__timeFrom()::timestamptz), ($__timeTo()::timestamptz)) AS range (time),
  LATERAL (VALUES ('EN 50160 lower limit', (${nominal}) * ${1 - band}), ('EN 50160 upper limit', (${nominal}) * ${1 + band}))
    AS bounds (metric, value)
ORDER BY time`;

const quarters = `SELECT factor * avg AS avg, factor * min AS min, factor * max AS max
  FROM grafana.measurement_15min JOIN grafana.voltage_channel USING (channel_id)
  WHERE channel_id = ANY(ARRAY(SELECT channel_id FROM grafana.channel WHERE ${inSites})) AND $__timeFilter(bucket)`;

/** Share of the means of a quarter of an hour that lie within the band. */
export const voltageInBand = `SELECT avg((avg BETWEEN (${nominal}) * ${1 - band} AND (${nominal}) * ${1 + band})::int)::float8 AS "Within the band"
FROM (${quarters}) AS quarter`;

/** Lowest and highest sample, volts. */
export const voltageExtremes = `SELECT min(min) AS "Lowest", max(max) AS "Highest"
FROM (${quarters}) AS quarter`;
