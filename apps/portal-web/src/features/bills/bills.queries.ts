import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Bill, SiteCost, SiteTariff } from '#libs/contracts';
import { api, withQuery } from '#libs/ui';
import { tariffsKey } from '../tariffs/tariffs.queries.js';

/** Below the tariffs: what changes one of them changes bills. */
const billsKey = [...tariffsKey, 'bills'] as const;

/** Which bill; without a tariff the one of the site. */
export interface BillQuestion {
  siteId: string;
  from: string;
  to: string;
  tariff?: string | undefined;
}

/** A bill reads every sample of its period: it is kept for a while, and never fetched behind one's back. */
const kept = { staleTime: 300_000, refetchOnWindowFocus: false } as const;

export function billQuery({ siteId, ...query }: BillQuestion) {
  return queryOptions({
    queryKey: [...billsKey, siteId, query],
    queryFn: ({ signal }) => api.get<Bill>(sitePath(siteId, '/bill'), { query, signal }),
    ...kept,
  });
}

export function comparisonQuery({ siteId, from, to }: BillQuestion, tariff: readonly string[]) {
  return queryOptions({
    queryKey: [...billsKey, siteId, from, to, 'compare', tariff],
    queryFn: ({ signal }) =>
      api.get<{ bills: Bill[] }>(sitePath(siteId, '/bill/compare'), { query: { from, to, tariff }, signal }),
    placeholderData: keepPreviousData,
    ...kept,
  });
}

/** What the days from `from` up to and without `to` cost. */
export function siteCostQuery(siteId: string, query: { from: string; to: string }) {
  return queryOptions({
    queryKey: [...billsKey, siteId, 'cost', query],
    queryFn: ({ signal }) => api.get<SiteCost>(sitePath(siteId, '/cost'), { query, signal }),
    placeholderData: keepPreviousData,
    ...kept,
  });
}

export function siteTariffQuery(siteId: string) {
  return queryOptions({
    queryKey: [...billsKey, siteId, 'tariff'],
    queryFn: ({ signal }) => api.get<SiteTariff>(sitePath(siteId, '/tariff'), { signal }),
  });
}

/** The page with the bill of a site; of the last complete month unless one is given. */
export function billPagePath(site: string, month?: string): string {
  return withQuery('/bills', { site, month });
}

export function sitePath(siteId: string, rest: string): string {
  return `/api/sites/${encodeURIComponent(siteId)}${rest}`;
}
