import { infiniteQueryOptions } from '@tanstack/react-query';
import type { IngestEventPage } from '#libs/contracts';
import { api } from '#libs/ui';
import { customerKey, customerPath, refreshMs } from '../customers/customers.queries.js';
import type { EventFilter } from './event-filter.js';

export function ingestEventsQuery(code: string, { outcome, problems, refusal }: EventFilter) {
  return infiniteQueryOptions({
    queryKey: [...customerKey(code), 'events', outcome, problems, refusal],
    queryFn: ({ signal, pageParam }) =>
      api.get<IngestEventPage>(customerPath(code, '/events'), {
        query: {
          outcome: outcome ?? undefined,
          problems: problems ? 'true' : undefined,
          code: refusal,
          before: pageParam,
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextBefore }) => nextBefore,
    // Whoever reads older ones is not to be moved about.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : refreshMs),
  });
}
