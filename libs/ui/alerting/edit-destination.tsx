import { Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import type { AlertDestination, AlertDestinationBody } from '#libs/contracts';
import { AdminButton } from '../admin-button.js';
import { api } from '../api-client.js';
import { Dialog, DialogForm } from '../dialog.js';
import { fieldErrors } from '../field-errors.js';
import { useDialog, type DialogState } from '../use-dialog.js';
import { useWords, type Translate } from '../words.js';
import { alertsKey, destinationPath } from './alert-destinations.queries.js';
import { alertingWords } from './words.js';

export function AddDestination() {
  const t = useWords(alertingWords);
  const dialog = useDialog({
    run: (body: AlertDestinationBody) => api.post('/api/alerts/destinations', body),
    refreshes: alertsKey,
  });
  return (
    <>
      <AdminButton leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
        {t('add')}
      </AdminButton>
      <Dialog dialog={dialog} title={t('add')}>
        <DestinationForm
          dialog={dialog}
          initial={{ type: 'webhook', address: '', enabled: true }}
          action={t('addAction')}
        />
      </Dialog>
    </>
  );
}

export function EditDestination({ destination }: { destination: AlertDestination }) {
  const t = useWords(alertingWords);
  const { id, type, address, enabled } = destination;
  const dialog = useDialog({
    run: (body: AlertDestinationBody) => api.put(destinationPath(id), body),
    refreshes: alertsKey,
  });
  return (
    <>
      <AdminButton
        variant="default"
        size="compact-xs"
        aria-label={t('editOne', { address })}
        onClick={dialog.open}
      >
        {t('edit')}
      </AdminButton>
      <Dialog dialog={dialog} title={t('editTitle')}>
        <DestinationForm dialog={dialog} initial={{ type, address, enabled }} action={t('save')} />
      </Dialog>
    </>
  );
}

interface FormProps {
  dialog: DialogState<AlertDestinationBody>;
  initial: AlertDestinationBody;
  action: string;
}

function DestinationForm({ dialog, initial, action }: FormProps) {
  const t = useWords(alertingWords);
  const form = useForm<AlertDestinationBody>({
    initialValues: initial,
    validate: { address: (value, { type }) => addressProblem(t, type, value.trim()) },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  const webhook = form.values.type === 'webhook';
  return (
    <DialogForm dialog={dialog} label={t('destination')} action={action} onSubmit={submit}>
      <Select
        label={t('type')}
        data={(['webhook', 'email'] as const).map((value) => ({ value, label: t(value) }))}
        allowDeselect={false}
        {...form.getInputProps('type')}
      />
      <TextInput
        label={webhook ? t('url') : t('emailAddress')}
        description={webhook ? t('urlHint') : undefined}
        type={webhook ? 'url' : 'email'}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('address')}
      />
      <Checkbox label={t('on')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
    </DialogForm>
  );
}

function addressProblem(
  t: Translate<typeof alertingWords>,
  type: AlertDestination['type'],
  address: string,
): string | null {
  if (type === 'email') return /^\S+@\S+$/.test(address) ? null : t('enterEmail');
  return /^https?:\/\/\S+$/.test(address) ? null : t('enterUrl');
}
