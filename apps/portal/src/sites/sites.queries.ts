import type { DataSource } from 'typeorm';
import type { ChannelDetail, SiteSummary } from '#libs/contracts';

/** One row per channel of a site, with its newest measurement; a device without channels has one row of nulls. */
export type DeviceChannelRow = { deviceId: string; serial: string; masterSerial: string | null } & (
  | ChannelDetail
  | { [K in keyof ChannelDetail]: null }
);

// The newest value is looked up by primary key, channel by channel: an ORDER BY over all chunks would read them all.
const lastMeasurement = `LEFT JOIN LATERAL (
  SELECT time, value FROM monitoring.measurement WHERE channel_id = channel.id ORDER BY time DESC LIMIT 1
) AS newest ON true`;

const isoTime = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** @param uid of one site, or null for all */
export function selectSites(dataSource: DataSource, uid: string | null): Promise<SiteSummary[]> {
  return dataSource.query(
    `SELECT site.uid AS id, site.slug, site.name, site.time_zone AS "timeZone",
       count(DISTINCT device.id)::int AS "deviceCount", count(DISTINCT channel.id)::int AS "channelCount",
       ${isoTime('max(newest.time)')} AS "lastTime"
     FROM monitoring.site
       LEFT JOIN monitoring.device ON device.site_id = site.id
       LEFT JOIN monitoring.channel ON channel.device_id = device.id
       ${lastMeasurement}
     WHERE $1::uuid IS NULL OR site.uid = $1
     GROUP BY site.id ORDER BY site.name`,
    [uid],
  );
}

/** Masters before their slaves, channels in the order in which they were found. */
export function selectDeviceChannels(dataSource: DataSource, siteUid: string): Promise<DeviceChannelRow[]> {
  return dataSource.query(
    `SELECT device.uid AS "deviceId", device.serial, master.serial AS "masterSerial", channel.uid AS id, channel.label, channel.name,
       channel.unit, channel.quantity, ${isoTime('newest.time')} AS "lastTime", newest.value AS "lastValue"
     FROM monitoring.site
       JOIN monitoring.device ON device.site_id = site.id
       LEFT JOIN monitoring.device AS master ON master.id = device.master_id
       LEFT JOIN monitoring.channel ON channel.device_id = device.id
       ${lastMeasurement}
     WHERE site.uid = $1
     ORDER BY coalesce(master.serial, device.serial), device.master_id NULLS FIRST, device.serial, channel.id`,
    [siteUid],
  );
}
