import { Anchor, Group, Paper, SegmentedControl } from '@mantine/core';
import { IconArchive, IconBuildingFactory2 } from '@tabler/icons-react';
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

export function SitesPage() {
  const t = useWords(siteWords);
  const [params, setParams] = useSearchParams();
  const q = params.get('q') ?? '';
  const state = params.get('state') === 'archived' ? 'archived' : 'active';
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

function SiteList({ state }: { state: 'active' | 'archived' }) {
  const t = useWords(siteWords);
  const query = useQuery(sitesQuery(state));
  return (
    <QueryContent query={query} loading={<LoadingState what={t('sites')} />}>
      {({ sites }) =>
        sites.length === 0 ? (
          <NoSites state={state} />
        ) : (
          <DataTable
            label={t('sites')}
            columns={columns(t)}
            rows={sites}
            rowKey={({ id }) => id}
            busy={query.isPlaceholderData}
          />
        )
      }
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

function NoSites({ state }: { state: 'active' | 'archived' }) {
  const t = useWords(siteWords);
  if (state === 'archived') {
    return (
      <EmptyState Icon={IconArchive} title={t('noneArchived')}>
        {t('noneArchivedText')}
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
