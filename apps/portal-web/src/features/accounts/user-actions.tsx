import { useState } from 'react';
import type { UserAccount, UserWithPassword } from '#libs/contracts';
import { AdminButton, api, ConfirmDialog, useDialog, useWords } from '#libs/ui';
import { PassOnPassword } from './pass-on-password.js';
import { userPath, usersKey } from './users.queries.js';
import { accountWords } from './words.js';

interface Props {
  user: UserAccount;
}

interface RefusableProps extends Props {
  /** Why it cannot be done. */
  refused: string | undefined;
}

const small = { variant: 'default', size: 'compact-xs' } as const;

export function DisableUser({ user, refused }: RefusableProps) {
  const t = useWords(accountWords);
  const { email } = user;
  const dialog = useDialog({
    run: () => api.post(userPath(user.id, '/disable')),
    refreshes: usersKey,
  });
  return (
    <>
      <AdminButton
        {...small}
        aria-label={t('disableNamed', { email })}
        refused={refused}
        onClick={dialog.open}
      >
        {t('disable')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('disableAsk', { email })} action={t('disable')} danger>
        {t('disableEffect')}
      </ConfirmDialog>
    </>
  );
}

export function EnableUser({ user }: Props) {
  const t = useWords(accountWords);
  const { email } = user;
  const dialog = useDialog({ run: () => api.post(userPath(user.id, '/enable')), refreshes: usersKey });
  return (
    <>
      <AdminButton {...small} aria-label={t('enableNamed', { email })} onClick={dialog.open}>
        {t('enable')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('enableAsk', { email })} action={t('enable')}>
        {t('enableEffect')}
      </ConfirmDialog>
    </>
  );
}

export function RenewPassword({ user }: Props) {
  const t = useWords(accountWords);
  const { email } = user;
  const [given, setGiven] = useState<UserWithPassword | null>(null);
  const dialog = useDialog<void, UserWithPassword>({
    run: () => api.post<UserWithPassword>(userPath(user.id, '/temporary-password')),
    refreshes: usersKey,
    onDone: setGiven,
  });
  return (
    <>
      <AdminButton {...small} aria-label={t('newPasswordFor', { email })} onClick={dialog.open}>
        {t('newPassword')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('newPasswordAsk', { email })} action={t('setPassword')}>
        {t('newPasswordEffect')}
      </ConfirmDialog>
      <PassOnPassword given={given} onStored={() => setGiven(null)} />
    </>
  );
}

export function RemoveUser({ user, refused }: RefusableProps) {
  const t = useWords(accountWords);
  const { email } = user;
  const dialog = useDialog({ run: () => api.delete(userPath(user.id)), refreshes: usersKey });
  return (
    <>
      <AdminButton
        {...small}
        aria-label={t('removeNamed', { email })}
        refused={refused}
        onClick={dialog.open}
      >
        {t('remove')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('removeAsk', { email })} action={t('remove')} danger>
        {t('removeEffect')}
      </ConfirmDialog>
    </>
  );
}
