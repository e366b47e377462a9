import { Anchor, Button, Group } from '@mantine/core';
import { IconFileImport, IconSearchOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ImportRunSummary } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatCount,
  formatDuration,
  LoadingState,
  missing,
  Pages,
  QueryContent,
  RelativeTime,
  StatusBadge,
  useNow,
  useWords,
  type Column,
  type StatusTone,
  type Translate,
  type WordKey,
} from '#libs/ui';
import { Choice } from './files-toolbar.js';
import { runsPerPage, runsQuery, runState, type RunState } from './imports.queries.js';
import { PeriodInputs } from './period-inputs.js';
import { readRunsView, runsAddress, triggerLabels, triggers, type RunsView } from './runs-view.js';
import { useAddressView } from './use-address-view.js';
import { importWords } from './words.js';

interface Row extends ImportRunSummary {
  state: RunState;
}

const states: Record<RunState, { tone: StatusTone; text: WordKey<typeof importWords> }> = {
  running: { tone: 'running', text: 'stateRunning' },
  finished: { tone: 'good', text: 'stateFinished' },
  interrupted: { tone: 'warning', text: 'stateInterrupted' },
};

const columns = (t: Translate<typeof importWords>): Column<Row>[] => [
  {
    header: t('started'),
    rowHeader: true,
    cell: ({ id, startedAt }) => (
      <Anchor component={Link} to={`?show=runs&run=${id}`} inherit>
        <RelativeTime value={startedAt} />
      </Anchor>
    ),
  },
  {
    header: t('status'),
    cell: ({ state }) => <StatusBadge tone={states[state].tone}>{t(states[state].text)}</StatusBadge>,
  },
  {
    header: t('startedBy'),
    wrap: true,
    cell: ({ trigger, account }) => {
      const cause = t(triggerLabels[trigger]);
      return account === null ? cause : t('byAccount', { trigger: cause, account });
    },
  },
  { header: t('duration'), numeric: true, cell: duration },
  {
    header: t('filesOfRun'),
    numeric: true,
    cell: ({ id, totals }) => (
      <Anchor component={Link} to={`?runId=${id}`} inherit>
        {formatCount(totals.files)}
      </Anchor>
    ),
  },
  { header: t('imported'), numeric: true, cell: ({ totals }) => formatCount(totals.imported) },
  { header: t('rejected'), numeric: true, cell: ({ totals }) => formatCount(totals.rejected) },
  { header: t('unchanged'), numeric: true, cell: ({ totals }) => formatCount(totals.unchanged) },
  { header: t('pointsHeading'), numeric: true, cell: ({ totals }) => formatCount(totals.points) },
  { header: t('rejectedRows'), numeric: true, cell: ({ totals }) => formatCount(totals.rejectedRows) },
];

/** @param newestId of the run that may still be under way */
export function RunsTable({ newestId }: { newestId: string | undefined }) {
  const t = useWords(importWords);
  const now = useNow();
  const { view, change } = useAddressView(readRunsView, runsAddress);
  const query = useQuery(runsQuery(view));
  return (
    <>
      <RunsToolbar view={view} onChange={change} />
      <QueryContent query={query} loading={<LoadingState what={t('theRuns')} rows={8} />}>
        {({ runs, total }) =>
          runs.length === 0 ? (
            <NoRuns view={view} onShowAll={() => change({ trigger: '', from: '', to: '' })} />
          ) : (
            <>
              <DataTable
                label={t('importRuns')}
                columns={columns(t)}
                rows={runs.map((run) => ({ ...run, state: runState(run, run.id === newestId, now) }))}
                rowKey={({ id }) => id}
                busy={query.isPlaceholderData}
              />
              <Pages
                label={t('pagesOfRuns')}
                total={total}
                pageSize={runsPerPage}
                page={view.page}
                onChange={(page) => change({ page })}
              />
            </>
          )
        }
      </QueryContent>
    </>
  );
}

function RunsToolbar({ view, onChange }: { view: RunsView; onChange: (change: Partial<RunsView>) => void }) {
  const t = useWords(importWords);
  return (
    <Group component="fieldset" aria-label={t('filters')} gap="sm" p="sm" m={0} align="flex-end" bd="none">
      <Choice
        label={t('startedBy')}
        data={triggers.map((trigger) => ({ value: trigger, label: t(triggerLabels[trigger]) }))}
        value={view.trigger}
        onChange={(trigger) => onChange({ trigger: trigger as RunsView['trigger'] })}
      />
      <PeriodInputs from={view.from} to={view.to} onChange={onChange} />
    </Group>
  );
}

function NoRuns({ view, onShowAll }: { view: RunsView; onShowAll: () => void }) {
  const t = useWords(importWords);
  if (Object.keys(runsAddress(view)).length > 0) {
    return (
      <EmptyState Icon={IconSearchOff} title={t('noRunMatch')}>
        <Button variant="default" size="xs" onClick={onShowAll}>
          {t('showAll')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState Icon={IconFileImport} title={t('noRuns')}>
      {t('noRunsHint')}
    </EmptyState>
  );
}

function duration({ startedAt, finishedAt }: ImportRunSummary): string {
  if (finishedAt === null) return missing;
  return formatDuration(new Date(finishedAt).getTime() - new Date(startedAt).getTime());
}
