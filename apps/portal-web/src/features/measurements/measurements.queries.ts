import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SiteEnergy, SiteSeries, SiteSeriesQuery } from '#libs/contracts';
import { api, type TimeRange } from '#libs/ui';

interface SeriesOptions extends Pick<SiteSeriesQuery, 'by' | 'compare'> {
  /** Of lines by channel; a total takes those that count. */
  channelIds: readonly string[];
}

// While another range is fetched the former one stays on screen, so that nothing jumps.
const whileFetching = { placeholderData: keepPreviousData, staleTime: 30_000 };

/** Lines of a site in a range. */
export function siteSeriesQuery(siteId: string, range: TimeRange, options: SeriesOptions) {
  const { by, compare, channelIds } = options;
  const channel = by === 'channel' ? [...channelIds].sort() : undefined;
  const query = { ...iso(range), by, compare, channel };
  return queryOptions({
    queryKey: ['site-series', siteId, query],
    queryFn: ({ signal }) => api.get<SiteSeries>(pathOf(siteId, 'series'), { query, signal }),
    enabled: channel === undefined || channel.length > 0,
    ...whileFetching,
  });
}

/** Energy, profile, base load and peak of a site in a range. */
export function siteEnergyQuery(siteId: string, range: TimeRange) {
  const query = iso(range);
  return queryOptions({
    queryKey: ['site-energy', siteId, query],
    queryFn: ({ signal }) => api.get<SiteEnergy>(pathOf(siteId, 'energy'), { query, signal }),
    ...whileFetching,
  });
}

function pathOf(siteId: string, what: string): string {
  return `/api/sites/${encodeURIComponent(siteId)}/${what}`;
}

function iso({ from, to }: TimeRange) {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
