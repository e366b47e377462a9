import type { EntityManager } from 'typeorm';
import type { ChannelChange, PushedChannel, PushedSite, SiteChange } from '#libs/contracts';

/** Keys and uids of what a deletion removes. */
export interface Branch {
  siteUids: string[];
  deviceUids: string[];
  channelUids: string[];
  channelIds: number[];
}

export async function updateSite(
  manager: EntityManager,
  uid: string,
  { name, timeZone }: SiteChange,
): Promise<PushedSite | undefined> {
  const [rows]: [PushedSite[], number] = await manager.query(
    `UPDATE monitoring.site SET name = coalesce($2, name), time_zone = coalesce($3, time_zone) WHERE uid = $1
     RETURNING uid AS id, slug, name, time_zone AS "timeZone"`,
    [uid, name ?? null, timeZone ?? null],
  );
  return rows[0];
}

export async function updateChannel(
  manager: EntityManager,
  uid: string,
  { name }: ChannelChange,
): Promise<PushedChannel | undefined> {
  const [rows]: [PushedChannel[], number] = await manager.query(
    `UPDATE monitoring.channel SET name = $2, renamed_at = now() FROM monitoring.device
     WHERE channel.uid = $1 AND device.id = device_id
     RETURNING channel.uid AS id, device.uid AS "deviceId", label, name, unit, quantity`,
    [uid, name],
  );
  return rows[0];
}

export type EntityKind = 'site' | 'device' | 'channel';

interface Locked {
  id: number;
  uid: string;
}

/**
 * Locks what a deletion removes, from the top as an import does, so that no import is in the middle of it.
 * @returns undefined when there is no such entity
 */
export async function lockBranch(
  manager: EntityManager,
  kind: EntityKind,
  uid: string,
): Promise<Branch | undefined> {
  const sites = kind === 'site' ? await lockRows(manager, 'site', 'uid = $1', uid) : [];
  let devices: Locked[] = [];
  if (kind === 'site') devices = await lockRows(manager, 'device', 'site_id = ANY($1)', keysOf(sites));
  if (kind === 'device') devices = await lockRows(manager, 'device', masterAndModules, uid);
  const channels =
    kind === 'channel'
      ? await lockRows(manager, 'channel', 'uid = $1', uid)
      : await lockRows(manager, 'channel', 'device_id = ANY($1)', keysOf(devices));
  if (sites.length + devices.length + channels.length === 0) return undefined;
  return {
    siteUids: sites.map((site) => site.uid),
    deviceUids: devices.map((device) => device.uid),
    channelUids: channels.map((channel) => channel.uid),
    channelIds: keysOf(channels),
  };
}

/** The modules of a master go with it. */
const masterAndModules = `uid = $1 OR master_id = (SELECT id FROM monitoring.device WHERE uid = $1)`;

/** @param where a constant of ours */
function lockRows(
  manager: EntityManager,
  kind: EntityKind,
  where: string,
  value: string | number[],
): Promise<Locked[]> {
  return manager.query(`SELECT id, uid FROM monitoring.${kind} WHERE ${where} ORDER BY id FOR UPDATE`, [
    value,
  ]);
}

function keysOf(rows: readonly Locked[]): number[] {
  return rows.map(({ id }) => id);
}

/** Removes the branch with its measurements, also those in compressed chunks, and leaves a tombstone for each uid. */
export async function deleteBranch(manager: EntityManager, branch: Branch): Promise<void> {
  // A deletion may touch more compressed rows than the limit that guards against doing so by mistake.
  await manager.query(
    `SELECT set_config(name, '0', true) FROM pg_settings
     WHERE name = 'timescaledb.max_tuples_decompressed_per_dml_transaction'`,
  );
  await deleteMeasurements(manager, branch.channelIds);
  await manager.query(`DELETE FROM monitoring.channel WHERE id = ANY($1)`, [branch.channelIds]);
  await manager.query(`DELETE FROM monitoring.device WHERE uid = ANY($1::uuid[])`, [branch.deviceUids]);
  await manager.query(`DELETE FROM monitoring.site WHERE uid = ANY($1::uuid[])`, [branch.siteUids]);
  await manager.query(
    `INSERT INTO monitoring.deleted_entity (uid, kind)
     SELECT uid, 'site' FROM unnest($1::uuid[]) AS uid
     UNION ALL SELECT uid, 'device' FROM unnest($2::uuid[]) AS uid
     UNION ALL SELECT uid, 'channel' FROM unnest($3::uuid[]) AS uid`,
    [branch.siteUids, branch.deviceUids, branch.channelUids],
  );
}

/**
 * Once more where rows are left: a deletion that waits for the compression of a chunk looks for its rows where they
 * were before. Its lock keeps the next compression away.
 */
async function deleteMeasurements(manager: EntityManager, channelIds: number[]): Promise<void> {
  let left: unknown[];
  do {
    await manager.query(`DELETE FROM monitoring.measurement WHERE channel_id = ANY($1)`, [channelIds]);
    left = await manager.query(`SELECT 1 FROM monitoring.measurement WHERE channel_id = ANY($1) LIMIT 1`, [
      channelIds,
    ]);
  } while (left.length > 0);
}
