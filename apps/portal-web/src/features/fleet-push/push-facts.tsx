import { Code, Paper, Text } from '@mantine/core';
import type { FleetPushStatus } from '#libs/contracts';
import {
  formatCount,
  RelativeTime,
  Sentence,
  Stats,
  StatusBadge,
  useProblemText,
  useWords,
  type Translate,
} from '#libs/ui';
import { isStopped, pushStates } from './push-state.js';
import { fleetPushWords } from './words.js';

/** How the push is, in words and figures. */
export function PushFacts({ status }: { status: FleetPushStatus }) {
  const t = useWords(fleetPushWords);
  const textOf = useProblemText();
  const { tone, text, meaning } = pushStates[status.state];
  // One that still stops the push stands above, with its remedy.
  const passedError = isStopped(status) ? null : status.lastError;
  return (
    <Paper component="section" aria-label={t('state')} p="md">
      <Text component="output" size="sm" mb="md" aria-live="polite" display="block">
        <StatusBadge tone={tone}>{t(text)}</StatusBadge> {t(meaning)}
      </Text>
      <Stats items={facts(status, t)} />
      {passedError !== null && (
        <Text size="sm" c="dimmed" mt="md">
          <Sentence
            words={fleetPushWords}
            text="lastError"
            parts={{
              time: <RelativeTime value={passedError.at} />,
              message: <>{textOf(passedError).line}</>,
            }}
          />{' '}
          <Code>{passedError.code}</Code>
        </Text>
      )}
      {status.url !== null && (
        <Text size="sm" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
          {t('pushedTo', { url: status.url })}
        </Text>
      )}
    </Paper>
  );
}

function facts(status: FleetPushStatus, t: Translate<typeof fleetPushWords>) {
  return [
    { label: t('waits'), value: t('rows', { count: status.unsentRows }) },
    { label: t('inBatches'), value: formatCount(status.unsentBatches) },
    {
      label: t('oldest'),
      value: <RelativeTime value={status.oldestUnsentAt} otherwise={t('noneWaits')} />,
    },
    { label: t('lastSent'), value: <RelativeTime value={status.lastSentAt} otherwise={t('never')} /> },
    { label: t('sentSoFar'), value: t('rows', { count: status.sentRows }) },
    { label: t('inQuarantine'), value: t('rows', { count: status.quarantinedRows }) },
  ];
}
