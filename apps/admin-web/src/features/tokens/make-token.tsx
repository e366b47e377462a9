import { Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconRefresh } from '@tabler/icons-react';
import type { AddTokenBody, RotateTokenBody } from '#libs/contracts';
import { AdminButton, Dialog, DialogForm, fieldErrors, useDialog, type DialogState } from '#libs/ui';
import { customerKey } from '../customers/customers.queries.js';
import { addToken, rotateToken } from './tokens.queries.js';

interface Props {
  code: string;
  /** Told the new token, to show it this once. */
  onMade: (token: string) => void;
}

export function AddToken({ code, onMade }: Props) {
  const dialog = useDialog({
    run: (body: AddTokenBody) => addToken(code, body),
    refreshes: customerKey(code),
    onDone: ({ token }) => onMade(token),
  });
  return (
    <>
      <AdminButton variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
        Add token
      </AdminButton>
      <Dialog dialog={dialog} title="Add token">
        <AddForm dialog={dialog} />
      </Dialog>
    </>
  );
}

function AddForm({ dialog }: { dialog: DialogState<AddTokenBody> }) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '' },
    validate: { name: (value) => (value.trim() === '' ? 'Enter a name' : null) },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  return (
    <DialogForm dialog={dialog} label="Add token" action="Add" onSubmit={submit}>
      <TextInput
        label="Name"
        description="Says later what it was made for"
        autoComplete="off"
        maxLength={100}
        data-autofocus
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
    </DialogForm>
  );
}

export function RotateToken({ code, onMade }: Props) {
  const dialog = useDialog({
    run: (body: RotateTokenBody) => rotateToken(code, body),
    refreshes: customerKey(code),
    onDone: ({ token }) => onMade(token),
  });
  return (
    <>
      <AdminButton leftSection={<IconRefresh size={16} aria-hidden />} onClick={dialog.open}>
        Rotate token
      </AdminButton>
      <Dialog dialog={dialog} title="Rotate token">
        <RotateForm dialog={dialog} />
      </Dialog>
    </>
  );
}

const overlaps = [
  { value: '0', label: 'None: revoke the old tokens now' },
  { value: '1', label: '1 hour' },
  { value: '24', label: '24 hours' },
  { value: '168', label: '7 days' },
  { value: '720', label: '30 days' },
];

function RotateForm({ dialog }: { dialog: DialogState<RotateTokenBody> }) {
  const form = useForm({ initialValues: { name: '', overlapHours: '24' } });
  const submit = form.onSubmit(({ name, overlapHours }) =>
    dialog.submit({ overlapHours: Number(overlapHours), ...(name.trim() !== '' && { name }) }, (error) =>
      form.setErrors(fieldErrors(error)),
    ),
  );
  return (
    <DialogForm dialog={dialog} label="Rotate token" action="Rotate" onSubmit={submit}>
      <Text size="sm">
        A new token is made. The present ones stay valid for the overlap, so that the portal can be given the
        new one without a gap.
      </Text>
      <Select
        label="Overlap"
        data={overlaps}
        allowDeselect={false}
        data-autofocus
        {...form.getInputProps('overlapHours')}
      />
      {form.values.overlapHours === '0' && (
        <Text size="sm" c="var(--warning)" role="alert">
          The portal cannot push until it has the new token.
        </Text>
      )}
      <TextInput label="Name (optional)" autoComplete="off" maxLength={100} {...form.getInputProps('name')} />
    </DialogForm>
  );
}
