import type { DataSource, EntityManager } from 'typeorm';
import type { DeletionSize } from '#libs/contracts';

/** Keys and uids of what a deletion removes. */
export interface Branch {
  siteUids: string[];
  deviceUids: string[];
  channelUids: string[];
  channelIds: number[];
}

export type EntityKind = 'site' | 'device' | 'channel';

/** What a site, device or channel is called in the audit log. */
export interface Subject {
  slug: string;
  serial: string | null;
  label: string | null;
}

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

const subjects: Readonly<Record<EntityKind, string>> = {
  site: `SELECT slug, NULL AS serial, NULL AS label FROM monitoring.site WHERE uid = $1`,
  device: `SELECT slug, serial, NULL AS label FROM monitoring.device JOIN monitoring.site ON site.id = site_id
    WHERE device.uid = $1`,
  channel: `SELECT slug, serial, label FROM monitoring.channel JOIN monitoring.device ON device.id = device_id
    JOIN monitoring.site ON site.id = site_id WHERE channel.uid = $1`,
};

export async function selectSubject(
  manager: EntityManager,
  kind: EntityKind,
  uid: string,
): Promise<Subject | undefined> {
  const rows: Subject[] = await manager.query(subjects[kind], [uid]);
  return rows[0];
}

/**
 * How much is below a site, device or channel; a device's modules count as below it.
 * @returns undefined when there is no such entity
 */
export async function selectSize(
  dataSource: DataSource,
  kind: EntityKind,
  uid: string,
): Promise<DeletionSize | undefined> {
  const [size]: (DeletionSize & { found: boolean })[] = await dataSource.query(
    `WITH devices AS (SELECT id, uid FROM monitoring.device WHERE ${devicesBelow[kind]}),
     channels AS (SELECT id FROM monitoring.channel WHERE ${channelsBelow[kind]})
     SELECT EXISTS (SELECT FROM monitoring.${kind} WHERE uid = $1) AS found,
       (SELECT count(*)::int FROM devices WHERE uid <> $1) AS devices,
       (SELECT count(*)::int FROM channels${kind === 'channel' ? ' WHERE false' : ''}) AS channels,
       (SELECT count(*)::float8 FROM monitoring.measurement WHERE channel_id = ANY(ARRAY(SELECT id FROM channels)))
         AS measurements`,
    [uid],
  );
  if (size?.found !== true) return undefined;
  const { devices, channels, measurements } = size;
  return { devices, channels, measurements };
}

/** The modules of a master go with it. */
const masterAndModules = `uid = $1 OR master_id = (SELECT id FROM monitoring.device WHERE uid = $1)`;

const devicesBelow: Readonly<Record<EntityKind, string>> = {
  site: 'site_id = (SELECT id FROM monitoring.site WHERE uid = $1)',
  device: masterAndModules,
  channel: 'false',
};
const channelsBelow: Readonly<Record<EntityKind, string>> = {
  site: 'device_id IN (SELECT id FROM devices)',
  device: 'device_id IN (SELECT id FROM devices)',
  channel: 'uid = $1',
};

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
