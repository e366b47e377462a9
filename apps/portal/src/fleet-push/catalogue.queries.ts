import type { EntityManager } from 'typeorm';
import type { PushBatch, PushedChannel, PushedDevice, PushedSite } from '#libs/contracts';
import type { Announcement } from './outbox-writer.js';

type Uids = readonly string[] | null;

/** The whole catalogue as it is now. */
export function selectCatalogue(manager: EntityManager): Promise<Announcement> {
  return select(manager, null, null, null);
}

/** What there still is of the given sites, devices and channels, with everything above them. */
export async function selectBranches(
  manager: EntityManager,
  wanted: { sites: readonly string[]; devices: readonly string[]; channels: readonly string[] },
): Promise<Announcement> {
  const above: { devices: string[]; sites: string[] }[] = await manager.query(
    `WITH of_channels AS (
       SELECT device.id, device.master_id, device.site_id
       FROM monitoring.device LEFT JOIN monitoring.channel ON channel.device_id = device.id
       WHERE channel.uid = ANY($1::uuid[]) OR device.uid = ANY($2::uuid[])),
     named AS (
       SELECT DISTINCT device.uid, device.site_id FROM monitoring.device
       WHERE id IN (SELECT id FROM of_channels UNION SELECT master_id FROM of_channels))
     SELECT coalesce(array_agg(uid), '{}') AS devices,
       coalesce((SELECT array_agg(uid) FROM monitoring.site WHERE id IN (SELECT site_id FROM named)), '{}') AS sites
     FROM named`,
    [wanted.channels, wanted.devices],
  );
  const { devices = [], sites = [] } = above[0] ?? {};
  return select(manager, [...wanted.sites, ...sites], devices, wanted.channels);
}

async function select(
  manager: EntityManager,
  siteUids: Uids,
  deviceUids: Uids,
  channelUids: Uids,
): Promise<Announcement> {
  const sites: PushedSite[] = await manager.query(
    `SELECT uid AS id, slug, name, time_zone AS "timeZone" FROM monitoring.site
     WHERE $1::uuid[] IS NULL OR uid = ANY($1) ORDER BY site.id`,
    [siteUids],
  );
  // Masters before their slaves.
  const devices: PushedDevice[] = await manager.query(
    `SELECT device.uid AS id, site.uid AS "siteId", device.serial, master.uid AS "masterId"
     FROM monitoring.device JOIN monitoring.site ON site.id = device.site_id
       LEFT JOIN monitoring.device AS master ON master.id = device.master_id
     WHERE $1::uuid[] IS NULL OR device.uid = ANY($1) ORDER BY device.master_id NULLS FIRST, device.id`,
    [deviceUids],
  );
  const channels: PushedChannel[] = await manager.query(
    `SELECT channel.uid AS id, device.uid AS "deviceId", label, name, unit, quantity
     FROM monitoring.channel JOIN monitoring.device ON device.id = channel.device_id
     WHERE $1::uuid[] IS NULL OR channel.uid = ANY($1) ORDER BY channel.id`,
    [channelUids],
  );
  return { sites, devices, channels };
}

/** Those of the channels that the portal still has. */
export async function selectKnownChannels(
  manager: EntityManager,
  uids: readonly string[],
): Promise<Set<string>> {
  const rows: { uid: string }[] = await manager.query(
    `SELECT uid FROM monitoring.channel WHERE uid = ANY($1::uuid[])`,
    [uids],
  );
  return new Set(rows.map(({ uid }) => uid));
}

/** Those of the ids that name what was deleted here and is not there again. */
export async function selectDeleted(
  manager: EntityManager,
  uids: readonly string[],
): Promise<PushBatch['deleted']> {
  const rows: { uid: string; kind: string }[] = await manager.query(
    `SELECT uid, kind FROM monitoring.deleted_entity WHERE uid = ANY($1::uuid[]) ORDER BY deleted_at`,
    [uids],
  );
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ uid }) => uid);
  return { sites: of('site'), devices: of('device'), channels: of('channel') };
}

export async function hasTombstones(manager: EntityManager): Promise<boolean> {
  const rows: unknown[] = await manager.query(`SELECT 1 FROM monitoring.deleted_entity LIMIT 1`);
  return rows.length > 0;
}
