import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { StoredTariffVersion } from '#libs/contracts';

type VersionValues = Omit<StoredTariffVersion, 'id'>;

export async function insertVersion(
  manager: EntityManager,
  tariffId: string,
  { firstDay, lastDay, document }: VersionValues,
): Promise<void> {
  await manager.query(
    `INSERT INTO monitoring.tariff_version (uid, tariff_id, first_day, last_day, document)
     SELECT $1, id, $3, $4, $5 FROM monitoring.tariff WHERE uid = $2`,
    [uuid(), tariffId, firstDay, lastDay, JSON.stringify(document)],
  );
}

export async function updateVersion(
  manager: EntityManager,
  id: string,
  { firstDay, lastDay, document }: VersionValues,
): Promise<void> {
  await manager.query(
    `UPDATE monitoring.tariff_version SET first_day = $2, last_day = $3, document = $4, changed_at = now()
     WHERE uid = $1`,
    [id, firstDay, lastDay, JSON.stringify(document)],
  );
}

/** Ends the version without an end on the day before another begins. */
export async function endOpenVersion(
  manager: EntityManager,
  tariffId: string,
  firstDay: string,
): Promise<void> {
  await manager.query(
    `UPDATE monitoring.tariff_version AS version SET last_day = $2::date - 1, changed_at = now()
     FROM monitoring.tariff
     WHERE tariff.id = tariff_id AND tariff.uid = $1 AND version.last_day IS NULL AND version.first_day < $2::date`,
    [tariffId, firstDay],
  );
}

export async function deleteVersion(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`DELETE FROM monitoring.tariff_version WHERE uid = $1`, [id]);
}
