import { infiniteQueryOptions } from '@tanstack/react-query';
import type { PortalAuditAction, PortalAuditPage } from '#libs/contracts';
import { api, withQuery } from '#libs/ui';

export interface AuditFilter {
  account?: string | undefined;
  action?: PortalAuditAction | undefined;
  subject?: string | undefined;
}

export function auditEventsQuery({ account, action, subject }: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', account, action, subject],
    queryFn: ({ signal, pageParam }) =>
      api.get<PortalAuditPage>('/api/audit', {
        query: { account, action, subject, before: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ nextBefore }) => nextBefore,
  });
}

/** Address of all that the filter finds, as CSV. */
export function auditExport({ account, action, subject }: AuditFilter): string {
  return withQuery('/api/audit/export.csv', { account, action, subject });
}
