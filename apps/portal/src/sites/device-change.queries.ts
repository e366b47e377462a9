import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';

/** What people may change of a device. */
export interface DeviceFields {
  serial: string;
  name: string;
  externalId: string | null;
  /** Serial number of the master, null for a master. */
  master: string | null;
  watched: boolean;
}

export interface LockedDevice {
  id: number;
  siteUid: string;
  masterUid: string | null;
  fields: DeviceFields;
}

export interface DevicePlace {
  id: number;
  serial: string;
  isSlave: boolean;
  hasSlaves: boolean;
}

export async function findSiteOfDevice(manager: EntityManager, uid: string): Promise<string | undefined> {
  const rows: { uid: string }[] = await manager.query(
    `SELECT site.uid FROM monitoring.device JOIN monitoring.site ON site.id = site_id WHERE device.uid = $1`,
    [uid],
  );
  return rows[0]?.uid;
}

/** Lock its site before. */
export async function lockDevice(manager: EntityManager, uid: string): Promise<LockedDevice | undefined> {
  const rows: (DeviceFields & Omit<LockedDevice, 'fields'>)[] = await manager.query(
    `SELECT device.id, site.uid AS "siteUid", master.uid AS "masterUid", master.serial AS master, device.serial,
       device.display_name AS name, device.external_id AS "externalId", device.watched
     FROM monitoring.device JOIN monitoring.site ON site.id = device.site_id
       LEFT JOIN monitoring.device AS master ON master.id = device.master_id
     WHERE device.uid = $1 FOR UPDATE OF device`,
    [uid],
  );
  return rows.map(({ id, siteUid, masterUid, ...fields }) => ({ id, siteUid, masterUid, fields }))[0];
}

/** A device of the site, and where it stands among the others. */
export async function selectPlace(
  manager: EntityManager,
  siteUid: string,
  uid: string,
): Promise<DevicePlace | undefined> {
  const rows: DevicePlace[] = await manager.query(
    `SELECT device.id, serial, master_id IS NOT NULL AS "isSlave",
       EXISTS (SELECT FROM monitoring.device AS slave WHERE slave.master_id = device.id) AS "hasSlaves"
     FROM monitoring.device JOIN monitoring.site ON site.id = site_id WHERE site.uid = $1 AND device.uid = $2`,
    [siteUid, uid],
  );
  return rows[0];
}

/** @returns uid of the new device */
export async function insertDevice(
  manager: EntityManager,
  siteId: number,
  { serial, name, externalId, watched }: DeviceFields,
  masterId: number | null,
): Promise<string> {
  const uid = uuid();
  await manager.query(
    `INSERT INTO monitoring.device (uid, site_id, serial, display_name, external_id, master_id, watched)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [uid, siteId, serial, name, externalId, masterId, watched],
  );
  return uid;
}

export async function updateDevice(
  manager: EntityManager,
  id: number,
  { serial, name, externalId, watched }: DeviceFields,
): Promise<void> {
  await manager.query(
    `UPDATE monitoring.device SET serial = $2, display_name = $3, external_id = $4, watched = $5
     WHERE id = $1`,
    [id, serial, name, externalId, watched],
  );
}

/** From now on a meter file does not move it. */
export async function moveDevice(manager: EntityManager, id: number, masterId: number | null): Promise<void> {
  await manager.query(`UPDATE monitoring.device SET master_id = $2, moved_at = now() WHERE id = $1`, [
    id,
    masterId,
  ]);
}
