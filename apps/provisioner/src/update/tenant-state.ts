import path from 'node:path';
import type { Context } from '../commands/context.js';
import { imagesOf } from '../backup/tenant-parts.js';
import { digest } from '../digest.js';
import { listContainers } from '../docker/containers.js';
import { noLimit, TenantDatabase } from '../docker/tenant-database.js';
import type { DatabaseState, ReleaseSide, ServiceImages } from '../releases/release.js';
import { keptFiles } from '../releases/release-store.js';
import type { Tenant } from '../tenants/tenant.js';
import { readCurrent } from '../tenants/tenant-folder.js';

/** What the tenant runs at this moment. */
export async function tenantSide(context: Context, tenant: Tenant): Promise<ReleaseSide> {
  const files = await Promise.all(
    keptFiles.map(async (name) => [name, (await readCurrent(tenant.folder, name))?.text] as const),
  );
  return {
    images: currentImages(context, tenant),
    imageIds: await runningImageIds(context, tenant.slug),
    files: Object.fromEntries(
      files.flatMap(([name, text]) => (text === undefined ? [] : [[name, digest(text)]])),
    ),
    database: await databaseState(context, tenant.slug),
  };
}

/** The images that the tenant's files name. */
export function currentImages({ config }: Context, tenant: Tenant): ServiceImages {
  return imagesOf(config, tenant);
}

/** Ids of the images of the running containers, by service. */
export async function runningImageIds({ docker }: Context, slug: string): Promise<Record<string, string>> {
  const running = (await listContainers(docker, slug)).filter(({ state }) => state === 'running');
  if (running.length === 0) return {};
  const text = await docker.run(['inspect', '--format', '{{.Image}}', ...running.map(({ id }) => id)]);
  const ids = text.split('\n');
  return Object.fromEntries(running.map(({ service }, index) => [service, ids[index] ?? '']));
}

/** What a restore of the database would lose is measured in these. */
const countedTables = ['measurement', 'import_file', 'account', 'audit_event'];

/** Counts exactly, which takes its time on a large database: a backup of it takes longer. */
export async function databaseState(
  { docker }: Pick<Context, 'docker'>,
  slug: string,
): Promise<DatabaseState> {
  const database = new TenantDatabase(docker, slug);
  const tables =
    await database.run(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'monitoring'
    AND table_name IN ('migration', ${countedTables.map((name) => `'${name}'`).join(', ')}) ORDER BY 1;`);
  const present = new Set(tables.flat());
  const counted = countedTables.filter((name) => present.has(name));
  const rows = await database.run(
    counted.map((name) => `SELECT '${name}', count(*) FROM monitoring.${name};`).join('\n'),
    noLimit,
  );
  return {
    ...(await schemaState({ docker }, slug)),
    rows: Object.fromEntries(rows.map(([name = '', count]) => [name, Number(count)])),
  };
}

/** What an older portal or an older TimescaleDB could not work with. */
export async function schemaState(
  { docker }: Pick<Context, 'docker'>,
  slug: string,
): Promise<Pick<DatabaseState, 'migrations' | 'timescaledb'>> {
  const database = new TenantDatabase(docker, slug);
  const [extension] = await database.run(
    `SELECT extversion FROM pg_extension WHERE extname = 'timescaledb';`,
  );
  const known = await database.run(`SELECT to_regclass('monitoring.migration') IS NOT NULL;`);
  const migrations =
    known[0]?.[0] === 't' ? await database.run('SELECT name FROM monitoring.migration ORDER BY id;') : [];
  return { migrations: migrations.map(([name = '']) => name), timescaledb: extension?.[0] ?? '' };
}

/** Where a file of the tenant is. */
export function fileOf(tenant: Pick<Tenant, 'folder'>, name: string): string {
  return path.join(tenant.folder, name);
}
