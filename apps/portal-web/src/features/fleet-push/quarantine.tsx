import { Box, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { FleetPushStatus, QuarantinedEntry } from '#libs/contracts';
import {
  AbsoluteTime,
  AdminButton,
  api,
  ConfirmDialog,
  currentLocale,
  DataTable,
  EmptyState,
  LoadingState,
  missing,
  QueryContent,
  RelativeTime,
  Sentence,
  useDialog,
  useProblemText,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { fleetPushKey, quarantinePath, quarantineQuery } from './fleet-push.queries.js';
import { fleetPushWords } from './words.js';

type Sample = QuarantinedEntry['sample'][number];

/** What Admin refused: it waits here for somebody and holds nothing up. */
export function Quarantine({ status }: { status: FleetPushStatus }) {
  const t = useWords(fleetPushWords);
  const query = useQuery(quarantineQuery);
  return (
    <Paper component="section" aria-labelledby="quarantine">
      <Box p="md" pb={0}>
        <Title order={2} id="quarantine">
          {t('quarantine')}
        </Title>
        <Text size="sm" c="dimmed">
          {status.quarantinedBatches === 0
            ? t('quarantineMeaning')
            : t('refused', { count: status.quarantinedRows })}
        </Text>
      </Box>
      <QueryContent query={query} loading={<LoadingState what={t('theQuarantine')} rows={3} />}>
        {({ entries }) =>
          entries.length === 0 ? (
            <EmptyState Icon={IconShieldCheck} title={t('quarantineEmpty')} />
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
  const t = useWords(fleetPushWords);
  const textOf = useProblemText();
  const rows = t('rows', { count: entry.rows });
  const reason = textOf(entry).line;
  return (
    <Box component="article" aria-label={`${rows}: ${reason}`}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Text size="sm" maw={720}>
          <Sentence
            words={fleetPushWords}
            text="entry"
            values={{ rows }}
            parts={{
              b: <b />,
              time: <RelativeTime value={entry.quarantinedAt} />,
              message: <>{reason}</>,
            }}
          />{' '}
          <Code>{entry.code}</Code>
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
              {t('theFirst', { count: entry.sample.length })}
            </Text>
          )}
          <DataTable
            label={t('rowsInQuarantine', { message: reason })}
            columns={columns(t, (row) => textOf(row).line)}
            rows={entry.sample}
            rowKey={({ channelId, time, code }) => `${channelId} ${time ?? ''} ${code}`}
          />
        </>
      )}
    </Box>
  );
}

const columns = (
  t: Translate<typeof fleetPushWords>,
  reasonOf: (row: Sample) => string,
): Column<Sample>[] => [
  {
    header: t('channel'),
    rowHeader: true,
    cell: ({ channel, channelId }) => channel ?? t('noLongerHere', { id: channelId }),
  },
  { header: t('time'), cell: ({ time }) => <AbsoluteTime value={time} /> },
  { header: t('value'), numeric: true, cell: ({ value }) => (value === null ? missing : writeValue(value)) },
  {
    header: t('reason'),
    wrap: true,
    cell: (row) => (
      <span>
        {reasonOf(row)} <Code>{row.code}</Code>
      </span>
    ),
  },
];

/** Every digit of it. */
function writeValue(value: number): string {
  return value.toLocaleString(currentLocale(), { maximumFractionDigits: 20 });
}

function Release({ entry }: { entry: QuarantinedEntry }) {
  const t = useWords(fleetPushWords);
  const dialog = useDialog({
    run: () => api.post(quarantinePath(entry.id, '/release')),
    refreshes: fleetPushKey,
  });
  return (
    <>
      <AdminButton variant="default" size="compact-xs" onClick={dialog.open}>
        {t('release')}
      </AdminButton>
      <ConfirmDialog dialog={dialog} title={t('releaseAsk', { count: entry.rows })} action={t('release')}>
        {t('releaseEffect')}
      </ConfirmDialog>
    </>
  );
}

function Discard({ entry }: { entry: QuarantinedEntry }) {
  const t = useWords(fleetPushWords);
  const dialog = useDialog({
    run: () => api.delete(quarantinePath(entry.id)),
    refreshes: fleetPushKey,
  });
  return (
    <>
      <AdminButton variant="default" size="compact-xs" onClick={dialog.open}>
        {t('discard')}
      </AdminButton>
      <ConfirmDialog
        dialog={dialog}
        title={t('discardAsk', { count: entry.rows })}
        action={t('discard')}
        danger
      >
        {t('discardEffect')}
      </ConfirmDialog>
    </>
  );
}
