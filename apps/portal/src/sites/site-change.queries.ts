import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';

/** What people may change of a site. */
export interface SiteFields {
  slug: string;
  name: string;
  timeZone: string;
  address: string;
  notes: string;
  latitude: number | null;
  longitude: number | null;
  externalId: string | null;
}

export interface LockedSite {
  id: number;
  uid: string;
  archivedAt: Date | null;
  fields: SiteFields;
}

/** @returns uid of the new site */
export async function insertSite(manager: EntityManager, site: SiteFields): Promise<string> {
  const uid = uuid();
  await manager.query(
    `INSERT INTO monitoring.site (uid, slug, name, time_zone, address, notes, latitude, longitude, external_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [uid, ...parametersOf(site)],
  );
  return uid;
}

/** Locks the site as an import does, so that what is decided on it, its devices and their masters still holds when it is written. */
export async function lockSite(manager: EntityManager, uid: string): Promise<LockedSite | undefined> {
  const rows: (SiteFields & Omit<LockedSite, 'fields'>)[] = await manager.query(
    `SELECT id, uid, archived_at AS "archivedAt", slug, name, time_zone AS "timeZone", address, notes, latitude,
       longitude, external_id AS "externalId"
     FROM monitoring.site WHERE uid = $1 FOR UPDATE`,
    [uid],
  );
  return rows.map(({ id, uid: ofRow, archivedAt, ...fields }) => ({ id, uid: ofRow, archivedAt, fields }))[0];
}

export async function updateSite(manager: EntityManager, id: number, site: SiteFields): Promise<void> {
  await manager.query(
    `UPDATE monitoring.site SET slug = $2, name = $3, time_zone = $4, address = $5, notes = $6, latitude = $7,
       longitude = $8, external_id = $9, time_zone_assumed = time_zone_assumed AND time_zone = $4
     WHERE id = $1`,
    [id, ...parametersOf(site)],
  );
}

export async function setArchived(manager: EntityManager, id: number, archived: boolean): Promise<void> {
  await manager.query(
    `UPDATE monitoring.site SET archived_at = CASE WHEN $2::boolean THEN now() END WHERE id = $1`,
    [id, archived],
  );
}

function parametersOf(site: SiteFields) {
  const { slug, name, timeZone, address, notes, latitude, longitude, externalId } = site;
  return [slug, name, timeZone, address, notes, latitude, longitude, externalId];
}
