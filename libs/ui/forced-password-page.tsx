import { Button, Paper, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { usePageTitle } from './application.js';
import { ChangePasswordForm } from './change-password.js';
import { useSession } from './session.js';
import { uiWords } from './ui-words.js';
import { useWords } from './words.js';
import styles from './sign-in-page.module.css';

/** Stands in the place of every page while one's password is a temporary one. */
export function ForcedPasswordPage() {
  const t = useWords(uiWords);
  const { session, signOut } = useSession();
  const leave = useMutation({ mutationFn: signOut });
  usePageTitle(t('choosePassword'));
  return (
    <div className={styles.page}>
      <main className={styles.main}>
        <Paper p="lg" radius="md">
          <Title order={1} size="h2" mb={4}>
            {t('choosePassword')}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {t('choosePasswordReason', { email: session?.account.email ?? '' })}
          </Text>
          {/* The session on screen is then known to be free of it, and what was wanted is shown. */}
          <ChangePasswordForm temporary onDone={() => undefined} />
        </Paper>
        <Button variant="subtle" color="gray" fullWidth mt="sm" onClick={() => leave.mutate()}>
          {t('signOut')}
        </Button>
      </main>
    </div>
  );
}
