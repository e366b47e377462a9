import { Group, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OperatorAccount } from '#libs/contracts';
import {
  DataTable,
  LoadingState,
  PageHeader,
  QueryContent,
  RelativeTime,
  useSession,
  type Column,
} from '#libs/ui';
import { AddOperator } from './add-operator.js';
import { ChangeRole, RemoveOperator, ResetPassword } from './operator-actions.js';
import { roleNames } from './operator-roles.js';
import { operatorsQuery } from './operators.queries.js';

export function OperatorsPage() {
  const query = useQuery(operatorsQuery);
  const own = useSession().session?.account.id;
  return (
    <>
      <PageHeader title="Operators" description="Who may sign in to this Admin">
        <AddOperator />
      </PageHeader>
      <Paper>
        <QueryContent query={query} loading={<LoadingState what="operators" />}>
          {({ operators }) => (
            <DataTable
              label="Operators"
              columns={columnsFor(operators, own)}
              rows={operators}
              rowKey={({ id }) => id}
            />
          )}
        </QueryContent>
      </Paper>
    </>
  );
}

function columnsFor(
  operators: readonly OperatorAccount[],
  own: string | undefined,
): Column<OperatorAccount>[] {
  const admins = operators.filter(({ role }) => role === 'admin').length;
  const isLastAdmin = ({ role }: OperatorAccount) => role === 'admin' && admins === 1;
  return [
    { header: 'E-mail', rowHeader: true, cell: ({ email, id }) => (id === own ? `${email} (you)` : email) },
    { header: 'Role', cell: ({ role }) => roleNames[role] },
    { header: 'Added', cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    {
      header: 'Last signed in',
      cell: ({ lastSignedInAt }) => <RelativeTime value={lastSignedInAt} otherwise="Never" />,
    },
    {
      header: 'Actions',
      cell: (operator) => (
        <Group gap={6}>
          <ChangeRole operator={operator} lastAdmin={isLastAdmin(operator)} />
          {operator.id !== own && <ResetPassword operator={operator} />}
          {operator.id !== own && <RemoveOperator operator={operator} lastAdmin={isLastAdmin(operator)} />}
        </Group>
      ),
    },
  ];
}
