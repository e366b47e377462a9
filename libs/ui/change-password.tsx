import { PasswordInput, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ChangePasswordBody } from '#libs/contracts';
import { DialogForm } from './dialog.js';
import { fieldErrors } from './field-errors.js';
import { minPasswordLength, passwordProblem } from './password.js';
import type { DialogState } from './use-dialog.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

/** The form of one's own password, with the present one as proof. */
export function ChangePasswordForm({ dialog }: { dialog: DialogState<ChangePasswordBody> }) {
  const t = useWords(uiWords);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', password: '', again: '' },
    validate: {
      current: (value) => (value === '' ? t('enterPresentPassword') : null),
      password: passwordProblem,
      again: (value, { password }) => (value === password ? null : t('passwordsDiffer')),
    },
  });
  const submit = form.onSubmit(({ current, password }) =>
    dialog.submit({ current, password }, (error) => form.setErrors(fieldErrors(error))),
  );
  const field = (name: 'current' | 'password' | 'again') => ({
    visibilityToggleButtonProps: { 'aria-label': t('showTyped'), tabIndex: 0 },
    ...form.getInputProps(name),
  });
  return (
    <DialogForm dialog={dialog} label={t('changePassword')} action={t('changePassword')} onSubmit={submit}>
      <Text size="sm" c="dimmed">
        {t('changePasswordEffect')}
      </Text>
      <PasswordInput
        label={t('presentPassword')}
        autoComplete="current-password"
        data-autofocus
        key={form.key('current')}
        {...field('current')}
      />
      <PasswordInput
        label={t('newPassword')}
        description={t('atLeastCharacters', { length: minPasswordLength })}
        autoComplete="new-password"
        key={form.key('password')}
        {...field('password')}
      />
      <PasswordInput
        label={t('newPasswordAgain')}
        autoComplete="new-password"
        key={form.key('again')}
        {...field('again')}
      />
    </DialogForm>
  );
}
