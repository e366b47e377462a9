import { Anchor, Paper } from '@mantine/core';
import { IconBuildingFactory2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { SiteSummary } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatCount,
  LoadingState,
  PageHeader,
  QueryContent,
  RelativeTime,
  type Column,
} from '#libs/ui';
import { sitesQuery } from './sites.queries.js';

const columns: Column<SiteSummary>[] = [
  {
    header: 'Site',
    rowHeader: true,
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/sites/${id}`} inherit>
        {name}
      </Anchor>
    ),
  },
  { header: 'Devices', numeric: true, cell: ({ deviceCount }) => formatCount(deviceCount) },
  { header: 'Channels', numeric: true, cell: ({ channelCount }) => formatCount(channelCount) },
  { header: 'Time zone', cell: ({ timeZone }) => timeZone },
  {
    header: 'Last seen',
    cell: ({ lastTime, timeZone }) => (
      <RelativeTime value={lastTime} timeZone={timeZone} otherwise="No data yet" />
    ),
  },
];

export function SitesPage() {
  const query = useQuery(sitesQuery);
  return (
    <>
      <PageHeader title="Sites" />
      <Paper>
        <QueryContent query={query} loading={<LoadingState what="sites" />}>
          {({ sites }) => (sites.length === 0 ? <NoSites /> : <SitesTable sites={sites} />)}
        </QueryContent>
      </Paper>
    </>
  );
}

function SitesTable({ sites }: { sites: SiteSummary[] }) {
  return <DataTable label="Sites" columns={columns} rows={sites} rowKey={({ id }) => id} />;
}

function NoSites() {
  return (
    <EmptyState Icon={IconBuildingFactory2} title="No sites yet">
      Sites, devices and channels appear with the first meter file. See{' '}
      <Anchor component={Link} to="/imports" inherit underline="always">
        Imports
      </Anchor>
      .
    </EmptyState>
  );
}
