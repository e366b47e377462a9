import { CodedError } from '#libs/errors';
import type { Context } from '../commands/context.js';
import { startStack } from '../commands/up.js';
import { compose } from '../docker/compose.js';
import { sftpTarget } from '../sftp/tenant-sftp.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { readTenant, type Tenant } from '../tenants/tenant.js';
import type { BackupArchive } from './archive.js';
import type { DatabaseServer } from './database-server.js';
import type { Manifest } from './manifest.js';
import { dropDatabases, loadBeside, readyArchive, stopReaders } from './restore-database.js';
import { restoreFolder } from './restore-folder.js';
import { RestoreRecord } from './restore-record.js';
import { keptVolumes, restoreVolumes } from './restore-volumes.js';
import type { Store } from './stores/store.js';
import { beforeName, isEmpty, keptDatabases, setOwnerPassword, swapDatabases } from './swap-databases.js';
import { imagesOf } from './tenant-parts.js';

const waitSeconds = 300;

/** What a restore has left beside: the names of what the tenant had before. */
export interface Restored {
  /** True when the tenant's folder was not there and was made from the archive. */
  isRecreated: boolean;
  keptDatabases: string[];
  keptVolumes: string[];
}

/**
 * Brings a tenant back as an archive has it: folder where there is none, database and volumes. Work of a tenant's run.
 * Everything is checked, and the database restored beside and compared, before the first thing is replaced.
 * @throws CodedError ARCHIVE_INVALID, ARCHIVE_MISMATCH, RESTORE_DIFFERS: nothing was replaced; DOCKER_FAILED
 */
export async function restoreTenant(
  context: Context,
  run: TenantRun,
  store: Store,
  archive: BackupArchive,
): Promise<Restored> {
  return store.open(archive, async (folder) => {
    const manifest = await readyArchive(run, folder);
    const isRecreated = await restoreFolder(context.config, run, folder);
    const tenant = await readTenant(context.config, run.slug);
    const server = await loadBeside(context, run, folder, manifest);
    const record = await replace(context, run, { tenant, server, folder, manifest });
    await startStack(context, toTheEnd(run), waitSeconds);
    const kept = await dropOlder(context, server, run.slug, record.stamp);
    await record.end();
    return { isRecreated, ...kept };
  });
}

/** Ctrl-C waits from the moment on in which portal and Grafana stop: a tenant is not left so. */
function toTheEnd(run: TenantRun): TenantRun {
  const step = (text: string) => {
    try {
      run.step(text);
    } catch (error) {
      if (!(error instanceof CodedError && error.code === 'INTERRUPTED')) throw error;
    }
  };
  return { ...run, step };
}

/** The short time in which portal and Grafana are stopped. */
async function replace(
  context: Context,
  run: TenantRun,
  archive: { tenant: Tenant; server: DatabaseServer; folder: string; manifest: Manifest },
): Promise<RestoreRecord> {
  const { docker, config } = context;
  const { tenant, server, folder, manifest } = archive;
  // Volumes of a stack that is new here are made the way Compose makes them, with their owners.
  await docker.run(compose(tenant.folder, 'up', '--no-start', '--no-recreate', '--no-build'));
  await stopReaders(context, run);
  toTheEnd(run).step('putting database and volumes in place');
  const record = await RestoreRecord.begin(config.root, run.slug, !(await isEmpty(docker, server)));
  const before = beforeName(record.stamp);
  await swapDatabases(docker, server, before);
  const image = imagesOf(config, tenant).portal;
  const uploads = await sftpTarget(config.root, run.slug);
  await restoreVolumes(docker, record, { slug: run.slug, folder, manifest, image, uploads });
  if (!record.keeps) await dropDatabases(context, server, (name) => name === before);
  await setOwnerPassword(docker, server, tenant.secrets.DATABASE_PASSWORD ?? '');
  return record;
}

/** What restores before this one have kept goes now that this one is done. */
async function dropOlder(
  context: Context,
  server: DatabaseServer,
  slug: string,
  stamp: string,
): Promise<{ keptDatabases: string[]; keptVolumes: string[] }> {
  const isOfThis = (name: string) => name.endsWith(`_before_${stamp.toLowerCase()}`);
  return dropKept(context, server, slug, (name) => !isOfThis(name));
}

/** Removes those databases and volumes kept by restores which are `chosen`. @returns what stays */
export async function dropKept(
  context: Context,
  server: DatabaseServer,
  slug: string,
  chosen: (name: string) => boolean,
): Promise<{ keptDatabases: string[]; keptVolumes: string[] }> {
  const { docker } = context;
  await dropDatabases(context, server, chosen);
  for (const volume of (await keptVolumes(docker, slug)).filter(chosen)) {
    await docker.run(['volume', 'rm', volume]);
  }
  return {
    keptDatabases: await keptDatabases(docker, server),
    keptVolumes: await keptVolumes(docker, slug),
  };
}
