import { Checkbox, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import type { AlertDestination, AlertDestinationBody } from '#libs/contracts';
import { AdminButton, api, Dialog, DialogForm, fieldErrors, useDialog, type DialogState } from '#libs/ui';
import { alertsKey, destinationPath } from './alerts.queries.js';

const types = [
  { value: 'webhook', label: 'Webhook' },
  { value: 'email', label: 'E-mail' },
];

export function AddDestination() {
  const dialog = useDialog({
    run: (body: AlertDestinationBody) => api.post('/api/alerts/destinations', body),
    refreshes: alertsKey,
  });
  return (
    <>
      <AdminButton leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
        Add destination
      </AdminButton>
      <Dialog dialog={dialog} title="Add destination">
        <DestinationForm
          dialog={dialog}
          initial={{ type: 'webhook', address: '', enabled: true }}
          action="Add"
        />
      </Dialog>
    </>
  );
}

export function EditDestination({ destination }: { destination: AlertDestination }) {
  const { id, type, address, enabled } = destination;
  const dialog = useDialog({
    run: (body: AlertDestinationBody) => api.put(destinationPath(id), body),
    refreshes: alertsKey,
  });
  return (
    <>
      <AdminButton variant="default" size="compact-xs" aria-label={`Edit ${address}`} onClick={dialog.open}>
        Edit
      </AdminButton>
      <Dialog dialog={dialog} title="Edit destination">
        <DestinationForm dialog={dialog} initial={{ type, address, enabled }} action="Save" />
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
  const form = useForm<AlertDestinationBody>({
    initialValues: initial,
    validate: { address: (value, { type }) => addressProblem(type, value.trim()) },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  const webhook = form.values.type === 'webhook';
  return (
    <DialogForm dialog={dialog} label="Destination" action={action} onSubmit={submit}>
      <Select label="Type" data={types} allowDeselect={false} {...form.getInputProps('type')} />
      <TextInput
        label={webhook ? 'URL' : 'E-mail address'}
        description={
          webhook ? 'It is sent a POST request with JSON; private addresses are refused' : undefined
        }
        type={webhook ? 'url' : 'email'}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('address')}
      />
      <Checkbox label="On" {...form.getInputProps('enabled', { type: 'checkbox' })} />
    </DialogForm>
  );
}

function addressProblem(type: AlertDestination['type'], address: string): string | null {
  if (type === 'email') return /^\S+@\S+$/.test(address) ? null : 'Enter an e-mail address';
  return /^https?:\/\/\S+$/.test(address) ? null : 'Enter an address that begins with http:// or https://';
}
