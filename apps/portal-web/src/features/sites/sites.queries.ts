import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  CatalogueMatch,
  DeletionSize,
  ImportPolicy,
  SiteDetail,
  SitesQuery,
  SiteSummary,
} from '#libs/contracts';
import { api } from '#libs/ui';

const refreshMs = 60_000;

/** All that a change of the catalogue makes stale. */
export const sitesKey = ['sites'] as const;

export function sitePath(id: string, rest = ''): string {
  return `/api/sites/${encodeURIComponent(id)}${rest}`;
}

export function sitesQuery(state: SitesQuery['state']) {
  return queryOptions({
    queryKey: [...sitesKey, 'list', state],
    queryFn: ({ signal }) => api.get<{ sites: SiteSummary[] }>('/api/sites', { query: { state }, signal }),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });
}

export function searchQuery(q: string) {
  return queryOptions({
    queryKey: [...sitesKey, 'search', q],
    queryFn: ({ signal }) =>
      api.get<{ matches: CatalogueMatch[] }>('/api/sites/search', { query: { q }, signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

export function siteQuery(id: string) {
  return queryOptions({
    queryKey: [...sitesKey, id],
    queryFn: ({ signal }) => api.get<SiteDetail>(sitePath(id), { signal }),
    refetchInterval: refreshMs,
  });
}

/** @param path of the site, device or channel that is to go */
export function deletionQuery(path: string) {
  return queryOptions({
    queryKey: ['deletion', path],
    queryFn: ({ signal }) => api.get<DeletionSize>(`${path}/deletion`, { signal }),
    staleTime: 0,
    retry: false,
  });
}

export const importPolicyPath = '/api/settings/import-policy';

export const importPolicyQuery = queryOptions({
  queryKey: ['import-policy'],
  queryFn: ({ signal }) => api.get<ImportPolicy>(importPolicyPath, { signal }),
});
