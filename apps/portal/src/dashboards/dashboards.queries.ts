import type { DataSource } from 'typeorm';

/** What the dashboard of a site says of it. */
export interface DashboardSite {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  archived: boolean;
}

/** By name; also archived ones, whose data is kept and whose dashboard therefore is. */
export function selectDashboardSites(dataSource: DataSource): Promise<DashboardSite[]> {
  return dataSource.query(
    `SELECT uid AS id, slug, name, time_zone AS "timeZone", archived_at IS NOT NULL AS archived
     FROM monitoring.site ORDER BY lower(name), slug`,
  );
}
