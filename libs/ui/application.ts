import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ApplicationInfo, Branding } from '#libs/contracts';
import { api } from './api-client.js';

export const applicationQuery = queryOptions({
  queryKey: ['application'],
  queryFn: ({ signal }) => api.get<ApplicationInfo>('/api/application', { signal }),
  staleTime: Infinity,
});

/** Name, version and looks of this application; known before sign-in, because the portal is white-label. */
export function useApplication(): ApplicationInfo | undefined {
  return useQuery(applicationQuery).data;
}

/** Shows other looks at once, without asking the server. */
export function showBranding(client: QueryClient, branding: Branding): void {
  const { applicationName } = branding;
  client.setQueryData(applicationQuery.queryKey, (known) => known && { ...known, applicationName, branding });
}

/** Titles the browser's tab `page · application`. */
export function usePageTitle(page?: string): void {
  const application = useApplication()?.applicationName;
  useEffect(() => {
    const parts = [page, application].filter((part) => part !== undefined);
    if (parts.length > 0) document.title = parts.join(' · ');
  }, [page, application]);
}
