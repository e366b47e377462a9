import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { Branding } from '#libs/contracts';
import { api, showBranding } from '#libs/ui';

export const brandingQuery = queryOptions({
  queryKey: ['branding'],
  queryFn: ({ signal }) => api.get<Branding>('/api/branding', { signal }),
  // What is being typed must not be measured against something newer.
  refetchOnWindowFocus: false,
});

/** Puts what a change was answered with on screen, everywhere. */
export function useBrandChanged(): (brand: Branding) => void {
  const client = useQueryClient();
  return (brand) => {
    client.setQueryData(brandingQuery.queryKey, brand);
    showBranding(client, brand);
  };
}
