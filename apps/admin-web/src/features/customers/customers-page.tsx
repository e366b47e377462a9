import { Button, Paper, Stack } from '@mantine/core';
import { IconSearchOff, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { CustomerPage, CustomerSort } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatCounted,
  LoadingState,
  PageHeader,
  Pages,
  QueryContent,
  type Sorting,
} from '#libs/ui';
import { useHiddenColumns } from './column-choice.js';
import { customerColumns } from './customer-columns.js';
import { CustomersToolbar } from './customers-toolbar.js';
import type { CustomersView } from './customers-view.js';
import { customersPerPage, customersQuery } from './customers.queries.js';
import { HealthFilter } from './health-filter.js';
import { RegisterCustomer } from './register-customer.js';
import { useCustomersView } from './use-customers-view.js';

type ChangeView = (change: Partial<CustomersView>) => void;

export function CustomersPage() {
  const { view, change } = useCustomersView();
  const [hidden, setHidden] = useHiddenColumns();
  const query = useQuery(customersQuery(view));
  const filtered = view.q !== '' || view.health.length > 0;
  return (
    <>
      <PageHeader title="Customers" description={query.data ? summary(query.data, filtered) : '\u00A0'}>
        <RegisterCustomer />
      </PageHeader>
      <Stack gap="sm" mb="sm">
        <HealthFilter
          counts={query.data?.byHealth ?? {}}
          selected={view.health}
          onChange={(health) => change({ health })}
        />
        <CustomersToolbar view={view} onChange={change} hiddenColumns={hidden} onHiddenColumns={setHidden} />
      </Stack>
      <Paper>
        <QueryContent query={query} loading={<LoadingState what="customers" rows={12} />}>
          {(page) =>
            page.customers.length === 0 ? (
              <NoCustomers filtered={filtered || page.total > 0} onShowAll={change} />
            ) : (
              <Rows
                page={page}
                view={view}
                busy={query.isPlaceholderData}
                hidden={hidden}
                onChange={change}
              />
            )
          }
        </QueryContent>
      </Paper>
    </>
  );
}

interface RowsProps {
  page: CustomerPage;
  view: CustomersView;
  busy: boolean;
  hidden: readonly string[];
  onChange: ChangeView;
}

function Rows({ page, view, busy, hidden, onChange }: RowsProps) {
  const sort = ({ by, order }: Sorting) => onChange({ sort: by as CustomerSort, order });
  return (
    <>
      <DataTable
        label="Customers"
        columns={customerColumns.filter(({ header, rowHeader }) => rowHeader || !hidden.includes(header))}
        rows={page.customers}
        rowKey={({ id }) => id}
        sorting={{ by: view.sort, order: view.order }}
        onSort={sort}
        busy={busy}
      />
      <Pages
        label="Pages of customers"
        total={page.total}
        pageSize={customersPerPage}
        page={view.page}
        onChange={(number) => {
          onChange({ page: number });
          window.scrollTo(0, 0);
        }}
      />
    </>
  );
}

function NoCustomers({ filtered, onShowAll }: { filtered: boolean; onShowAll: ChangeView }) {
  if (filtered) {
    return (
      <EmptyState Icon={IconSearchOff} title="No customer matches">
        <p>Nothing here has this text in its code or name and one of these healths.</p>
        <Button variant="default" size="xs" onClick={() => onShowAll({ q: '', health: [] })}>
          Show all customers
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState Icon={IconUsersGroup} title="No customers yet">
      Register a customer to get the token with which its portal pushes measurements.
    </EmptyState>
  );
}

function summary({ total, byHealth }: CustomerPage, filtered: boolean): string {
  const all = Object.values(byHealth).reduce((sum, count) => sum + count, 0);
  return filtered
    ? `${formatCounted(total, 'match', 'matches')} of ${formatCounted(all, 'customer')}`
    : formatCounted(all, 'customer');
}
