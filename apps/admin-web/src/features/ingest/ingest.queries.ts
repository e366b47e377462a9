import { queryOptions } from '@tanstack/react-query';
import type { IngestEvent } from '#libs/contracts';
import { api } from '#libs/ui';
import { refreshMs } from '../customers/customers.queries.js';

export const newestEvents = 50;

export function ingestEventsQuery(code: string) {
  return queryOptions({
    queryKey: ['ingest-events', code],
    queryFn: ({ signal }) =>
      api.get<{ events: IngestEvent[] }>(`/api/customers/${encodeURIComponent(code)}/events`, {
        query: { limit: newestEvents },
        signal,
      }),
    refetchInterval: refreshMs,
  });
}
