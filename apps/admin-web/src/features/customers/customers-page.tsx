import { Anchor, Paper } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { CustomerSummary } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatCount,
  formatCounted,
  LoadingState,
  missing,
  PageHeader,
  QueryContent,
  RelativeTime,
  type Column,
} from '#libs/ui';
import { customersQuery } from './customers.queries.js';
import { countByHealth, PushHealthBadge } from './push-health.js';
import { RegisterCustomer } from './register-customer.js';

const columns: Column<CustomerSummary>[] = [
  { header: 'Push health', cell: ({ health }) => <PushHealthBadge health={health} /> },
  {
    header: 'Code',
    rowHeader: true,
    cell: ({ code }) => (
      <Anchor component={Link} to={`/customers/${code}`} inherit>
        {code}
      </Anchor>
    ),
  },
  { header: 'Name', wrap: true, cell: ({ name }) => name },
  { header: 'Last contact', cell: ({ lastContactAt }) => <RelativeTime value={lastContactAt} /> },
  { header: 'Last accepted', cell: ({ lastAcceptedAt }) => <RelativeTime value={lastAcceptedAt} /> },
  { header: 'Newest data point', cell: ({ newestDataAt }) => <RelativeTime value={newestDataAt} /> },
  { header: 'Measurements', numeric: true, cell: ({ measurementCount }) => formatCount(measurementCount) },
  { header: 'Backlog', numeric: true, cell: ({ backlogBatches }) => backlog(backlogBatches) },
  { header: 'Stack version', cell: ({ stackVersion }) => stackVersion ?? missing },
];

export function CustomersPage() {
  const query = useQuery(customersQuery);
  return (
    <>
      <PageHeader title="Customers" description={query.data ? summary(query.data.customers) : '\u00A0'}>
        <RegisterCustomer />
      </PageHeader>
      <Paper>
        <QueryContent query={query} loading={<LoadingState what="customers" />}>
          {({ customers }) =>
            customers.length === 0 ? (
              <EmptyState Icon={IconUsersGroup} title="No customers yet">
                Register a customer to get the token with which its portal pushes measurements.
              </EmptyState>
            ) : (
              <DataTable label="Customers" columns={columns} rows={customers} rowKey={({ id }) => id} />
            )
          }
        </QueryContent>
      </Paper>
    </>
  );
}

export function backlog(batches: number | null): string {
  return batches === null ? missing : formatCounted(batches, 'batch', 'batches');
}

function summary(customers: readonly CustomerSummary[]): string {
  const count = formatCounted(customers.length, 'customer');
  const healths = countByHealth(customers.map(({ health }) => health));
  return healths === '' ? count : `${count}: ${healths}`;
}
