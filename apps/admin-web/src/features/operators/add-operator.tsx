import { PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import type { AddOperatorBody } from '#libs/contracts';
import {
  AdminButton,
  api,
  Dialog,
  DialogForm,
  fieldErrors,
  minPasswordLength,
  passwordProblem,
  useDialog,
  type DialogState,
} from '#libs/ui';
import { roleChoices } from './operator-roles.js';
import { operatorsKey } from './operators.queries.js';

export function AddOperator() {
  const dialog = useDialog({
    run: (body: AddOperatorBody) => api.post('/api/operators', body),
    refreshes: operatorsKey,
  });
  return (
    <>
      <AdminButton leftSection={<IconPlus size={16} aria-hidden />} onClick={dialog.open}>
        Add operator
      </AdminButton>
      <Dialog dialog={dialog} title="Add operator">
        <AddForm dialog={dialog} />
      </Dialog>
    </>
  );
}

function AddForm({ dialog }: { dialog: DialogState<AddOperatorBody> }) {
  const form = useForm<AddOperatorBody>({
    mode: 'uncontrolled',
    initialValues: { email: '', role: 'operator', password: '' },
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : 'Enter an e-mail address'),
      password: passwordProblem,
    },
  });
  const submit = form.onSubmit((values) =>
    dialog.submit(values, (error) => form.setErrors(fieldErrors(error))),
  );
  return (
    <DialogForm dialog={dialog} label="Add operator" action="Add" onSubmit={submit}>
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="off"
        data-autofocus
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <Select
        label="Role"
        data={roleChoices}
        allowDeselect={false}
        key={form.key('role')}
        {...form.getInputProps('role')}
      />
      <PasswordInput
        label="Password"
        description={`At least ${String(minPasswordLength)} characters; it can be changed after signing in`}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed', tabIndex: 0 }}
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
    </DialogForm>
  );
}
