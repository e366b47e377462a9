import type { DataSource, EntityManager } from 'typeorm';
import type { ImportPolicy } from '#libs/contracts';

export async function selectImportPolicy(database: DataSource | EntityManager): Promise<ImportPolicy> {
  const [policy]: ImportPolicy[] = await database.query(
    `SELECT unknown_devices AS "unknownDevices" FROM monitoring.import_policy`,
  );
  return policy ?? { unknownDevices: 'create' };
}

/** @returns the policy before */
export async function updateImportPolicy(
  manager: EntityManager,
  { unknownDevices }: ImportPolicy,
): Promise<ImportPolicy> {
  const [before]: ImportPolicy[] = await manager.query(
    `SELECT unknown_devices AS "unknownDevices" FROM monitoring.import_policy FOR UPDATE`,
  );
  await manager.query(
    `INSERT INTO monitoring.import_policy (unknown_devices) VALUES ($1)
     ON CONFLICT (only_row) DO UPDATE SET unknown_devices = excluded.unknown_devices`,
    [unknownDevices],
  );
  return before ?? { unknownDevices: 'create' };
}

/** Those of the serial numbers that the site has no device for; all of them when there is no such site. */
export async function selectUnknownSerials(
  manager: EntityManager,
  slug: string,
  serials: readonly string[],
): Promise<string[]> {
  const rows: { serial: string }[] = await manager.query(
    `SELECT serial FROM unnest($2::text[]) WITH ORDINALITY AS named (serial, place)
     WHERE NOT EXISTS (SELECT FROM monitoring.device JOIN monitoring.site ON site.id = site_id
       WHERE slug = $1 AND device.serial = named.serial)
     ORDER BY place`,
    [slug, serials],
  );
  return rows.map(({ serial }) => serial);
}
