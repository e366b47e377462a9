import { Code, Group, Paper, Text, Title } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { IngestEvent } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatBytes,
  formatCount,
  formatDuration,
  LoadingState,
  missing,
  QueryContent,
  RelativeTime,
  StatusBadge,
  type Column,
  type StatusTone,
} from '#libs/ui';
import { ingestEventsQuery, newestEvents } from './ingest.queries.js';

const outcomes: Record<IngestEvent['outcome'], { tone: StatusTone; text: string }> = {
  accepted: { tone: 'good', text: 'Accepted' },
  replayed: { tone: 'neutral', text: 'Replayed' },
  refused: { tone: 'bad', text: 'Refused' },
};

const columns: Column<IngestEvent>[] = [
  { header: 'Received', rowHeader: true, cell: ({ receivedAt }) => <RelativeTime value={receivedAt} /> },
  {
    header: 'Outcome',
    cell: ({ outcome }) => <StatusBadge tone={outcomes[outcome].tone}>{outcomes[outcome].text}</StatusBadge>,
  },
  { header: 'Rows', numeric: true, cell: ({ rowsReceived }) => formatCount(rowsReceived) },
  { header: 'Accepted', numeric: true, cell: ({ rowsAccepted }) => formatCount(rowsAccepted) },
  { header: 'Duplicates', numeric: true, cell: ({ rowsDuplicate }) => formatCount(rowsDuplicate) },
  { header: 'Rejected', numeric: true, cell: ({ rowsRejected }) => formatCount(rowsRejected) },
  { header: 'Size', numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
  { header: 'Took', numeric: true, cell: ({ durationMs }) => formatDuration(durationMs) },
  { header: 'Sender', cell: ({ senderVersion }) => senderVersion ?? missing },
  { header: 'Message', wrap: true, cell: (event) => <Message event={event} /> },
];

export function IngestEvents({ code }: { code: string }) {
  const query = useQuery(ingestEventsQuery(code));
  return (
    <Paper component="section" aria-labelledby="ingest-events">
      <Group justify="space-between" align="baseline" px="sm" py="xs">
        <Title order={2} id="ingest-events">
          Recent ingest events
        </Title>
        <Text size="xs" c="dimmed">
          The newest {newestEvents}
        </Text>
      </Group>
      <QueryContent query={query} loading={<LoadingState what="ingest events" rows={8} />}>
        {({ events }) =>
          events.length === 0 ? (
            <EmptyState Icon={IconInbox} title="Nothing received yet">
              Events appear when the customer&rsquo;s portal pushes its first batch with its token.
            </EmptyState>
          ) : (
            <DataTable
              label="Recent ingest events"
              columns={columns}
              rows={events}
              rowKey={({ receivedAt, bytes, durationMs }) =>
                `${receivedAt} ${String(bytes)} ${String(durationMs)}`
              }
            />
          )
        }
      </QueryContent>
    </Paper>
  );
}

function Message({ event: { code, message } }: { event: IngestEvent }) {
  if (code === null && message === null) return missing;
  return (
    <>
      {message} {code !== null && <Code>{code}</Code>}
    </>
  );
}
