import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ChangePasswordBody } from '#libs/contracts';
import { api } from './api-client.js';
import { ErrorState } from './error-state.js';
import { fieldErrors } from './field-errors.js';
import { goodPasswordLength, minPasswordLength, passwordProblem } from './password.js';
import { sessionKey } from './query-client.js';
import { suggestPassword } from './suggest-password.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';

interface Props {
  onDone: () => void;
  /** The present password is a temporary one. */
  temporary?: boolean;
}

/** The form of one's own password, with the present one as proof, and a suggestion for the new one. */
export function ChangePasswordForm({ onDone, temporary = false }: Props) {
  const t = useWords(uiWords);
  const { form, change, submit } = useChangePassword(onDone);
  return (
    <form onSubmit={submit} noValidate aria-label={t('changePassword')}>
      <Stack gap="sm">
        {change.isError && <ErrorState error={change.error} />}
        {!temporary && (
          <Text size="sm" c="dimmed">
            {t('changePasswordEffect')}
          </Text>
        )}
        <PasswordInput
          label={temporary ? t('temporaryPassword') : t('presentPassword')}
          autoComplete="current-password"
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('showTyped'), tabIndex: 0 }}
          key={form.key('current')}
          {...form.getInputProps('current')}
        />
        <NewPassword form={form} pending={change.isPending} />
      </Stack>
    </form>
  );
}

type ChangeForm = ReturnType<typeof useChangePassword>['form'];

/** The new password twice, a suggestion for it, and the button that sets it. */
function NewPassword({ form, pending }: { form: ChangeForm; pending: boolean }) {
  const t = useWords(uiWords);
  const [shown, { toggle, open }] = useDisclosure();
  const field = (name: 'password' | 'again') => ({
    autoComplete: 'new-password',
    visible: shown,
    onVisibilityChange: toggle,
    visibilityToggleButtonProps: { 'aria-label': t('showTyped'), tabIndex: 0 },
    ...form.getInputProps(name),
  });
  const suggest = () => {
    const password = suggestPassword();
    form.setValues({ password, again: password });
    open();
  };
  const advice = t('passwordAdvice', { least: minPasswordLength, good: goodPasswordLength });
  return (
    <>
      <PasswordInput
        label={t('newPassword')}
        description={advice}
        key={form.key('password')}
        {...field('password')}
      />
      <PasswordInput label={t('newPasswordAgain')} key={form.key('again')} {...field('again')} />
      <Group justify="space-between" mt="xs">
        <Button variant="default" leftSection={<IconKey size={16} aria-hidden />} onClick={suggest}>
          {t('suggestPassword')}
        </Button>
        <Button type="submit" loading={pending}>
          {t('changePassword')}
        </Button>
      </Group>
    </>
  );
}

function useChangePassword(onDone: () => void) {
  const t = useWords(uiWords);
  const client = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', password: '', again: '' },
    validate: {
      current: (value) => (value === '' ? t('enterPresentPassword') : null),
      password: passwordProblem,
      again: (value, { password }) => (value === password ? null : t('passwordsDiffer')),
    },
  });
  const change = useMutation({
    mutationFn: (body: ChangePasswordBody) => api.put('/api/session/password', body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sessionKey });
      onDone();
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const submit = form.onSubmit(({ current, password }) => change.mutate({ current, password }));
  return { form, change, submit };
}
