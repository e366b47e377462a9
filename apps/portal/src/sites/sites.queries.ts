import type { DataSource } from 'typeorm';
import type { ChannelDetail, SiteDetail, SitesQuery } from '#libs/contracts';
import { isoTime, newestSample, newestSamples } from '../measurements/newest-samples.js';

/** A site without what its channels say. */
export type SiteRow = Omit<
  SiteDetail,
  'deviceCount' | 'channelCount' | 'lastTime' | 'lastPowerW' | 'overdueDevices' | 'devices'
>;

/** One row per channel; a device without channels has one with nulls for its channel. */
export type DeviceChannelRow = DeviceColumns & (ChannelDetail | { [K in keyof ChannelDetail]: null });

interface DeviceColumns {
  siteId: string;
  deviceId: string;
  serial: string;
  deviceName: string;
  deviceExternalId: string | null;
  masterSerial: string | null;
  watched: boolean;
}

/** What a list needs of a channel. */
export interface ListedChannel {
  siteId: string;
  deviceId: string;
  label: string | null;
  name: string | null;
  unit: string | null;
  lastTime: string | null;
  lastValue: number | null;
}

const siteColumns = `uid AS id, slug, name, time_zone AS "timeZone", ${isoTime('archived_at')} AS "archivedAt", address,
  notes, latitude, longitude, external_id AS "externalId"`;

/** By name. */
export function selectSites(dataSource: DataSource, state: SitesQuery['state']): Promise<SiteRow[]> {
  return dataSource.query(
    `SELECT ${siteColumns} FROM monitoring.site
     WHERE $1 = 'all' OR (archived_at IS NOT NULL) = ($1 = 'archived') ORDER BY lower(name), slug`,
    [state],
  );
}

export async function selectSite(dataSource: DataSource, uid: string): Promise<SiteRow | undefined> {
  const rows: SiteRow[] = await dataSource.query(
    `SELECT ${siteColumns} FROM monitoring.site WHERE uid = $1`,
    [uid],
  );
  return rows[0];
}

/** Channels of the sites with their newest value; a device without channels has one row with nulls. */
export function selectListedChannels(
  dataSource: DataSource,
  siteUids: readonly string[],
): Promise<ListedChannel[]> {
  return dataSource.query(
    `SELECT site.uid AS "siteId", device.uid AS "deviceId", channel.label, channel.name, channel.unit,
       ${isoTime('newest.time')} AS "lastTime", newest.value AS "lastValue"
     FROM monitoring.site
       JOIN monitoring.device ON device.site_id = site.id
       LEFT JOIN monitoring.channel ON channel.device_id = device.id
       ${newestSample}
     WHERE site.uid = ANY($1::uuid[])`,
    [siteUids],
  );
}

/** Masters before their slaves, channels in the order in which they were found. */
export function selectDeviceChannels(dataSource: DataSource, siteUid: string): Promise<DeviceChannelRow[]> {
  return dataSource.query(
    `SELECT site.uid AS "siteId", device.uid AS "deviceId", device.serial, device.display_name AS "deviceName",
       device.external_id AS "deviceExternalId", device.watched, master.serial AS "masterSerial", channel.uid AS id, channel.label,
       channel.name, channel.meter_name AS "meterName", channel.unit, channel.quantity,
       coalesce(channel.sample_period_seconds, newest.period_seconds)::float8 AS "samplePeriodSeconds",
       CASE WHEN channel.id IS NULL THEN NULL WHEN channel.sample_period_seconds IS NULL THEN 'data' ELSE 'hand' END
         AS "samplePeriodFrom",
       channel.external_id AS "externalId", ${isoTime('newest.time')} AS "lastTime", newest.value AS "lastValue"
     FROM monitoring.site
       JOIN monitoring.device ON device.site_id = site.id
       LEFT JOIN monitoring.device AS master ON master.id = device.master_id
       LEFT JOIN monitoring.channel ON channel.device_id = device.id
       ${newestSamples}
     WHERE site.uid = $1
     ORDER BY coalesce(master.serial, device.serial), device.master_id NULLS FIRST, device.serial, channel.id`,
    [siteUid],
  );
}
