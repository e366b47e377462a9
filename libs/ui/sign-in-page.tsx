import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Navigate, useSearchParams } from 'react-router';
import { ApiProblem } from './api-problem.js';
import { useApplication, usePageTitle } from './application.js';
import { ColorSchemeSwitch } from './color-scheme-switch.js';
import { fieldErrors } from './field-errors.js';
import { LanguageSwitch } from './language-switch.js';
import { Logo } from './logo.js';
import { useProblemText } from './problem-text.js';
import { safeReturnPath } from './return-path.js';
import { useSession } from './session.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';
import styles from './sign-in-page.module.css';

/** Signs in and goes to where `?return=` says, if that is inside this application. */
export function SignInPage() {
  const t = useWords(uiWords);
  const application = useApplication();
  const { session } = useSession();
  const [params] = useSearchParams();
  usePageTitle(t('signIn'));
  if (session) return <Navigate to={safeReturnPath(params.get('return'))} replace />;
  return (
    <div className={styles.page}>
      <div className={styles.scheme}>
        <LanguageSwitch />
        <ColorSchemeSwitch />
      </div>
      <main className={styles.main} tabIndex={-1}>
        <Stack gap="xs" align="center" mb="lg">
          <Logo size={44} />
          <Title order={1} className={styles.name}>
            {application?.applicationName}
          </Title>
        </Stack>
        <Paper p="lg" radius="md">
          <SignInForm />
        </Paper>
      </main>
    </div>
  );
}

function SignInForm() {
  const t = useWords(uiWords);
  const { signIn } = useSession();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('enterEmail')),
      password: (value) => (value === '' ? t('enterPassword') : null),
    },
  });
  const attempt = useMutation({
    mutationFn: signIn,
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => attempt.mutate(values))} noValidate aria-label={t('signIn')}>
      <Stack gap="sm">
        {attempt.isError && <SignInError error={attempt.error} />}
        <TextInput
          label={t('email')}
          type="email"
          autoComplete="username"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showTyped'), tabIndex: 0 }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={attempt.isPending} mt="xs" fullWidth>
          {t('signIn')}
        </Button>
      </Stack>
    </form>
  );
}

function SignInError({ error }: { error: Error }) {
  const t = useWords(uiWords);
  const { title, remedy } = useProblemText()(error);
  const isProblem = error instanceof ApiProblem;
  return (
    <Alert
      color="red"
      variant="outline"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={isProblem ? title : t('signInFailed')}
    >
      <Text size="sm">{remedy ?? error.message}</Text>
    </Alert>
  );
}
