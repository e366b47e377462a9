import { queryOptions } from '@tanstack/react-query';
import type { SiteDetail, SiteSummary } from '#libs/contracts';
import { api } from '#libs/ui';

const refreshMs = 60_000;

export const sitesQuery = queryOptions({
  queryKey: ['sites'],
  queryFn: ({ signal }) => api.get<{ sites: SiteSummary[] }>('/api/sites', { signal }),
  refetchInterval: refreshMs,
});

export function siteQuery(id: string) {
  return queryOptions({
    queryKey: ['sites', id],
    queryFn: ({ signal }) => api.get<SiteDetail>(`/api/sites/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: refreshMs,
  });
}
