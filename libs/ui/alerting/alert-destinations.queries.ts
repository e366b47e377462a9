import { queryOptions } from '@tanstack/react-query';
import type { AlertDestinations } from '#libs/contracts';
import { api } from '../api-client.js';

/** Of everything about alerts. */
export const alertsKey = ['alerts'] as const;

export const alertDestinationsQuery = queryOptions({
  queryKey: [...alertsKey, 'destinations'],
  queryFn: ({ signal }) => api.get<AlertDestinations>('/api/alerts/destinations', { signal }),
  refetchInterval: 15_000,
});

export function destinationPath(id: string, rest = ''): string {
  return `/api/alerts/destinations/${encodeURIComponent(id)}${rest}`;
}
