import { Anchor, Group, Paper, SegmentedControl } from '@mantine/core';
import { IconArchive, IconBuildingFactory2, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { SiteSummary } from '#libs/contracts';
import {
  DataTable,
  EmptyState,
  formatCount,
  LoadingState,
  PageHeader,
  QueryContent,
  RelativeTime,
  SearchField,
  Sentence,
  StatusBadge,
  useWords,
  type Column,
  type Translate,
} from '#libs/ui';
import { formatPower } from '../measurements/power-format.js';
import { CreateSite } from './create-site.js';
import { SearchResults } from './search-results.js';
import { sitesQuery } from './sites.queries.js';
import { siteWords } from './words.js';

type T = Translate<typeof siteWords>;

const listStates = ['active', 'overdue', 'archived'] as const;
type ListState = (typeof listStates)[number];

export function SitesPage() {
  const t = useWords(siteWords);
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const state = listStates.find((one) => one === params.get('state')) ?? 'active';
  const change = (next: { q: string; state: string }) =>
    setParams(
      { ...(next.q !== '' && { q: next.q }), ...(next.state !== 'active' && { state: next.state }) },
      { replace: true },
    );
  return (
    <>
      <PageHeader title={t('sites')}>
        <CreateSite />
      </PageHeader>
      <Group gap="xs" mb="sm">
        <SearchField value={q} label={t('searchLabel')} onChange={(text) => change({ q: text, state })} />
        <SegmentedControl
          aria-label={t('whichSites')}
          data={[
            { value: 'active', label: t('active') },
            { value: 'overdue', label: t('overdue') },
            { value: 'archived', label: t('archived') },
          ]}
          value={state}
          onChange={(value) => change({ q: '', state: value })}
        />
      </Group>
      <Paper>{q === '' ? <SiteList state={state} /> : <SearchResults q={q} />}</Paper>
    </>
  );
}

function SiteList({ state }: { state: ListState }) {
  const t = useWords(siteWords);
  const query = useQuery(sitesQuery(state === 'archived' ? 'archived' : 'active'));
  return (
    <QueryContent query={query} loading={<LoadingState what={t('sites')} />}>
      {({ sites: all }) => {
        const sites = state === 'overdue' ? all.filter(({ overdueDevices }) => overdueDevices > 0) : all;
        return sites.length === 0 ? (
          <NoSites state={state} />
        ) : (
          <DataTable
            label={t('sites')}
            columns={columns(t)}
            rows={sites}
            rowKey={({ id }) => id}
            busy={query.isPlaceholderData}
          />
        );
      }}
    </QueryContent>
  );
}

function columns(t: T): Column<SiteSummary>[] {
  return [
    {
      header: t('site'),
      rowHeader: true,
      cell: ({ id, name }) => (
        <Anchor component={Link} to={`/sites/${id}`} inherit>
          {name}
        </Anchor>
      ),
    },
    { header: t('devicesHeading'), numeric: true, cell: ({ deviceCount }) => formatCount(deviceCount) },
    { header: t('channelsHeading'), numeric: true, cell: ({ channelCount }) => formatCount(channelCount) },
    {
      header: t('deliveries'),
      cell: ({ overdueDevices }) =>
        overdueDevices > 0 && (
          <StatusBadge tone="warning">{t('overdueDevices', { count: overdueDevices })}</StatusBadge>
        ),
    },
    { header: t('timeZone'), cell: ({ timeZone }) => timeZone },
    { header: t('power'), numeric: true, cell: ({ lastPowerW }) => formatPower(lastPowerW) },
    {
      header: t('lastSeen'),
      cell: ({ lastTime, timeZone }) => (
        <RelativeTime value={lastTime} timeZone={timeZone} otherwise={t('noData')} />
      ),
    },
  ];
}

function NoSites({ state }: { state: ListState }) {
  const t = useWords(siteWords);
  if (state === 'archived') {
    return (
      <EmptyState Icon={IconArchive} title={t('noneArchived')}>
        {t('noneArchivedText')}
      </EmptyState>
    );
  }
  if (state === 'overdue') {
    return (
      <EmptyState Icon={IconCircleCheck} title={t('noneOverdue')}>
        {t('noneOverdueText')}
      </EmptyState>
    );
  }
  return (
    <EmptyState Icon={IconBuildingFactory2} title={t('noSites')}>
      <Sentence
        words={siteWords}
        text="noSitesText"
        parts={{ a: <Anchor component={Link} to="/imports" inherit underline="always" /> }}
      />
    </EmptyState>
  );
}
