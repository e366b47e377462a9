import { Anchor, Group, SegmentedControl } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { PortalAlert, PortalAlertKind } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  LoadingState,
  OlderButton,
  QueryContent,
  RelativeTime,
  Sentence,
  StatusBadge,
  useDetailText,
  useWords,
  type Column,
  type StatusTone,
  type Translate,
  type WordKey,
} from '#libs/ui';
import { alertsQuery, type AlertState } from './alerts.queries.js';
import { alertWords } from './words.js';

const states: readonly AlertState[] = ['open', 'resolved', 'all'];

const kinds: Record<PortalAlertKind, { tone: StatusTone; text: WordKey<typeof alertWords> }> = {
  overdue: { tone: 'warning', text: 'overdue' },
  'source-failed': { tone: 'bad', text: 'sourceFailed' },
};

const columns = (t: Translate<typeof alertWords>): Column<PortalAlert>[] => [
  { header: t('subject'), rowHeader: true, cell: ({ subject }) => <Subject subject={subject} /> },
  {
    header: t('kind'),
    cell: ({ kind }) => <StatusBadge tone={kinds[kind].tone}>{t(kinds[kind].text)}</StatusBadge>,
  },
  { header: t('what'), wrap: true, cell: ({ summary }) => <Said text={summary} /> },
  { header: t('raised'), cell: ({ raisedAt }) => <RelativeTime value={raisedAt} /> },
  {
    header: t('state'),
    cell: ({ resolvedAt }) =>
      resolvedAt === null ? (
        t('stateOpen')
      ) : (
        <span>
          <Sentence
            words={alertWords}
            text="stateResolved"
            parts={{ time: <RelativeTime value={resolvedAt} /> }}
          />
        </span>
      ),
  },
];

export function AlertList() {
  const t = useWords(alertWords);
  const [params, setParams] = useSearchParams();
  const state = states.find((one) => one === params.get('state')) ?? 'open';
  const query = useInfiniteQuery(alertsQuery(state));
  const change = (value: string) =>
    setParams(
      (previous) => {
        previous.set('state', value);
        return previous;
      },
      { replace: true },
    );
  return (
    <>
      <Group p="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('which')}
          data={states.map((value) => ({ value, label: t(value) }))}
          value={state}
          onChange={change}
        />
      </Group>
      <QueryContent query={query} loading={<LoadingState what={t('theAlerts')} />}>
        {({ pages }) => {
          const alerts = pages.flatMap((page) => page.alerts);
          return alerts.length === 0 ? (
            <EmptyState Icon={IconBellOff} title={t('none')}>
              {state === 'open' ? t('noneText') : t('noneEver')}
            </EmptyState>
          ) : (
            <DataTable label={t('alerts')} columns={columns(t)} rows={alerts} rowKey={({ id }) => id} />
          );
        }}
      </QueryContent>
      <OlderButton query={query} />
    </>
  );
}

/** Composed by the server, in English. */
function Said({ text }: { text: string }) {
  return useDetailText()(text);
}

function Source({ name }: { name: string }) {
  const said = useDetailText()(name);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function Subject({ subject: { site, device, source } }: Pick<PortalAlert, 'subject'>) {
  if (site === null || device === null) return <Source name={source ?? ''} />;
  return (
    <Anchor component={Link} to={`/sites/${site.id}?device=${encodeURIComponent(device.serial)}`} inherit>
      {[site.name, device.serial].join(' · ')}
    </Anchor>
  );
}
