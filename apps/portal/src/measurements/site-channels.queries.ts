import type { DataSource } from 'typeorm';
import { newestSamples } from './newest-samples.js';

export interface SiteChannel {
  /** Key of `monitoring.measurement`. */
  key: number;
  id: string;
  deviceId: string;
  label: string;
  name: string;
  unit: string;
  /** Null while there are fewer than two samples. */
  periodSeconds: number | null;
}

export interface SiteWithChannels {
  timeZone: string;
  channels: SiteChannel[];
}

/** Channels of a site with their sample periods; undefined when there is no such site. */
export async function selectSiteChannels(
  dataSource: DataSource,
  siteUid: string,
): Promise<SiteWithChannels | undefined> {
  const [site]: { timeZone: string }[] = await dataSource.query(
    `SELECT time_zone AS "timeZone" FROM monitoring.site WHERE uid = $1`,
    [siteUid],
  );
  if (site === undefined) return undefined;
  const channels: SiteChannel[] = await dataSource.query(
    `SELECT channel.id AS key, channel.uid AS id, device.uid AS "deviceId", label, channel.name, unit,
       coalesce(sample_period_seconds, newest.period_seconds)::float8 AS "periodSeconds"
     FROM monitoring.channel JOIN monitoring.device ON device.id = device_id
       ${newestSamples}
     WHERE site_id = (SELECT id FROM monitoring.site WHERE uid = $1) ORDER BY channel.id`,
    [siteUid],
  );
  return { timeZone: site.timeZone, channels };
}
