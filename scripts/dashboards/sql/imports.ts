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

/** Seconds that runs took, by what began them. */
export const runDuration = `SELECT started_at AS time, trigger AS metric, duration_seconds AS value
FROM grafana.import_run WHERE $__timeFilter(started_at) AND finished_at IS NOT NULL ORDER BY 1`;

export const importTotals = `SELECT (SELECT count(*) FROM grafana.import_run WHERE $__timeFilter(started_at))::float8 AS "Runs",
  count(*)::float8 AS "Files", count(*) FILTER (WHERE status = 'rejected')::float8 AS "Refused files",
  coalesce(sum(rows), 0)::float8 AS "Rows", coalesce(sum(rejected_rows), 0)::float8 AS "Rejected rows",
  coalesce(sum(rejected_values), 0)::float8 AS "Rejected values"
FROM grafana.import_file WHERE ${inRange}`;

/** The newest file of every device, whatever the range: which meter has fallen silent. */
export const newestFiles = `SELECT site_slug AS "Site", serial AS "Device",
  extract(epoch FROM now() - max(imported_at))::float8 AS "Age of newest file", max(imported_at) AS "Newest file",
  count(*)::float8 AS "Files"
FROM grafana.import_file WHERE status <> 'rejected' AND serial IS NOT NULL
GROUP BY 1, 2 ORDER BY 3 DESC`;

export const runsTable = `SELECT started_at AS "Started", trigger AS "Started by", duration_seconds AS "Duration",
  unchanged::float8 AS "Unchanged files", count(file.run)::float8 AS "Files",
  count(*) FILTER (WHERE status = 'rejected')::float8 AS "Refused files", coalesce(sum(rows), 0)::float8 AS "Rows"
FROM grafana.import_run LEFT JOIN grafana.import_file AS file USING (run)
WHERE $__timeFilter(started_at)
GROUP BY run, started_at, trigger, duration_seconds, unchanged ORDER BY started_at DESC LIMIT 100`;

export const refusedFiles = `SELECT imported_at AS "Time", path AS "File", error_code AS "Error"
FROM grafana.import_file WHERE status = 'rejected' AND ${inRange} ORDER BY imported_at DESC LIMIT 100`;
