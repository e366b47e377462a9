import { IconListDetails } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { PortalAuditEvent } from '#libs/contracts';
import {
  AbsoluteTime,
  DataTable,
  EmptyState,
  LoadingState,
  missing,
  OlderButton,
  QueryContent,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { actionName } from './audit-actions.js';
import { auditEventsQuery, type AuditFilter } from './audit.queries.js';
import { auditWords } from './words.js';

/** The audit log, newest first. The ids of requests are in the export alone. */
export function AuditEvents({ filter }: { filter: AuditFilter }) {
  const t = useWords(auditWords);
  const query = useInfiniteQuery(auditEventsQuery(filter));
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <QueryContent query={query} loading={<LoadingState what={t('theLog')} rows={8} />}>
        {({ pages }) => {
          const events = pages.flatMap(({ events }) => events);
          return events.length === 0 ? (
            <EmptyState Icon={IconListDetails} title={filtered ? t('noMatch') : t('nothingYet')}>
              {t('meaning')}
            </EmptyState>
          ) : (
            <DataTable
              label={t('title')}
              columns={columns(t)}
              rows={events}
              rowKey={({ id }) => String(id)}
            />
          );
        }}
      </QueryContent>
      <OlderButton query={query} />
    </>
  );
}

function columns(t: Translate<typeof auditWords>): Column<PortalAuditEvent>[] {
  return [
    { header: t('time'), rowHeader: true, cell: ({ at }) => <AbsoluteTime value={at} /> },
    { header: t('account'), cell: ({ account }) => account },
    { header: t('action'), cell: ({ action }) => actionName(action, t) },
    { header: t('subject'), wrap: true, cell: ({ subject }) => subject ?? missing },
    { header: t('summary'), wrap: true, cell: ({ summary }) => summary },
  ];
}
