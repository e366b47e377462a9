import { Group, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { UserAccount } from '#libs/contracts';
import {
  DataTable,
  LoadingState,
  PageHeader,
  QueryContent,
  RelativeTime,
  StatusBadge,
  useSession,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { AddUser } from './add-user.js';
import { ChangeRole } from './change-role.js';
import { DisableUser, EnableUser, RemoveUser, RenewPassword } from './user-actions.js';
import { accountState, isLastAdmin, roleNames } from './user-roles.js';
import { usersQuery } from './users.queries.js';
import { accountWords } from './words.js';

export function UsersPage() {
  const t = useWords(accountWords);
  const query = useQuery(usersQuery);
  const own = useSession().session?.account.id;
  return (
    <>
      <PageHeader title={t('users')} description={t('usersDescription')}>
        <AddUser />
      </PageHeader>
      <Paper>
        <QueryContent query={query} loading={<LoadingState what={t('theUsers')} />}>
          {({ users }) => (
            <DataTable
              label={t('users')}
              columns={columns(t, users, own)}
              rows={users}
              rowKey={({ id }) => id}
            />
          )}
        </QueryContent>
      </Paper>
    </>
  );
}

function columns(
  t: Translate<typeof accountWords>,
  users: readonly UserAccount[],
  own: string | undefined,
): Column<UserAccount>[] {
  return [
    {
      header: t('email'),
      rowHeader: true,
      cell: ({ email, id }) => (id === own ? t('you', { email }) : email),
    },
    { header: t('role'), cell: ({ role }) => t(roleNames[role]) },
    {
      header: t('state'),
      cell: (user) => {
        const { tone, word } = accountState(user);
        return <StatusBadge tone={tone}>{t(word)}</StatusBadge>;
      },
    },
    { header: t('added'), cell: ({ createdAt }) => <RelativeTime value={createdAt} /> },
    {
      header: t('lastSignedIn'),
      cell: ({ lastSignedInAt }) => <RelativeTime value={lastSignedInAt} otherwise={t('never')} />,
    },
    {
      header: t('actions'),
      cell: (user) => (
        <Actions
          user={user}
          own={user.id === own}
          refused={isLastAdmin(user, users) ? t('lastAdminStays') : undefined}
        />
      ),
    },
  ];
}

interface ActionsProps {
  user: UserAccount;
  /** It is the one who looks: their password is changed elsewhere, and nobody shuts themselves out. */
  own: boolean;
  refused: string | undefined;
}

function Actions({ user, own, refused }: ActionsProps) {
  return (
    <Group gap={6}>
      <ChangeRole user={user} refused={refused} />
      {!own && <RenewPassword user={user} />}
      {!own && user.disabledAt === null && <DisableUser user={user} refused={refused} />}
      {user.disabledAt !== null && <EnableUser user={user} />}
      {!own && <RemoveUser user={user} refused={refused} />}
    </Group>
  );
}
