import { infiniteQueryOptions } from '@tanstack/react-query';
import type { PortalAlertPage, PortalAlertsQuery } from '#libs/contracts';
import { alertsKey, api } from '#libs/ui';

const refreshMs = 30_000;

export type AlertState = PortalAlertsQuery['state'];

export function alertsQuery(state: AlertState) {
  return infiniteQueryOptions({
    queryKey: [...alertsKey, 'list', state],
    queryFn: ({ signal, pageParam }) =>
      api.get<PortalAlertPage>('/api/alerts', { query: { state, before: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextBefore }) => nextBefore,
    refetchInterval: ({ state: { data } }) => ((data?.pages.length ?? 0) > 1 ? false : refreshMs),
  });
}
