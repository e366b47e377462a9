/** An instant column as ISO text with milliseconds. */
export const isoTime = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Joins `newest (time, value)` to a query over `channel`. It is looked up by primary key, channel by channel: an ORDER BY
 * over all chunks would read them all.
 */
export const newestSample = `LEFT JOIN LATERAL (
  SELECT time, value FROM monitoring.measurement WHERE channel_id = channel.id ORDER BY time DESC LIMIT 1
) AS newest ON true`;

/** As many steps as tell a sample period from a few that are missing. */
const periodSamples = 60;

/**
 * Joins `newest (time, value, period_seconds)`: the sample period is the median step between the newest samples, null
 * while there are fewer than two.
 */
export const newestSamples = `LEFT JOIN LATERAL (
  SELECT max(time) AS time, (array_agg(value ORDER BY time DESC))[1] AS value,
    percentile_disc(0.5) WITHIN GROUP (ORDER BY step) AS period_seconds
  FROM (SELECT time, value, extract(epoch FROM time - lead(time) OVER (ORDER BY time DESC)) AS step
        FROM (SELECT time, value FROM monitoring.measurement WHERE channel_id = channel.id
              ORDER BY time DESC LIMIT ${periodSamples}) AS samples) AS steps
) AS newest ON true`;
