import { IconFileImport } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ImportRunSummary } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatCount,
  formatDuration,
  LoadingState,
  missing,
  QueryContent,
  RelativeTime,
  StatusBadge,
  useNow,
  type Column,
  type StatusTone,
} from '#libs/ui';
import { runState, type RunState } from './imports.queries.js';

interface Row extends ImportRunSummary {
  state: RunState;
}

const states: Record<RunState, { tone: StatusTone; text: string }> = {
  running: { tone: 'running', text: 'Running' },
  finished: { tone: 'good', text: 'Finished' },
  interrupted: { tone: 'warning', text: 'Interrupted' },
};

const triggers = { schedule: 'Schedule', manual: 'Import now', command: 'Command line' };

const columns: Column<Row>[] = [
  { header: 'Started', rowHeader: true, cell: ({ startedAt }) => <RelativeTime value={startedAt} /> },
  {
    header: 'Status',
    cell: ({ state }) => <StatusBadge tone={states[state].tone}>{states[state].text}</StatusBadge>,
  },
  { header: 'Started by', cell: ({ trigger }) => triggers[trigger] },
  { header: 'Duration', numeric: true, cell: duration },
  { header: 'Files', numeric: true, cell: ({ totals }) => formatCount(totals.files) },
  { header: 'Imported', numeric: true, cell: ({ totals }) => formatCount(totals.imported) },
  { header: 'Rejected', numeric: true, cell: ({ totals }) => formatCount(totals.rejected) },
  { header: 'Unchanged', numeric: true, cell: ({ totals }) => formatCount(totals.unchanged) },
  { header: 'Rows', numeric: true, cell: ({ totals }) => formatCount(totals.rows) },
  { header: 'Points', numeric: true, cell: ({ totals }) => formatCount(totals.points) },
  { header: 'Rejected rows', numeric: true, cell: ({ totals }) => formatCount(totals.rejectedRows) },
];

export function RunsTable({ query }: { query: UseQueryResult<{ runs: ImportRunSummary[] }> }) {
  const now = useNow();
  return (
    <QueryContent query={query} loading={<LoadingState what="import runs" rows={8} />}>
      {({ runs }) =>
        runs.length === 0 ? (
          <EmptyState Icon={IconFileImport} title="No import has run yet">
            Imports run by schedule, or when you choose Import now.
          </EmptyState>
        ) : (
          <DataTable
            label="Import runs"
            columns={columns}
            rows={runs.map((run, index) => ({ ...run, state: runState(run, index === 0, now) }))}
            rowKey={({ id }) => id}
          />
        )
      }
    </QueryContent>
  );
}

function duration({ startedAt, finishedAt }: ImportRunSummary): string {
  if (finishedAt === null) return missing;
  return formatDuration(new Date(finishedAt).getTime() - new Date(startedAt).getTime());
}
