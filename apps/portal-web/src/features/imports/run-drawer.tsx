import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ImportFileReport, ImportRunDetail } from '#libs/contracts';
import {
  AbsoluteTime,
  DataTable,
  formatCount,
  formatDuration,
  LoadingState,
  missing,
  QueryContent,
  Stats,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { runPath, runQuery } from './imports.queries.js';
import { ReportDrawer } from './report-drawer.js';
import { triggerLabels } from './runs-view.js';
import { importWords } from './words.js';

type T = Translate<typeof importWords>;

/** The report of the run that the address names as `?run=`. */
export function RunDrawer() {
  const t = useWords(importWords);
  return (
    <ReportDrawer parameter="run" title={t('runReport')}>
      {(id) => <LoadedRun id={id} />}
    </ReportDrawer>
  );
}

function LoadedRun({ id }: { id: string }) {
  const t = useWords(importWords);
  const query = useQuery(runQuery(id));
  return (
    <QueryContent query={query} loading={<LoadingState what={t('theReport')} rows={8} />}>
      {(run) => <RunReport run={run} />}
    </QueryContent>
  );
}

function RunReport({ run }: { run: ImportRunDetail }) {
  const t = useWords(importWords);
  const { id, trigger, account, startedAt, totals, unrecorded } = run;
  const cause = t(triggerLabels[trigger]);
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        <Title order={3}>
          <AbsoluteTime value={startedAt} />
        </Title>
        <Text size="sm" c="dimmed">
          {account === null ? cause : t('byAccount', { trigger: cause, account })}
        </Text>
      </Stack>
      <Group gap="xs">
        <Button
          component="a"
          href={runPath(id, '/report.json')}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t('downloadReport')}
        </Button>
        <Anchor component={Link} to={`?runId=${id}`} size="sm">
          {t('ofOneRun')}
        </Anchor>
      </Group>
      <Stats
        items={[
          { label: t('duration'), value: duration(run) },
          { label: t('filesOfRun'), value: formatCount(totals.files) },
          { label: t('imported'), value: formatCount(totals.imported) },
          { label: t('rejected'), value: formatCount(totals.rejected) },
          { label: t('unchanged'), value: formatCount(totals.unchanged) },
          { label: t('rowsHeading'), value: formatCount(totals.rows) },
          { label: t('pointsHeading'), value: formatCount(totals.points) },
          { label: t('rejectedRows'), value: formatCount(totals.rejectedRows) },
          { label: t('rejectedValues'), value: formatCount(totals.rejectedValues) },
        ]}
      />
      {unrecorded.length > 0 && (
        <Stack gap="xs">
          <Title order={4}>{t('unrecorded')}</Title>
          <DataTable
            label={t('unrecorded')}
            columns={columns(t)}
            rows={unrecorded}
            rowKey={({ path }) => path}
          />
        </Stack>
      )}
    </Stack>
  );
}

const columns = (t: T): Column<ImportFileReport>[] => [
  { header: t('file'), rowHeader: true, wrap: true, cell: ({ path }) => path },
  {
    header: t('status'),
    wrap: true,
    cell: ({ error }) => error?.message ?? t('importedBefore'),
  },
];

function duration({ startedAt, finishedAt }: ImportRunDetail): string {
  if (finishedAt === null) return missing;
  return formatDuration(new Date(finishedAt).getTime() - new Date(startedAt).getTime());
}
