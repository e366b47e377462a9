import { Box, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FleetPushStatus, QuarantinedEntry } from '#libs/contracts';
import {
  AbsoluteTime,
  AdminButton,
  api,
  ConfirmDialog,
  DataTable,
  EmptyState,
  formatCount,
  formatCounted,
  LoadingState,
  missing,
  QueryContent,
  RelativeTime,
  useDialog,
  type Column,
} from '#libs/ui';
import { fleetPushKey, quarantinePath, quarantineQuery } from './fleet-push.queries.js';

type Sample = QuarantinedEntry['sample'][number];

/** What Admin refused: it waits here for somebody and holds nothing up. */
export function Quarantine({ status }: { status: FleetPushStatus }) {
  const query = useQuery(quarantineQuery);
  return (
    <Paper component="section" aria-labelledby="quarantine">
      <Box p="md" pb={0}>
        <Title order={2} id="quarantine">
          Quarantine
        </Title>
        <Text size="sm" c="dimmed">
          {status.quarantinedBatches === 0
            ? 'Rows that Admin refuses wait here.'
            : `Admin refused ${formatCounted(status.quarantinedRows, 'row')}. They hold up nothing else.`}
        </Text>
      </Box>
      <QueryContent query={query} loading={<LoadingState what="the quarantine" rows={3} />}>
        {({ entries }) =>
          entries.length === 0 ? (
            <EmptyState Icon={IconShieldCheck} title="The quarantine is empty" />
          ) : (
            <Stack gap="lg" p="md">
              {entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </Stack>
          )
        }
      </QueryContent>
    </Paper>
  );
}

function Entry({ entry }: { entry: QuarantinedEntry }) {
  return (
    <Box component="article" aria-label={`${formatCounted(entry.rows, 'row')}: ${entry.message}`}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Text size="sm" maw={720}>
          <b>{formatCounted(entry.rows, 'row')}</b>, <RelativeTime value={entry.quarantinedAt} />:{' '}
          {entry.message} <Code>{entry.code}</Code>
        </Text>
        <Group gap={6}>
          <Release entry={entry} />
          <Discard entry={entry} />
        </Group>
      </Group>
      {entry.sample.length > 0 && (
        <>
          {entry.sample.length < entry.rows && (
            <Text size="xs" c="dimmed" mt="xs">
              The first {formatCount(entry.sample.length)}
            </Text>
          )}
          <DataTable
            label={`Rows in quarantine: ${entry.message}`}
            columns={columns}
            rows={entry.sample}
            rowKey={({ channelId, time, code }) => `${channelId} ${time ?? ''} ${code}`}
          />
        </>
      )}
    </Box>
  );
}

const columns: Column<Sample>[] = [
  {
    header: 'Channel',
    rowHeader: true,
    cell: ({ channel, channelId }) => channel ?? `No longer here: ${channelId}`,
  },
  { header: 'Time', cell: ({ time }) => <AbsoluteTime value={time} /> },
  { header: 'Value', numeric: true, cell: ({ value }) => (value === null ? missing : String(value)) },
  {
    header: 'Reason',
    wrap: true,
    cell: ({ message, code }) => (
      <span>
        {message} <Code>{code}</Code>
      </span>
    ),
  },
];

function Release({ entry }: { entry: QuarantinedEntry }) {
  const dialog = useDialog({
    run: () => api.post(quarantinePath(entry.id, '/release')),
    refreshes: fleetPushKey,
  });
  return (
    <>
      <AdminButton variant="default" size="compact-xs" onClick={dialog.open}>
        Release
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={`Release ${formatCounted(entry.rows, 'row')}?`} action="Release">
        They are sent again with the values that they have now, at the end of the queue.
      </ConfirmDialog>
    </>
  );
}

function Discard({ entry }: { entry: QuarantinedEntry }) {
  const dialog = useDialog({
    run: () => api.delete(quarantinePath(entry.id)),
    refreshes: fleetPushKey,
  });
  return (
    <>
      <AdminButton variant="default" size="compact-xs" onClick={dialog.open}>
        Discard
      </AdminButton>
      <ConfirmDialog
        dialog={dialog}
        title={`Discard ${formatCounted(entry.rows, 'row')}?`}
        action="Discard"
        danger
      >
        They are not sent to Admin. This portal keeps the measurements themselves.
      </ConfirmDialog>
    </>
  );
}
