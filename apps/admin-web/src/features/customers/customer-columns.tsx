import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { CustomerSort, CustomerSummary } from '#libs/contracts';
import { formatCount, formatPercent, formatSpan, missing, RelativeTime, useNow, type Column } from '#libs/ui';
import { PushHealthBadge } from './push-health-badge.js';

interface CustomerColumn extends Column<CustomerSummary> {
  sortKey?: CustomerSort;
}

const daySeconds = 86_400;

/** Without its code a row has no name: that column always stays. */
export const customerColumns: readonly CustomerColumn[] = [
  { header: 'Push health', sortKey: 'health', cell: ({ health }) => <PushHealthBadge health={health} /> },
  {
    header: 'Code',
    sortKey: 'code',
    rowHeader: true,
    cell: ({ code }) => (
      <Anchor component={Link} to={`/customers/${encodeURIComponent(code)}`} inherit>
        {code}
      </Anchor>
    ),
  },
  { header: 'Name', sortKey: 'name', wrap: true, cell: ({ name }) => name },
  {
    header: 'Last contact',
    sortKey: 'lastContactAt',
    cell: ({ lastContactAt }) => <RelativeTime short value={lastContactAt} otherwise="Never" />,
  },
  {
    header: 'Last accepted',
    sortKey: 'lastAcceptedAt',
    cell: ({ lastAcceptedAt }) => <RelativeTime short value={lastAcceptedAt} otherwise="Never" />,
  },
  {
    header: 'Newest data point',
    sortKey: 'newestDataAt',
    cell: ({ newestDataAt }) => <RelativeTime short value={newestDataAt} />,
  },
  { header: 'Lag', sortKey: 'lagSeconds', numeric: true, cell: ({ lagSeconds }) => formatSpan(lagSeconds) },
  {
    header: 'Rows/h',
    sortKey: 'rowsPerHour',
    numeric: true,
    cell: ({ rowsPerHour }) => formatCount(rowsPerHour),
  },
  {
    header: 'Rejected',
    sortKey: 'rejectedPercent',
    numeric: true,
    cell: ({ rejectedPercent }) => formatPercent(rejectedPercent),
  },
  {
    header: 'Backlog (batches)',
    sortKey: 'backlogBatches',
    numeric: true,
    cell: ({ backlogBatches }) => formatCount(backlogBatches),
  },
  { header: 'Stack version', sortKey: 'stackVersion', cell: ({ stackVersion }) => stackVersion ?? missing },
  {
    header: 'Token age',
    sortKey: 'tokenCreatedAt',
    numeric: true,
    cell: ({ tokenCreatedAt }) => <Age since={tokenCreatedAt} />,
  },
];

/** In whole days after the first. */
function Age({ since }: { since: string | null }) {
  const now = useNow();
  if (since === null) return 'No token';
  const seconds = Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
  return formatSpan(seconds < daySeconds ? seconds : seconds - (seconds % daySeconds));
}
