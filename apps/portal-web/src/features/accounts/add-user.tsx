import { Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { AddUserBody, UserWithPassword } from '#libs/contracts';
import {
  AdminButton,
  api,
  Dialog,
  DialogForm,
  fieldErrors,
  useDialog,
  useWords,
  type DialogState,
} from '#libs/ui';
import { PassOnPassword } from './pass-on-password.js';
import { roleChoices } from './user-roles.js';
import { usersKey } from './users.queries.js';
import { accountWords } from './words.js';

/** Button and dialogs: e-mail and role first, then the temporary password to pass on. */
export function AddUser() {
  const t = useWords(accountWords);
  const [added, setAdded] = useState<UserWithPassword | null>(null);
  const dialog = useDialog({
    run: (body: AddUserBody) => api.post<UserWithPassword>('/api/users', body),
    refreshes: usersKey,
    onDone: setAdded,
  });
  return (
    <>
      <AdminButton leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
        {t('addUser')}
      </AdminButton>
      <Dialog dialog={dialog} title={t('addUser')}>
        <AddForm dialog={dialog} />
      </Dialog>
      <PassOnPassword given={added} onStored={() => setAdded(null)} />
    </>
  );
}

function AddForm({ dialog }: { dialog: DialogState<AddUserBody> }) {
  const t = useWords(accountWords);
  const form = useForm<AddUserBody>({
    mode: 'uncontrolled',
    initialValues: { email: '', role: 'viewer' },
    validate: { email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('enterEmail')) },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  return (
    <DialogForm dialog={dialog} label={t('addUser')} action={t('add')} onSubmit={submit}>
      <Text size="sm" c="dimmed">
        {t('addEffect')}
      </Text>
      <TextInput
        label={t('email')}
        type="email"
        autoComplete="off"
        data-autofocus
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <Select
        label={t('role')}
        data={roleChoices(t)}
        allowDeselect={false}
        key={form.key('role')}
        {...form.getInputProps('role')}
      />
    </DialogForm>
  );
}
