import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ApplicationInfo } from '#libs/contracts';
import { api } from './api-client.js';

/** Name and version of this application; known before sign-in, because the portal is white-label. */
export function useApplication(): ApplicationInfo | undefined {
  const { data } = useQuery({
    queryKey: ['application'],
    queryFn: ({ signal }) => api.get<ApplicationInfo>('/api/application', { signal }),
    staleTime: Infinity,
  });
  return data;
}

/** Titles the browser's tab `page · application`. */
export function usePageTitle(page?: string): void {
  const application = useApplication()?.applicationName;
  useEffect(() => {
    const parts = [page, application].filter((part) => part !== undefined);
    if (parts.length > 0) document.title = parts.join(' · ');
  }, [page, application]);
}
