import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { EditUserBody, UserAccount, UserRole } from '#libs/contracts';
import { AdminButton, api, Dialog, DialogForm, useDialog, useWords, type DialogState } from '#libs/ui';
import { roleChoices } from './user-roles.js';
import { userPath, usersKey } from './users.queries.js';
import { accountWords } from './words.js';

interface Props {
  user: UserAccount;
  /** Why it cannot be changed. */
  refused: string | undefined;
}

export function ChangeRole({ user, refused }: Props) {
  const t = useWords(accountWords);
  const dialog = useDialog({
    run: (body: EditUserBody) => api.patch(userPath(user.id), body),
    refreshes: usersKey,
  });
  const title = t('changeRoleOf', { email: user.email });
  return (
    <>
      <AdminButton
        variant="default"
        size="compact-xs"
        aria-label={title}
        refused={refused}
        onClick={dialog.open}
      >
        {t('changeRole')}
      </AdminButton>
      <Dialog dialog={dialog} title={title}>
        <RoleForm dialog={dialog} user={user} title={title} />
      </Dialog>
    </>
  );
}

interface FormProps {
  dialog: DialogState<EditUserBody>;
  user: UserAccount;
  title: string;
}

function RoleForm({ dialog, user, title }: FormProps) {
  const t = useWords(accountWords);
  const [role, setRole] = useState<UserRole>(user.role);
  return (
    <DialogForm
      dialog={dialog}
      label={title}
      action={t('save')}
      disabled={role === user.role}
      onSubmit={(event) => {
        event.preventDefault();
        dialog.submit({ role });
      }}
    >
      <Radio.Group label={t('role')} value={role} onChange={(value) => setRole(value)}>
        <Stack gap="xs" mt="xs">
          {roleChoices(t).map(({ value, label }) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
    </DialogForm>
  );
}
