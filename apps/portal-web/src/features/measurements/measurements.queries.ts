import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { MeasurementSeries } from '#libs/contracts';
import { api, type TimeRange } from '#libs/ui';

/** Measurements of channels in a range; the former ones stay on screen while other channels are fetched. */
export function measurementsQuery(channelIds: readonly string[], { from, to }: TimeRange) {
  const query = {
    channel: channelIds,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  };
  return queryOptions({
    queryKey: ['measurements', query],
    queryFn: ({ signal }) => api.get<MeasurementSeries>('/api/measurements/series', { query, signal }),
    enabled: channelIds.length > 0,
    placeholderData: keepPreviousData,
  });
}
