import { PasswordInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ChangePasswordBody } from '#libs/contracts';
import { DialogForm } from './dialog.js';
import { fieldErrors } from './field-errors.js';
import { minPasswordLength, passwordProblem } from './password.js';
import type { DialogState } from './use-dialog.js';

/** The form of one's own password, with the present one as proof. */
export function ChangePasswordForm({ dialog }: { dialog: DialogState<ChangePasswordBody> }) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', password: '', again: '' },
    validate: {
      current: (value) => (value === '' ? 'Enter your present password' : null),
      password: passwordProblem,
      again: (value, { password }) => (value === password ? null : 'This differs from the new password'),
    },
  });
  const submit = form.onSubmit(({ current, password }) =>
    dialog.submit({ current, password }, (error) => form.setErrors(fieldErrors(error))),
  );
  const field = (name: 'current' | 'password' | 'again') => ({
    visibilityToggleButtonProps: { 'aria-label': 'Show what is typed', tabIndex: 0 },
    ...form.getInputProps(name),
  });
  return (
    <DialogForm dialog={dialog} label="Change password" action="Change password" onSubmit={submit}>
      <Text size="sm" c="dimmed">
        It ends your sessions in other browsers.
      </Text>
      <PasswordInput
        label="Present password"
        autoComplete="current-password"
        data-autofocus
        key={form.key('current')}
        {...field('current')}
      />
      <PasswordInput
        label="New password"
        description={`At least ${String(minPasswordLength)} characters`}
        autoComplete="new-password"
        key={form.key('password')}
        {...field('password')}
      />
      <PasswordInput
        label="New password again"
        autoComplete="new-password"
        key={form.key('again')}
        {...field('again')}
      />
    </DialogForm>
  );
}
