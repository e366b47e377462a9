import type { Context } from '../commands/context.js';
import { compose, composeUp } from '../docker/compose.js';
import { noLimit, TenantDatabase } from '../docker/tenant-database.js';
import { exists } from '../tenants/tenant-folder.js';
import type { Tenant } from '../tenants/tenant.js';

/** Brings the running stack after its files, and waits until it is healthy. */
export async function bringUp({ docker }: Context, { folder }: Tenant, waitSeconds: number): Promise<void> {
  await docker.run(composeUp(folder, waitSeconds));
}

/** The database alone: nobody reads or writes it. */
export async function bringUpDatabaseAlone(
  { docker }: Context,
  { folder }: Tenant,
  waitSeconds: number,
): Promise<void> {
  // Where there is no file of it there was never a stack, and nothing to stop.
  if (await exists(folder)) await docker.run(compose(folder, 'stop', 'portal', 'grafana'));
  await docker.run(composeUp(folder, waitSeconds, ['timescaledb']));
}

/** Whether the image brings another TimescaleDB than the tenant's database is of. */
export async function needsExtensionUpdate({ docker }: Context, slug: string): Promise<boolean> {
  const statement = `SELECT installed_version <> default_version FROM pg_available_extensions WHERE name = 'timescaledb';`;
  const [row] = await new TenantDatabase(docker, slug).run(statement);
  return row?.[0] === 't';
}

/** Brings TimescaleDB's own catalogue to the version of the image. First statement of its session, as it must be. */
export async function updateExtension({ docker }: Context, slug: string): Promise<void> {
  await new TenantDatabase(docker, slug).run('ALTER EXTENSION timescaledb UPDATE;', noLimit);
}
