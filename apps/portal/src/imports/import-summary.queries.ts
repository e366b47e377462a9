import type { EntityManager } from 'typeorm';
import type { ImportSummary } from '#libs/contracts';

/** Counts of one day, of one device, or of all. */
export interface SummaryRow {
  what: 'day' | 'device' | 'all';
  day: string | null;
  site: string | null;
  device: string | null;
  newestAt: Date | null;
  counts: ImportSummary['totals'];
}

/** One pass over the files of the range. */
export function selectSummary(
  database: Pick<EntityManager, 'query'>,
  { from, to, timeZone, site }: { from: Date; to: Date; timeZone: string; site: string | null },
): Promise<SummaryRow[]> {
  return database.query(
    `SELECT CASE WHEN grouping(day) = 0 THEN 'day' WHEN grouping(site) = 0 THEN 'device' ELSE 'all' END AS what,
       to_char(day, 'YYYY-MM-DD') AS day, site, device,
       max(imported_at) FILTER (WHERE status = 'imported') AS "newestAt",
       json_build_object('files', count(*), 'imported', count(*) FILTER (WHERE status = 'imported'),
         'rejected', count(*) FILTER (WHERE status = 'rejected'), 'rows', coalesce(sum(rows), 0),
         'points', coalesce(sum(points), 0), 'rejectedRows', coalesce(sum(rejected_rows), 0),
         'rejectedValues', coalesce(sum(rejected_values), 0)) AS counts
     FROM (SELECT (imported_at AT TIME ZONE $3)::date AS day, site, device, status, rows, points, rejected_rows,
             rejected_values, imported_at
           FROM monitoring.import_file
           WHERE imported_at >= $1 AND imported_at < $2 AND ($4::text IS NULL OR site = $4)) AS file
     GROUP BY GROUPING SETS ((day), (site, device), ())
     ORDER BY what, file.day, site, device`,
    [from, to, timeZone, site],
  );
}
