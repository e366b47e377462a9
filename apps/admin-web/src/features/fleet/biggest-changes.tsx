import { Anchor, Text, Title } from '@mantine/core';
import { IconArrowsDiff, IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { FleetOverview } from '#libs/contracts';
import { DataTable, EmptyState, formatDay, formatPercent, formatQuantity, type Column } from '#libs/ui';

type Change = FleetOverview['energy']['biggestChanges'][number];

const columns: Column<Change>[] = [
  {
    header: 'Code',
    rowHeader: true,
    cell: ({ code }) => (
      <Anchor component={Link} to={`/customers/${encodeURIComponent(code)}`} inherit>
        {code}
      </Anchor>
    ),
  },
  { header: 'Name', wrap: true, cell: ({ name }) => name },
  { header: 'Day (UTC)', cell: ({ day }) => formatDay(new Date(day), 'UTC') },
  { header: 'Energy', numeric: true, cell: ({ energyKwh }) => formatQuantity(energyKwh, 'kWh') },
  { header: 'Usual', numeric: true, cell: ({ usualKwh }) => formatQuantity(usualKwh, 'kWh') },
  { header: 'Change', numeric: true, cell: (change) => <ChangePercent percent={change.changePercent} /> },
];

/** Customers whose last complete day is least like the week before. */
export function BiggestChanges({ changes }: { changes: readonly Change[] }) {
  return (
    <>
      <Title order={2} id="biggest-changes" px="sm" pt="sm">
        Biggest changes
      </Title>
      <Text size="sm" c="dimmed" px="sm" pb="xs">
        The last complete day beside the mean of the seven before
      </Text>
      {changes.length === 0 ? (
        <EmptyState Icon={IconArrowsDiff} title="Nothing to compare yet">
          It takes two complete days of a customer.
        </EmptyState>
      ) : (
        <DataTable label="Biggest changes" columns={columns} rows={changes} rowKey={({ code }) => code} />
      )}
    </>
  );
}

function ChangePercent({ percent }: { percent: number }) {
  const Icon = percent < 0 ? IconTrendingDown : IconTrendingUp;
  return (
    <span>
      <Icon size={14} aria-hidden style={{ verticalAlign: -2 }} /> {percent > 0 ? '+' : ''}
      {formatPercent(percent)}
    </span>
  );
}
