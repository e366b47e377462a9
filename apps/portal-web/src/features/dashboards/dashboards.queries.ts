import { queryOptions } from '@tanstack/react-query';
import { siteDashboardUid, type DashboardList } from '#libs/contracts';
import { api } from '#libs/ui';

export const dashboardsQuery = queryOptions({
  queryKey: ['dashboards'],
  queryFn: ({ signal }) => api.get<DashboardList>('/api/dashboards', { signal }),
  refetchInterval: 60_000,
});

/** Whether Grafana answers. Where nothing leads to it, the portal does, with a page. */
export const grafanaQuery = queryOptions({
  queryKey: ['grafana'],
  queryFn: async ({ signal }) => {
    const response = await fetch('/grafana/api/health', { signal });
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { answers: response.ok && isJson };
  },
  refetchInterval: (query) => (query.state.data?.answers === true ? false : 10_000),
});

/** The page with the site's dashboard. */
export function dashboardPagePath(siteId: string): string {
  return `/dashboards?dashboard=${siteDashboardUid(siteId)}`;
}
