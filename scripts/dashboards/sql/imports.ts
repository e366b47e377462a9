const inRange = '$__timeFilter(imported_at)';
const grouped = '$__timeGroup(imported_at, $__interval) AS time';

/** Files by what became of them. */
export const filesByStatus = `SELECT ${grouped}, status AS metric, count(*)::float8 AS value
FROM grafana.import_file WHERE ${inRange} GROUP BY 1, 2 ORDER BY 1`;

export const rowsImported = `SELECT ${grouped}, 'rows' AS metric, sum(rows)::float8 AS value
FROM grafana.import_file WHERE ${inRange} GROUP BY 1 ORDER BY 1`;

/** What of files was not taken. */
export const rejects = `SELECT ${grouped}, sum(rejected_rows)::float8 AS "rows", sum(rejected_values)::float8 AS "values"
FROM grafana.import_file WHERE ${inRange} GROUP BY 1 ORDER BY 1`;

/** Seconds that the longest run of each stretch took, by what began it. */
export const runDuration = `SELECT $__timeGroup(started_at, $__interval) AS time, trigger AS metric, max(duration_seconds) AS value
FROM grafana.import_run WHERE $__timeFilter(started_at) AND finished_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1`;

export const importTotals = `SELECT (SELECT count(*) FROM grafana.import_run WHERE $__timeFilter(started_at))::float8 AS "Runs",
  count(*)::float8 AS "Files", count(*) FILTER (WHERE status = 'rejected')::float8 AS "Refused files",
  coalesce(sum(rows), 0)::float8 AS "Rows", coalesce(sum(rejected_rows), 0)::float8 AS "Rejected rows",
  coalesce(sum(rejected_values), 0)::float8 AS "Rejected values"
FROM grafana.import_file WHERE ${inRange}`;

/** The newest collected file of every device, whatever the range: which meter has fallen silent. */
export const newestFiles = `SELECT site_name AS "Site", device_name AS "Device",
  extract(epoch FROM now() - imported_at)::float8 AS "Age of newest file", imported_at AS "Newest file"
FROM grafana.newest_delivery ORDER BY imported_at`;

export const runsTable = `SELECT started_at AS "Started", trigger AS "Started by", duration_seconds AS "Duration",
  unchanged::float8 AS "Unchanged files", files AS "Files", refused AS "Refused files", rows AS "Rows"
FROM (SELECT * FROM grafana.import_run WHERE $__timeFilter(started_at) ORDER BY started_at DESC LIMIT 100) AS newest
  CROSS JOIN LATERAL (
    SELECT count(*)::float8 AS files, count(*) FILTER (WHERE status = 'rejected')::float8 AS refused,
      coalesce(sum(rows), 0)::float8 AS rows
    FROM grafana.import_file WHERE import_file.run = newest.run) AS file
ORDER BY started_at DESC`;

export const refusedFiles = `SELECT imported_at AS "Time", path AS "File", error_code AS "Error"
FROM grafana.import_file WHERE status = 'rejected' AND ${inRange} ORDER BY imported_at DESC LIMIT 100`;
