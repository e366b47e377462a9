import { CodedError } from '#libs/errors';
import type { Context } from '../commands/context.js';
import { compose } from '../docker/compose.js';
import { waitForLeftoverWork } from '../docker/leftover-work.js';
import { removeScratch } from '../docker/scratch.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import { checkArchive } from './archive-parts.js';
import type { BackupArchive } from './archive.js';
import { startDatabase, type DatabaseServer } from './database-server.js';
import { checkServer, dropDatabase, loadDump } from './load-dump.js';
import type { Manifest } from './manifest.js';
import { RestoreRecord } from './restore-record.js';
import { storeOf } from './stores/store-of.js';
import { beforeName, besideName, keptDatabases, swapDatabases } from './swap-databases.js';

const leftoverSeconds = 300;

/**
 * Puts the database of an archive in the place of the tenant's: restored beside, compared with the manifest, then the
 * names are swapped while portal and Grafana are stopped. They stay stopped: `startStack` follows. Files and volumes
 * stay as they are. Work of a tenant's run: its lock is held. Cut off and called again it comes to the same.
 * @returns name of the database that the tenant had before, which is kept until the next restore
 * @throws CodedError ARCHIVE_INVALID, ARCHIVE_MISMATCH, RESTORE_DIFFERS, DOCKER_FAILED; the running database is untouched
 * then
 */
export async function restoreDatabase(
  context: Context,
  run: TenantRun,
  archive: BackupArchive,
): Promise<string> {
  const { config, docker } = context;
  return storeOf(config, archive.store).open(archive, async (folder) => {
    const manifest = await readyArchive(run, folder);
    const server = await loadBeside(context, run, folder, manifest);
    await stopReaders(context, run);
    const record = await RestoreRecord.begin(config.root, run.slug, true);
    const before = beforeName(record.stamp);
    await swapDatabases(docker, server, before);
    await dropDatabases(context, server, (name) => name !== before);
    await record.end();
    return before;
  });
}

/** Checks all of an archive before anything is changed. @throws CodedError ARCHIVE_INVALID, ARCHIVE_MISMATCH */
export async function readyArchive(run: TenantRun, folder: string): Promise<Manifest> {
  run.step('checking the backup');
  const manifest = await checkArchive(folder);
  if (manifest.code.toLowerCase() === run.slug) return manifest;
  const message = `is ${manifest.code}: the backup is another tenant's`;
  throw new CodedError('ARCHIVE_MISMATCH', { detail: folder, problems: [{ path: 'code', message }] });
}

/** Restores the database beside the tenant's own, and compares it. The tenant goes on meanwhile. */
export async function loadBeside(
  context: Context,
  run: TenantRun,
  folder: string,
  manifest: Manifest,
): Promise<DatabaseServer> {
  const { docker } = context;
  run.step('starting the database');
  // What a run that was killed has started goes on without it.
  await waitForLeftoverWork(tenantFolder(context.config.root, run.slug).folder, leftoverSeconds);
  await removeScratch(docker, run.slug);
  const server = await startDatabase(context, run.slug);
  await checkServer(docker, server, manifest);
  run.step('restoring the database beside the running one');
  await loadDump(docker, server, { folder, manifest, database: besideName });
  return server;
}

/** From here on a run that is cut off leaves the portal stopped, and the next one goes on. */
export async function stopReaders({ config, docker }: Context, run: TenantRun): Promise<void> {
  run.step('stopping portal and Grafana');
  const { folder } = tenantFolder(config.root, run.slug);
  await docker.run(compose(folder, 'stop', 'portal', 'grafana'));
}

/** Drops those of the databases that restores have kept which are `chosen`. */
export async function dropDatabases(
  { docker }: Pick<Context, 'docker'>,
  server: DatabaseServer,
  chosen: (name: string) => boolean,
): Promise<string[]> {
  const dropped = (await keptDatabases(docker, server)).filter(chosen);
  for (const name of dropped) await dropDatabase(docker, server, name);
  return dropped;
}
