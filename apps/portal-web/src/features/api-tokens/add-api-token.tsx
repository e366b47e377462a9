import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import type { AddApiTokenBody, ApiTokenScope } from '#libs/contracts';
import {
  AdminButton,
  Dialog,
  DialogForm,
  fieldErrors,
  useDialog,
  useWords,
  type DialogState,
} from '#libs/ui';
import { addApiToken, apiTokensKey } from './api-tokens.queries.js';
import { scopeLabels, scopes } from './scopes.js';
import { apiTokenWords } from './words.js';

/** `forever` for a token without an end. */
const lifetimesDays = ['30', '90', '365', 'forever'] as const;

/** @param onMade is told the new token, to show it this once */
export function AddApiToken({ onMade }: { onMade: (secret: string) => void }) {
  const t = useWords(apiTokenWords);
  const dialog = useDialog({
    run: addApiToken,
    refreshes: apiTokensKey,
    onDone: ({ secret }) => onMade(secret),
  });
  return (
    <>
      <AdminButton leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
        {t('add')}
      </AdminButton>
      <Dialog dialog={dialog} title={t('add')}>
        <AddForm dialog={dialog} />
      </Dialog>
    </>
  );
}

function AddForm({ dialog }: { dialog: DialogState<AddApiTokenBody> }) {
  const t = useWords(apiTokenWords);
  const form = useForm<{ name: string; scopes: ApiTokenScope[]; lifetime: string }>({
    initialValues: { name: '', scopes: ['measurements:write'], lifetime: '365' },
    validate: {
      name: (name) => (name.trim() === '' ? t('nameMissing') : null),
      scopes: (chosen) => (chosen.length === 0 ? t('scopesMissing') : null),
    },
  });
  const submit = form.onSubmit(({ lifetime, ...values }) =>
    dialog.submit({ ...values, expiresInDays: lifetime === 'forever' ? null : Number(lifetime) }, (error) =>
      form.setErrors(fieldErrors(error)),
    ),
  );
  return (
    <DialogForm dialog={dialog} label={t('add')} action={t('addAction')} onSubmit={submit}>
      <TextInput
        label={t('name')}
        description={t('nameHelp')}
        autoComplete="off"
        maxLength={100}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group label={t('scopes')} {...form.getInputProps('scopes')}>
        <Group gap="lg" mt={6}>
          {scopes.map((scope) => (
            <Checkbox key={scope} value={scope} label={t(scopeLabels[scope])} />
          ))}
        </Group>
      </Checkbox.Group>
      <Select
        label={t('expiry')}
        data={lifetimesDays.map((days) => ({
          value: days,
          label: days === 'forever' ? t('untilRevoked') : t('days', { count: Number(days) }),
        }))}
        allowDeselect={false}
        {...form.getInputProps('lifetime')}
      />
    </DialogForm>
  );
}
