import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconKey, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ChangePasswordBody, CurrentSession } from '#libs/contracts';
import { api } from './api-client.js';
import { ChangePasswordForm } from './change-password.js';
import { Dialog } from './dialog.js';
import { LanguageItems } from './language-switch.js';
import { useProblemText } from './problem-text.js';
import { sessionKey } from './query-client.js';
import { useSession } from './session.js';
import { useDialog } from './use-dialog.js';
import { uiWords } from './ui-words.js';
import { useWords, type WordKey } from './words.js';
import styles from './app-frame.module.css';

const roles: Record<CurrentSession['account']['role'], WordKey<typeof uiWords>> = {
  admin: 'roleAdmin',
  editor: 'roleEditor',
  viewer: 'roleViewer',
  operator: 'roleOperator',
};

/** Who is signed in, and what they can do about it. */
export function AccountMenu() {
  const t = useWords(uiWords);
  const textOf = useProblemText();
  const { session, signOut } = useSession();
  const leave = useMutation({ mutationFn: signOut });
  const change = useDialog({
    run: (body: ChangePasswordBody) => api.put('/api/session/password', body),
    refreshes: sessionKey,
  });
  if (!session) return null;
  const { email, role } = session.account;
  return (
    <>
      <Dialog dialog={change} title={t('changePassword')}>
        <ChangePasswordForm dialog={change} />
      </Dialog>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <UnstyledButton className={styles.account} aria-label={t('account', { email })}>
            <IconUserCircle size={20} stroke={1.6} aria-hidden />
            <span className={styles.accountName}>{email}</span>
            <IconChevronDown size={14} aria-hidden className={styles.accountName} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Text size="sm" fw={600} px="sm" pt="xs" truncate>
            {email}
          </Text>
          <Text size="xs" c="dimmed" px="sm" pb="xs">
            {t('role', { role: t(roles[role]) })}
          </Text>
          <Menu.Divider />
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={change.open}>
            {t('changePassword')}
          </Menu.Item>
          <LanguageItems />
          <Menu.Item
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={() => leave.mutate()}
            closeMenuOnClick={false}
            disabled={leave.isPending}
          >
            {t('signOut')}
          </Menu.Item>
          {leave.isError && (
            <Text size="xs" c="var(--bad)" px="sm" pb="xs" role="alert">
              {t('stillSignedIn', { reason: textOf(leave.error).line })}
            </Text>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
