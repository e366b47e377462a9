import { Alert, Stack, Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import type { SiteDetail } from '#libs/contracts';
import { BackLink, LoadingState, PageHeader, QueryContent, RelativeTime, Sentence, useWords } from '#libs/ui';
import { CostPerDay } from '../bills/cost-per-day.js';
import { wholeDays } from '../measurements/chart-range.js';
import { EnergyPanels } from '../measurements/energy-panel.js';
import { LoadFacts } from '../measurements/load-facts.js';
import { NoMeasurements } from '../measurements/no-measurements.js';
import { PowerPanel } from '../measurements/power-panel.js';
import { useChartView } from '../measurements/use-chart-view.js';
import { useChannelSelection } from './channel-selection.js';
import { DeviceList } from './device-list.js';
import { SiteActions } from './site-actions.js';
import { SiteFacts } from './site-facts.js';
import { siteQuery } from './sites.queries.js';
import { siteWords } from './words.js';
import styles from './site-page.module.css';

export function SitePage() {
  const t = useWords(siteWords);
  const { id = '' } = useParams();
  const query = useQuery(siteQuery(id));
  const site = query.data;
  return (
    <>
      <PageHeader
        title={site?.name ?? t('site')}
        parent={<BackLink to="/sites">{t('sites')}</BackLink>}
        description={site ? <Summary site={site} /> : '\u00A0'}
      >
        {site && <SiteActions site={site} />}
      </PageHeader>
      <QueryContent query={query} loading={<LoadingState what={t('theSite')} height={640} />}>
        {(found) => <SiteContent key={found.id} site={found} />}
      </QueryContent>
    </>
  );
}

function Summary({ site }: { site: SiteDetail }) {
  const t = useWords(siteWords);
  return (
    <>
      {t('devices', { count: site.deviceCount })} · {t('channels', { count: site.channelCount })} ·{' '}
      {site.timeZone} ·{' '}
      {site.lastTime === null ? (
        t('noData')
      ) : (
        <Sentence
          words={siteWords}
          text="seen"
          parts={{ time: <RelativeTime value={site.lastTime} timeZone={site.timeZone} /> }}
        />
      )}
    </>
  );
}

function SiteContent({ site }: { site: SiteDetail }) {
  const t = useWords(siteWords);
  const selection = useChannelSelection(site);
  const { view, change, zoom } = useChartView(site);
  const days = useMemo(() => wholeDays(view.range, site.timeZone), [view.range, site.timeZone]);
  const channels = useMemo(
    () =>
      selection.shown.map(({ channel, device }) => ({
        id: channel.id,
        label: `${device.serial} ${channel.label}`,
      })),
    [selection.shown],
  );
  const showChannel = (id: string) => {
    selection.toggle(id);
    change({ by: 'channel' });
  };
  return (
    <>
      {site.archivedAt !== null && (
        <Alert icon={<IconArchive size={18} aria-hidden />} variant="light" color="gray" mb="md" p="xs">
          <Text size="sm">{t('isArchived')}</Text>
        </Alert>
      )}
      <div className={styles.columns}>
        <Stack gap="md" className={styles.charts}>
          {site.lastTime === null ? (
            <NoMeasurements />
          ) : (
            <>
              <PowerPanel site={site} view={view} channels={channels} onChange={change} onZoom={zoom} />
              <LoadFacts site={site} range={view.range} />
              <EnergyPanels site={site} range={days} cost={<CostPerDay site={site} range={days} />} />
            </>
          )}
        </Stack>
        <Stack gap="md">
          <SiteFacts site={site} />
          <DeviceList site={site} selection={{ ...selection, toggle: showChannel }} />
        </Stack>
      </div>
    </>
  );
}
