import { Anchor, Code } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { AuditEvent } from '#libs/contracts';
import {
  AbsoluteTime,
  DataTable,
  EmptyState,
  LoadingState,
  missing,
  OlderButton,
  QueryContent,
  type Column,
} from '#libs/ui';
import { auditActions } from './audit-actions.js';
import { auditEventsQuery, type AuditFilter } from './audit.queries.js';

const columns: Column<AuditEvent>[] = [
  { header: 'Time', rowHeader: true, cell: ({ at }) => <AbsoluteTime value={at} /> },
  { header: 'Who', cell: ({ account }) => account },
  // The record may be newer than this page.
  { header: 'Action', cell: ({ action }) => auditActions[action] ?? action },
  { header: 'Customer', cell: ({ customer }) => <CustomerLink code={customer} /> },
  { header: 'What', wrap: true, cell: ({ summary }) => summary },
  { header: 'Request', cell: ({ requestId }) => (requestId === null ? missing : <Code>{requestId}</Code>) },
];

/** The audit log, newest first. */
export function AuditEvents({ filter }: { filter: AuditFilter }) {
  const query = useInfiniteQuery(auditEventsQuery(filter));
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <QueryContent query={query} loading={<LoadingState what="the audit log" rows={8} />}>
        {({ pages }) => {
          const events = pages.flatMap(({ events }) => events);
          return events.length === 0 ? (
            <EmptyState Icon={IconListDetails} title={filtered ? 'No entry matches' : 'Nothing recorded yet'}>
              Everything that an operator does is recorded here, and nothing is ever removed.
            </EmptyState>
          ) : (
            <DataTable label="Audit log" columns={columns} rows={events} rowKey={({ id }) => String(id)} />
          );
        }}
      </QueryContent>
      <OlderButton query={query} />
    </>
  );
}

function CustomerLink({ code }: { code: string | null }) {
  if (code === null) return missing;
  return (
    <Anchor component={Link} to={`/customers/${encodeURIComponent(code)}`} inherit>
      {code}
    </Anchor>
  );
}
