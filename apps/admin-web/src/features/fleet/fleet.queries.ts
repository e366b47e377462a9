import { queryOptions } from '@tanstack/react-query';
import type { FleetOverview } from '#libs/contracts';
import { api } from '#libs/ui';

export const fleetOverviewQuery = queryOptions({
  queryKey: ['fleet', 'overview'],
  queryFn: ({ signal }) => api.get<FleetOverview>('/api/fleet/overview', { signal }),
  refetchInterval: 15_000,
});
