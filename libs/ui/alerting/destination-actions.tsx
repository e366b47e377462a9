import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AlertDestination, AlertDestinationTest } from '#libs/contracts';
import { AdminButton } from '../admin-button.js';
import { api } from '../api-client.js';
import { ConfirmDialog } from '../confirm-dialog.js';
import { useDetailText, useProblemText } from '../problem-text.js';
import { useDialog } from '../use-dialog.js';
import { useWords } from '../words.js';
import { alertsKey, destinationPath } from './alert-destinations.queries.js';
import { alertingWords } from './words.js';

interface Props {
  destination: AlertDestination;
}

const small = { variant: 'default', size: 'compact-xs' } as const;

/** Sends a notice now and says what became of it. */
export function TestDestination({ destination: { id, address } }: Props) {
  const t = useWords(alertingWords);
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => api.post<AlertDestinationTest>(destinationPath(id, '/test')),
    onSettled: () => client.invalidateQueries({ queryKey: alertsKey }),
  });
  const say = useDetailText();
  const textOf = useProblemText();
  const failed = test.isError || test.data?.sent === false;
  return (
    <>
      <AdminButton
        {...small}
        aria-label={t('testOne', { address })}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {t('test')}
      </AdminButton>
      {(test.data ?? test.error) && (
        <Text size="xs" c={failed ? 'var(--bad)' : 'var(--good)'} role={failed ? 'alert' : 'status'}>
          {test.isError ? textOf(test.error).line : failed ? say(test.data?.message ?? '') : t('testSent')}
        </Text>
      )}
    </>
  );
}

export function RemoveDestination({ destination: { id, address } }: Props) {
  const t = useWords(alertingWords);
  const dialog = useDialog({ run: () => api.delete(destinationPath(id)), refreshes: alertsKey });
  return (
    <>
      <AdminButton {...small} aria-label={t('removeOne', { address })} onClick={dialog.open}>
        {t('remove')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('removeAsk', { address })} action={t('remove')} danger>
        {t('removeEffect')}
      </ConfirmDialog>
    </>
  );
}
