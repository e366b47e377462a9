import { Code } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { IngestEvent } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatBytes,
  formatCount,
  formatDuration,
  LoadingState,
  missing,
  OlderButton,
  QueryContent,
  RelativeTime,
  StatusBadge,
  type Column,
  type StatusTone,
} from '#libs/ui';
import { outcomeNames, readEventFilter, withEventFilter, type EventFilter } from './event-filter.js';
import { EventFilters } from './event-filters.js';
import { ingestEventsQuery } from './ingest.queries.js';

const tones: Record<IngestEvent['outcome'], StatusTone> = {
  accepted: 'good',
  replayed: 'neutral',
  refused: 'bad',
};

const types: Record<IngestEvent['type'], string> = {
  measurements: 'Measurements',
  catalogue: 'Catalogue',
  deletion: 'Deletion',
  unknown: 'Not read',
};

const columns: Column<IngestEvent>[] = [
  { header: 'Received', rowHeader: true, cell: ({ receivedAt }) => <RelativeTime value={receivedAt} /> },
  { header: 'Outcome', cell: (event) => <Outcome event={event} /> },
  { header: 'Message', wrap: true, cell: (event) => <Message event={event} /> },
  { header: 'Type', cell: ({ type }) => types[type] },
  { header: 'Rows', numeric: true, cell: ({ rowsReceived }) => formatCount(rowsReceived) },
  { header: 'Accepted', numeric: true, cell: ({ rowsAccepted }) => formatCount(rowsAccepted) },
  { header: 'Duplicates', numeric: true, cell: ({ rowsDuplicate }) => formatCount(rowsDuplicate) },
  { header: 'Rejected', numeric: true, cell: ({ rowsRejected }) => formatCount(rowsRejected) },
  { header: 'Size', numeric: true, cell: ({ bytes }) => formatBytes(bytes) },
  { header: 'Took', numeric: true, cell: ({ durationMs }) => formatDuration(durationMs) },
  { header: 'Sender', cell: ({ senderVersion }) => senderVersion ?? missing },
];

/** What Admin did with the customer's batches, newest first. */
export function IngestEvents({ code }: { code: string }) {
  const [params, setParams] = useSearchParams();
  const filter = readEventFilter(params);
  const change = (next: EventFilter) =>
    setParams((previous) => withEventFilter(previous, next), { replace: true });
  const query = useInfiniteQuery(ingestEventsQuery(code, filter));
  return (
    <>
      <EventFilters filter={filter} onChange={change} />
      <QueryContent query={query} loading={<LoadingState what="ingest events" rows={8} />}>
        {({ pages }) => <Events events={pages.flatMap(({ events }) => events)} filter={filter} />}
      </QueryContent>
      <OlderButton query={query} />
    </>
  );
}

function Events({ events, filter }: { events: IngestEvent[]; filter: EventFilter }) {
  if (events.length > 0) {
    return (
      <DataTable
        label="Ingest events"
        columns={columns}
        rows={events}
        rowKey={({ receivedAt, bytes, durationMs }) => `${receivedAt} ${String(bytes)} ${String(durationMs)}`}
      />
    );
  }
  return filter.outcome !== null || filter.problems || filter.refusal !== '' ? (
    <EmptyState Icon={IconInbox} title="No event matches">
      Change the filter to see others. Events are kept for 90 days.
    </EmptyState>
  ) : (
    <EmptyState Icon={IconInbox} title="Nothing received yet">
      Events appear when the customer&rsquo;s portal pushes its first batch with its token.
    </EmptyState>
  );
}

function Outcome({ event: { outcome, rowsRejected, requests } }: { event: IngestEvent }) {
  const inPart = outcome === 'accepted' && rowsRejected > 0;
  return (
    <span>
      {inPart ? (
        <StatusBadge tone="warning">Accepted in part</StatusBadge>
      ) : (
        <StatusBadge tone={tones[outcome]}>{outcomeNames[outcome]}</StatusBadge>
      )}
      {requests > 1 && ` ${formatCount(requests)} times`}
    </span>
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
