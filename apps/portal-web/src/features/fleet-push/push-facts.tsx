import { Code, Paper, Text } from '@mantine/core';
import type { FleetPushStatus } from '#libs/contracts';
import { formatCount, formatCounted, RelativeTime, Stats, StatusBadge } from '#libs/ui';
import { isStopped, pushStates } from './push-state.js';

/** How the push is, in words and figures. */
export function PushFacts({ status }: { status: FleetPushStatus }) {
  const { tone, text, meaning } = pushStates[status.state];
  // One that still stops the push stands above, with its remedy.
  const passedError = isStopped(status) ? null : status.lastError;
  return (
    <Paper component="section" aria-label="State" p="md">
      <Text component="output" size="sm" mb="md" aria-live="polite" display="block">
        <StatusBadge tone={tone}>{text}</StatusBadge> {meaning}
      </Text>
      <Stats items={facts(status)} />
      {passedError !== null && (
        <Text size="sm" c="dimmed" mt="md">
          Last error <RelativeTime value={passedError.at} />: {passedError.message}{' '}
          <Code>{passedError.code}</Code>
        </Text>
      )}
      {status.url !== null && (
        <Text size="sm" c="dimmed" mt="xs" style={{ overflowWrap: 'anywhere' }}>
          Pushed to {status.url}
        </Text>
      )}
    </Paper>
  );
}

function facts(status: FleetPushStatus) {
  return [
    { label: 'Waits to be sent', value: formatCounted(status.unsentRows, 'row') },
    { label: 'In batches', value: formatCount(status.unsentBatches) },
    {
      label: 'Oldest of them written',
      value: <RelativeTime value={status.oldestUnsentAt} otherwise="None waits" />,
    },
    { label: 'Last sent', value: <RelativeTime value={status.lastSentAt} otherwise="Never" /> },
    { label: 'Sent so far', value: formatCounted(status.sentRows, 'row') },
    { label: 'In quarantine', value: formatCounted(status.quarantinedRows, 'row') },
  ];
}
