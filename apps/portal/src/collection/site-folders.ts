import type { DataSource, EntityManager } from 'typeorm';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import { registerEmptySite } from '../sites/catalogue.js';
import { mayCreate } from '../sites/import-policy.service.js';
import type { SourceKind } from './file-store.js';

/**
 * Creates the sites of folders that were never seen before, with or without files in them. Once only: a site that is deleted in the
 * portal does not come back with its folder. Where the import policy is to create nothing, folders wait until it allows that.
 * @returns names of the sites that were created
 */
export async function registerSiteFolders(
  dataSource: DataSource,
  source: SourceKind,
  names: readonly string[],
  timeZone: string,
): Promise<string[]> {
  const created: string[] = [];
  if (names.length === 0 || !(await mayCreate(dataSource.manager))) return created;
  for (const name of await selectUnseen(dataSource, source, names)) {
    const isNew = await dataSource.transaction((manager) => register(manager, source, name, timeZone));
    if (isNew) created.push(name);
  }
  return created;
}

async function register(
  manager: EntityManager,
  source: SourceKind,
  name: string,
  timeZone: string,
): Promise<boolean> {
  const outbox = await OutboxWriter.open(manager);
  await manager.query(
    `INSERT INTO monitoring.collected_site_folder (source, name) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [source, name],
  );
  if (await wasImported(manager, name)) return false;
  const site = await registerEmptySite(manager, name, timeZone);
  if (site === undefined) return false;
  await outbox?.announce({ sites: [site], devices: [], channels: [] });
  return true;
}

/** Its files have made the site before folders were remembered; when it is gone, somebody has deleted it. */
async function wasImported(manager: EntityManager, name: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM monitoring.import_file WHERE site = $1 AND status = 'imported' LIMIT 1`,
    [name],
  );
  return rows.length > 0;
}

async function selectUnseen(
  dataSource: DataSource,
  source: SourceKind,
  names: readonly string[],
): Promise<string[]> {
  const rows: { name: string }[] = await dataSource.query(
    `SELECT name FROM unnest($2::text[]) AS listed (name)
     WHERE NOT EXISTS (SELECT FROM monitoring.collected_site_folder AS seen
       WHERE source = $1 AND seen.name = listed.name)`,
    [source, names],
  );
  return rows.map(({ name }) => name);
}
