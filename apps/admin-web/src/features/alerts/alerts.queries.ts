import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AlertKind, AlertPage, AlertRule } from '#libs/contracts';
import { alertsKey, api } from '#libs/ui';

export { alertsKey };

const refreshMs = 15_000;

export type AlertState = 'open' | 'resolved' | 'all';

export function alertsQuery(state: AlertState, kind: AlertKind | undefined) {
  return infiniteQueryOptions({
    queryKey: [...alertsKey, 'list', state, kind],
    queryFn: ({ signal, pageParam }) =>
      api.get<AlertPage>('/api/alerts', { query: { state, kind, before: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextBefore }) => nextBefore,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : refreshMs),
  });
}

/** How many are open, for the navigation. */
export const openAlertsQuery = queryOptions({
  queryKey: [...alertsKey, 'open-count'],
  queryFn: async ({ signal }) =>
    (await api.get<AlertPage>('/api/alerts', { query: { limit: 1 }, signal })).openCount,
  refetchInterval: refreshMs,
});

export const alertRulesQuery = queryOptions({
  queryKey: [...alertsKey, 'rules'],
  queryFn: ({ signal }) => api.get<{ rules: AlertRule[] }>('/api/alerts/rules', { signal }),
});
