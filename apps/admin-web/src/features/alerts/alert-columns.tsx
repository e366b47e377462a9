import { Anchor, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Alert } from '#libs/contracts';
import { AdminButton, api, RelativeTime, StatusBadge, type Column } from '#libs/ui';
import { alertKinds } from './alert-kinds.js';
import { alertsKey } from './alerts.queries.js';
import { noticeState } from './notice-state.js';

export const alertColumns: Column<Alert>[] = [
  { header: 'State', cell: (alert) => <State alert={alert} /> },
  {
    header: 'Customer',
    rowHeader: true,
    wrap: true,
    cell: ({ customer: { code, name } }) => (
      <>
        <Anchor component={Link} to={`/customers/${encodeURIComponent(code)}`} inherit>
          {code}
        </Anchor>{' '}
        <Text span inherit c="dimmed" fw={400}>
          {name}
        </Text>
      </>
    ),
  },
  { header: 'Kind', cell: ({ kind }) => alertKinds[kind].text },
  { header: 'What', wrap: true, cell: ({ summary }) => summary },
  { header: 'Raised', cell: ({ raisedAt }) => <RelativeTime value={raisedAt} /> },
  { header: 'Resolved', cell: ({ resolvedAt }) => <RelativeTime value={resolvedAt} /> },
  { header: 'Notices', wrap: true, cell: ({ notices }) => <Notices notices={notices} /> },
  { header: 'Acknowledged', wrap: true, cell: (alert) => <Acknowledged alert={alert} /> },
];

function State({ alert: { resolvedAt, acknowledgedAt } }: { alert: Alert }) {
  if (resolvedAt !== null) return <StatusBadge tone="good">Resolved</StatusBadge>;
  if (acknowledgedAt !== null) return <StatusBadge tone="warning">Acknowledged</StatusBadge>;
  return <StatusBadge tone="bad">Open</StatusBadge>;
}

function Notices({ notices }: { notices: Alert['notices'] }) {
  if (notices.length === 0) return 'None: no destination';
  return (
    <div>
      {notices.map((notice) => (
        <div key={`${notice.destination} ${notice.event}`}>{noticeState(notice)}</div>
      ))}
    </div>
  );
}

function Acknowledged({ alert }: { alert: Alert }) {
  const client = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: () => api.post(`/api/alerts/${encodeURIComponent(alert.id)}/acknowledge`),
    onSettled: () => client.invalidateQueries({ queryKey: alertsKey }),
  });
  if (alert.acknowledgedAt !== null) {
    return (
      <span>
        <RelativeTime value={alert.acknowledgedAt} />
        {alert.acknowledgedBy !== null && ` by ${alert.acknowledgedBy}`}
      </span>
    );
  }
  if (alert.resolvedAt !== null) return 'No';
  return (
    <>
      <AdminButton
        variant="default"
        size="compact-xs"
        aria-label={`Acknowledge ${alertKinds[alert.kind].text} of ${alert.customer.code}`}
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate()}
      >
        Acknowledge
      </AdminButton>
      {acknowledge.isError && (
        <Text size="xs" c="var(--bad)" role="alert">
          {acknowledge.error.message}
        </Text>
      )}
    </>
  );
}
