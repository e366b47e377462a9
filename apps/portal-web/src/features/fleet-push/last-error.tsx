import { Alert, Code, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FleetPushStatus } from '#libs/contracts';
import { AdminButton, api, RelativeTime, Sentence, useProblemText, useWords } from '#libs/ui';
import { fleetPushKey } from './fleet-push.queries.js';
import { isStopped } from './push-state.js';
import { fleetPushWords } from './words.js';

/** Why nothing is sent, what to do about it, and the way to try at once; nothing while all is well. */
export function LastError({ status }: { status: FleetPushStatus }) {
  const t = useWords(fleetPushWords);
  const textOf = useProblemText();
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => api.post('/api/fleet-push/retry'),
    onSettled: () => client.invalidateQueries({ queryKey: fleetPushKey }),
  });
  const { lastError, state } = status;
  if (!isStopped(status)) return null;
  const told = lastError === null ? null : textOf(lastError);
  return (
    <Alert
      role="alert"
      color={state === 'held' ? 'red' : 'yellow.9'}
      variant="outline"
      icon={<IconAlertTriangle aria-hidden />}
      title={state === 'held' ? t('held') : t('failed')}
    >
      {lastError !== null && told !== null && (
        <>
          <Text size="sm">
            {told.line}{' '}
            <Text span size="xs" c="dimmed">
              <Code>{lastError.code}</Code> <RelativeTime value={lastError.at} />
            </Text>
          </Text>
          <Text size="sm">{told.remedy}</Text>
        </>
      )}
      {status.retryAt !== null && (
        <Text size="sm">
          <Sentence
            words={fleetPushWords}
            text="triesAgain"
            parts={{ time: <RelativeTime value={status.retryAt} /> }}
          />
        </Text>
      )}
      <AdminButton
        variant="default"
        size="xs"
        mt="sm"
        leftSection={<IconRefresh size={14} aria-hidden />}
        loading={retry.isPending}
        onClick={() => retry.mutate()}
      >
        {t('retryNow')}
      </AdminButton>
      {retry.isError && (
        <Text size="sm" c="var(--bad)" role="alert">
          {textOf(retry.error).line}
        </Text>
      )}
    </Alert>
  );
}
