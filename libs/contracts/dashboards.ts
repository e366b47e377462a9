import { z } from 'zod';

/** Answer of `GET /api/dashboards`. */
export const dashboardList = z.object({
  /** False where the portal has no Grafana beside it; the list is empty then. */
  enabled: z.boolean(),
  /** Why dashboards of sites may be missing or out of date; null when all is well. */
  problem: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
  /** Those of all sites first, then one per site that is not archived, by name. */
  dashboards: z.array(
    z.object({
      /** In Grafana: `/grafana/d/<uid>`. */
      uid: z.string(),
      kind: z.enum(['portfolio', 'imports', 'site']),
      /** Of a site's own; null of the others, whose names are the page's. */
      siteId: z.uuid().nullable(),
      title: z.string().nullable(),
      /** The site's; null of those of all sites, where the reader's own is meant. */
      timeZone: z.string().nullable(),
    }),
  ),
});

export type DashboardList = z.infer<typeof dashboardList>;
export type ListedDashboard = DashboardList['dashboards'][number];

/** What Grafana knows the dashboard of a site by: as stable as the site's id, and short enough for Grafana. */
export function siteDashboardUid(siteId: string): string {
  return `site-${siteId.replaceAll('-', '')}`;
}
