import { infiniteQueryOptions } from '@tanstack/react-query';
import type { AuditAction, AuditPage } from '#libs/contracts';
import { api } from '#libs/ui';

export interface AuditFilter {
  customer?: string | undefined;
  account?: string | undefined;
  action?: AuditAction | undefined;
}

export function auditEventsQuery({ customer, account, action }: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', customer, account, action],
    queryFn: ({ signal, pageParam }) =>
      api.get<AuditPage>('/api/audit', {
        query: { customer, account, action, before: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ nextBefore }) => nextBefore,
  });
}
