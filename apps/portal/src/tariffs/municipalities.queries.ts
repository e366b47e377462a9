import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Municipality } from '#libs/contracts';

/**
 * With their tariffs and what is said of versions in a list; all by name.
 * @param id of one municipality, or null for all
 */
export function selectMunicipalities(
  database: DataSource | EntityManager,
  id: string | null,
): Promise<Municipality[]> {
  return database.query(
    `SELECT municipality.uid AS id, municipality.name,
       coalesce(jsonb_agg(tariff.summary ORDER BY tariff.name) FILTER (WHERE tariff.name IS NOT NULL), '[]') AS tariffs
     FROM monitoring.municipality LEFT JOIN LATERAL (
       SELECT tariff.name, jsonb_build_object('id', tariff.uid, 'name', tariff.name,
         'siteCount', (SELECT count(*) FROM monitoring.site_tariff WHERE tariff_id = tariff.id),
         'versions', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', version.uid, 'firstDay', first_day,
             'lastDay', last_day, 'currency', document ->> 'currency') ORDER BY first_day), '[]')
           FROM monitoring.tariff_version AS version WHERE tariff_id = tariff.id)) AS summary
       FROM monitoring.tariff WHERE municipality_id = municipality.id
     ) AS tariff ON true
     WHERE $1::uuid IS NULL OR municipality.uid = $1
     GROUP BY municipality.id ORDER BY municipality.name`,
    [id],
  );
}

/** @returns the id, or undefined when the name is taken */
export async function insertMunicipality(manager: EntityManager, name: string): Promise<string | undefined> {
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO monitoring.municipality (uid, name) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING
     RETURNING uid AS id`,
    [uuid(), name],
  );
  return rows[0]?.id;
}

/** @returns the name */
export async function lockMunicipality(manager: EntityManager, id: string): Promise<string | undefined> {
  const rows: { name: string }[] = await manager.query(
    `SELECT name FROM monitoring.municipality WHERE uid = $1 FOR UPDATE`,
    [id],
  );
  return rows[0]?.name;
}

export async function isMunicipalityNameTaken(
  manager: EntityManager,
  id: string,
  name: string,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM monitoring.municipality WHERE name = $2 AND uid <> $1`,
    [id, name],
  );
  return rows.length > 0;
}

export async function updateMunicipality(manager: EntityManager, id: string, name: string): Promise<void> {
  await manager.query(`UPDATE monitoring.municipality SET name = $2 WHERE uid = $1`, [id, name]);
}

export async function deleteMunicipality(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`DELETE FROM monitoring.municipality WHERE uid = $1`, [id]);
}
