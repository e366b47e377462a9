import { queryOptions } from '@tanstack/react-query';
import type { CustomerSummary } from '#libs/contracts';
import { api } from '#libs/ui';

export const customersKey = ['customers'] as const;

/** Push health is watched, so it is never older than this. */
export const refreshMs = 10_000;

export const customersQuery = queryOptions({
  queryKey: customersKey,
  queryFn: ({ signal }) => api.get<{ customers: CustomerSummary[] }>('/api/customers', { signal }),
  refetchInterval: refreshMs,
});

export function customerQuery(code: string) {
  return queryOptions({
    queryKey: [...customersKey, code],
    queryFn: ({ signal }) =>
      api.get<CustomerSummary>(`/api/customers/${encodeURIComponent(code)}`, { signal }),
    refetchInterval: refreshMs,
  });
}
