import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { tariffDocument, type StoredTariffVersion, type TariffDetail } from '#libs/contracts';

type StoredTariff = Omit<TariffDetail, 'versions' | 'gaps'>;

export async function selectTariff(
  database: DataSource | EntityManager,
  id: string,
): Promise<StoredTariff | undefined> {
  const rows: StoredTariff[] = await database.query(
    `SELECT tariff.uid AS id, tariff.name,
       jsonb_build_object('id', municipality.uid, 'name', municipality.name) AS municipality,
       (SELECT count(*)::int FROM monitoring.site_tariff WHERE tariff_id = tariff.id) AS "siteCount"
     FROM monitoring.tariff JOIN monitoring.municipality ON municipality.id = municipality_id
     WHERE tariff.uid = $1`,
    [id],
  );
  return rows[0];
}

/** Oldest first. */
export async function selectVersions(
  database: DataSource | EntityManager,
  tariffId: string,
): Promise<StoredTariffVersion[]> {
  const rows: (Omit<StoredTariffVersion, 'document'> & { document: unknown })[] = await database.query(
    `SELECT version.uid AS id, first_day::text AS "firstDay", last_day::text AS "lastDay", document
     FROM monitoring.tariff_version AS version JOIN monitoring.tariff ON tariff.id = tariff_id
     WHERE tariff.uid = $1 ORDER BY first_day`,
    [tariffId],
  );
  return rows.map((row) => ({ ...row, document: tariffDocument.parse(row.document) }));
}

/** @returns the id, or undefined when the municipality has a tariff of the name */
export async function insertTariff(
  manager: EntityManager,
  municipalityId: string,
  name: string,
): Promise<string | undefined> {
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO monitoring.tariff (uid, municipality_id, name)
     SELECT $1, id, $3 FROM monitoring.municipality WHERE uid = $2
     ON CONFLICT (municipality_id, name) DO NOTHING RETURNING uid AS id`,
    [uuid(), municipalityId, name],
  );
  return rows[0]?.id;
}

/** Whoever changes a tariff or its versions, or has a site billed by it, goes one after the other. */
export async function lockTariff(manager: EntityManager, id: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(`SELECT 1 FROM monitoring.tariff WHERE uid = $1 FOR UPDATE`, [
    id,
  ]);
  return rows.length > 0;
}

export async function isTariffNameTaken(manager: EntityManager, id: string, name: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM monitoring.tariff AS other JOIN monitoring.tariff USING (municipality_id)
     WHERE tariff.uid = $1 AND other.uid <> $1 AND other.name = $2`,
    [id, name],
  );
  return rows.length > 0;
}

export async function updateTariff(manager: EntityManager, id: string, name: string): Promise<void> {
  await manager.query(`UPDATE monitoring.tariff SET name = $2 WHERE uid = $1`, [id, name]);
}

export async function deleteTariff(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`DELETE FROM monitoring.tariff WHERE uid = $1`, [id]);
}
