import { Paper, Text } from '@mantine/core';
import type { FleetPushStatus } from '#libs/contracts';
import { formatCount, formatCounted, RelativeTime, Stats, StatusBadge } from '#libs/ui';
import { pushStates } from './push-state.js';

export function PushFacts({ status }: { status: FleetPushStatus }) {
  const { tone, text, meaning } = pushStates[status.state];
  return (
    <Paper component="section" aria-label="State" p="md">
      <Text component="output" size="sm" mb="md" aria-live="polite" display="block">
        <StatusBadge tone={tone}>{text}</StatusBadge> {meaning}
      </Text>
      <Stats items={facts(status)} />
      {status.url !== null && (
        <Text size="sm" c="dimmed" mt="md" style={{ overflowWrap: 'anywhere' }}>
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
