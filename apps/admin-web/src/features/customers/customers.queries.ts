import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  CustomerActivity,
  CustomerDetail,
  CustomerPage,
  CustomerSite,
  CustomerSize,
} from '#libs/contracts';
import { api } from '#libs/ui';
import { viewQuery, type CustomersView } from './customers-view.js';

export const customersKey = ['customers'] as const;
export const customersPerPage = 50;

/** Push health is watched, so it is never older than this. */
export const refreshMs = 10_000;
/** While somebody waits for the first push. */
const waitingRefreshMs = 3_000;

/** Path of a customer's API. */
export function customerPath(code: string, rest = ''): string {
  return `/api/customers/${encodeURIComponent(code)}${rest}`;
}

/** Everything about one customer hangs below it. */
export function customerKey(code: string) {
  return [...customersKey, 'one', code] as const;
}

export function customersQuery(view: CustomersView) {
  return queryOptions({
    queryKey: [...customersKey, 'page', view],
    queryFn: ({ signal }) =>
      api.get<CustomerPage>('/api/customers', {
        query: { ...viewQuery(view), pageSize: customersPerPage },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
}

export function customerQuery(code: string) {
  return queryOptions({
    queryKey: [...customerKey(code), 'detail'],
    queryFn: ({ signal }) => api.get<CustomerDetail>(customerPath(code), { signal }),
    refetchInterval: ({ state }) => (state.data?.lastAcceptedAt === null ? waitingRefreshMs : refreshMs),
  });
}

export function customerSizeQuery(code: string) {
  return queryOptions({
    queryKey: [...customerKey(code), 'size'],
    queryFn: ({ signal }) => api.get<CustomerSize>(customerPath(code, '/size'), { signal }),
    staleTime: 0,
  });
}

export function activityQuery(code: string, hours: number) {
  return queryOptions({
    queryKey: [...customerKey(code), 'activity', hours],
    queryFn: async ({ signal }) => {
      const path = customerPath(code, '/activity');
      const activity = await api.get<CustomerActivity>(path, { query: { hours }, signal });
      return { activity, to: Date.now() };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

export function customerSitesQuery(code: string) {
  return queryOptions({
    queryKey: [...customerKey(code), 'sites'],
    queryFn: ({ signal }) => api.get<{ sites: CustomerSite[] }>(customerPath(code, '/sites'), { signal }),
    refetchInterval: 60_000,
  });
}
