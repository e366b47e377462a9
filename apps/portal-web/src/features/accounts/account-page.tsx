import { Alert, Paper, Stack, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserRole } from '#libs/contracts';
import { ChangePasswordForm, PageHeader, useSession, useWords } from '#libs/ui';
import { OwnSessions } from './own-sessions.js';
import { sessionsKey } from './sessions.queries.js';
import { roleNames } from './user-roles.js';
import { accountWords } from './words.js';

/** One's own password and sessions. */
export function AccountPage() {
  const t = useWords(accountWords);
  const account = useSession().session?.account;
  // A portal has no operators.
  const role = t(roleNames[(account?.role ?? 'viewer') as UserRole]);
  return (
    <>
      <PageHeader
        title={t('account')}
        description={t('accountDescription', { email: account?.email ?? '', role })}
      />
      <Stack gap="md">
        <OwnPassword />
        <OwnSessions />
      </Stack>
    </>
  );
}

function OwnPassword() {
  const t = useWords(accountWords);
  const client = useQueryClient();
  const [changes, setChanges] = useState(0);
  return (
    <Paper component="section" aria-labelledby="own-password" p="md">
      <Title order={2} id="own-password" mb="sm">
        {t('password')}
      </Title>
      <Stack gap="sm" maw={420}>
        {changes > 0 && (
          <Alert color="green" variant="outline" icon={<IconCircleCheck aria-hidden />}>
            {t('passwordChanged')}
          </Alert>
        )}
        <ChangePasswordForm
          // Anew after each change, and so empty.
          key={changes}
          onDone={() => {
            setChanges((count) => count + 1);
            void client.invalidateQueries({ queryKey: sessionsKey });
          }}
        />
      </Stack>
    </Paper>
  );
}
