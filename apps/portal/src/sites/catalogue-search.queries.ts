import type { DataSource } from 'typeorm';
import type { CatalogueMatch } from '#libs/contracts';
import { isoTime, newestSample } from '../measurements/newest-samples.js';

/** More than these nobody reads: another word finds better. */
const maxMatches = 50;

const matches = (...columns: string[]) =>
  columns.map((column) => `strpos(lower(${column}), lower($1)) > 0`).join(' OR ');

/**
 * Sites, devices and channels with the text in one of their names or ids, in any case. Newest values are looked up for
 * what is found only.
 */
export function searchCatalogue(dataSource: DataSource, text: string): Promise<CatalogueMatch[]> {
  return dataSource.query(
    `WITH found AS (
       SELECT 1 AS rank, 'site' AS kind, uid AS id, name AS title, slug AS name, id AS site_key, NULL::int AS device_key,
         NULL::int AS channel_key
       FROM monitoring.site WHERE ${matches('name', 'slug', 'address', 'notes', 'external_id')}
       UNION ALL
       SELECT 2, 'device', uid, serial, display_name, site_id, id, NULL
       FROM monitoring.device WHERE ${matches('serial', 'display_name', 'external_id')}
       UNION ALL
       SELECT 3, 'channel', channel.uid, label, channel.name, site_id, device.id, channel.id
       FROM monitoring.channel JOIN monitoring.device ON device.id = device_id
       WHERE ${matches('label', 'channel.name', 'meter_name', 'channel.external_id')}
       ORDER BY 1, 4, 3 LIMIT ${maxMatches})
     SELECT kind, found.id, title, found.name, site.uid AS "siteId", site.name AS "siteName",
       time_zone AS "timeZone", ${isoTime('archived_at')} AS "archivedAt", device.serial, own.unit,
       ${isoTime('last.time')} AS "lastTime", CASE WHEN own.id IS NOT NULL THEN last.value END AS "lastValue"
     FROM found JOIN monitoring.site ON site.id = site_key
       LEFT JOIN monitoring.device ON device.id = device_key
       LEFT JOIN monitoring.channel AS own ON own.id = channel_key
       LEFT JOIN LATERAL (
         SELECT newest.time, newest.value
         FROM monitoring.channel JOIN monitoring.device AS of_channel ON of_channel.id = channel.device_id
           ${newestSample}
         WHERE of_channel.site_id = site_key AND (device_key IS NULL OR device_id = device_key)
           AND (channel_key IS NULL OR channel.id = channel_key)
         ORDER BY newest.time DESC NULLS LAST LIMIT 1) AS last ON true
     ORDER BY rank, title, found.id`,
    [text],
  );
}
