import { Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { SiteDetail } from '#libs/contracts';
import { BackLink, formatCounted, LoadingState, PageHeader, QueryContent, RelativeTime } from '#libs/ui';
import { LastDay } from '../measurements/last-day.js';
import { useChannelSelection } from './channel-selection.js';
import { DeviceList } from './device-list.js';
import { siteQuery } from './sites.queries.js';
import styles from './site-page.module.css';

export function SitePage() {
  const { id = '' } = useParams();
  const query = useQuery(siteQuery(id));
  const site = query.data;
  return (
    <>
      <PageHeader
        title={site?.name ?? 'Site'}
        parent={<BackLink to="/sites">Sites</BackLink>}
        description={site ? <SiteFacts site={site} /> : '\u00A0'}
      />
      <QueryContent query={query} loading={<LoadingState what="the site" height={480} />}>
        {(site) => <SiteContent key={site.id} site={site} />}
      </QueryContent>
    </>
  );
}

function SiteFacts({ site }: { site: SiteDetail }) {
  return (
    <>
      {formatCounted(site.deviceCount, 'device')} · {formatCounted(site.channelCount, 'channel')} ·{' '}
      {site.timeZone} · {site.lastTime !== null && 'last seen '}
      <RelativeTime value={site.lastTime} timeZone={site.timeZone} otherwise="no data yet" />
    </>
  );
}

function SiteContent({ site }: { site: SiteDetail }) {
  const selection = useChannelSelection(site);
  return (
    <div className={styles.columns}>
      <Paper component="section" aria-label="Last day of data" p="md" className={styles.charts}>
        <LastDay site={site} channels={selection.shown} />
      </Paper>
      <DeviceList site={site} selection={selection} />
    </div>
  );
}
