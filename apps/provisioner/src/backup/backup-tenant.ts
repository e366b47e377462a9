import { copyFile, chmod, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '#libs/errors';
import type { Context } from '../commands/context.js';
import { removeScratch } from '../docker/scratch.js';
import { listVolumes, readVolume } from '../docker/volumes.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { exists } from '../tenants/tenant-folder.js';
import { readTenant, type Tenant } from '../tenants/tenant.js';
import { archiveId, type BackupArchive } from './archive.js';
import { checkArchive, sealArchive } from './archive-parts.js';
import { withDatabase } from './database-server.js';
import { dumpDatabase } from './dump-database.js';
import { files, manifestFormat, type DatabaseContent } from './manifest.js';
import { expired } from './retention.js';
import { saveRoles } from './roles.js';
import { storeOf } from './stores/store.js';
import { backedUpVolumes, imagesOf } from './tenant-parts.js';

export interface BackupOptions {
  /** Why it is made, for people who read the list: `by hand`, `before update`. */
  reason: string;
  /** Where to; what `tenant.yaml` says unless given. */
  to?: string | undefined;
}

/**
 * Makes a complete, checked archive of a tenant that runs or not, and then removes those that `backup.keep` does not
 * keep. Work of a tenant's run: its lock is held.
 *
 * The tenant goes on meanwhile. Database and counts are of one snapshot. Volumes are read before it in whole, and after
 * it once more what has changed: every file that a row names is there, and a file that was imported after the snapshot
 * is still where it waits for its import.
 * @throws CodedError BACKUP_INCOMPLETE, DOCKER_FAILED; nothing that is listed is left behind then
 */
export async function backupTenant(
  context: Context,
  run: TenantRun,
  { reason, to }: BackupOptions,
): Promise<BackupArchive> {
  const tenant = await readTenant(context.config, run.slug);
  const store = storeOf(context.config, to, tenant.spec);
  const createdAt = new Date();
  const id = archiveId(tenant.slug, createdAt);
  await removeScratch(context.docker, tenant.slug);
  const draft = await store.draft(tenant.slug, id);
  try {
    const { content, volumes } = await collect(context, run, tenant, draft);
    run.step('checking the backup');
    await sealArchive(draft, {
      format: manifestFormat,
      id,
      code: tenant.spec.code,
      createdAt: createdAt.toISOString(),
      reason,
      version: context.config.version,
      images: imagesOf(context.config, tenant),
      database: content,
      volumes,
    });
    await checkArchive(draft);
    run.step(`storing the backup in ${store.name}`);
    const archive = await store.put(draft, tenant.slug, id);
    for (const old of expired(await store.list(tenant.slug), tenant.spec.backup.keep))
      await store.remove(old);
    return archive;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function collect(
  context: Context,
  run: TenantRun,
  tenant: Tenant,
  draft: string,
): Promise<{ content: DatabaseContent; volumes: string[] }> {
  const { docker } = context;
  await copyTenantFiles(tenant, draft);
  return withDatabase(context, tenant.slug, async (server) => {
    const present = await listVolumes(docker, `com.docker.compose.project=${tenant.slug}`);
    const volumes = backedUpVolumes.filter((name) => present.includes(`${tenant.slug}_${name}`));
    if (volumes.length < backedUpVolumes.length) {
      const detail = `the stack has never been started in whole; missing are ${backedUpVolumes
        .filter((name) => !volumes.includes(name))
        .join(', ')}`;
      throw new CodedError('BACKUP_INCOMPLETE', { detail });
    }
    const image = imagesOf(context.config, tenant).portal;
    await mkdir(path.join(draft, 'volumes'), { mode: 0o700 });
    const read = async (pass: 0 | 1, sinceSeconds?: number) => {
      for (const name of volumes) {
        const work = { slug: tenant.slug, volume: `${tenant.slug}_${name}`, image };
        const outputFile = path.join(draft, files.volume(name)[pass]);
        await docker.run(readVolume(work, sinceSeconds), { outputFile });
      }
    };
    run.step('reading the volumes');
    // A little earlier, for file systems whose times are coarse.
    const begunSeconds = Math.floor(Date.now() / 1_000) - 2;
    await read(0);
    run.step('dumping the database');
    await saveRoles(docker, server, draft);
    const content = await dumpDatabase(docker, server, draft);
    run.step('reading what has changed in the volumes');
    await read(1, begunSeconds);
    return { content, volumes };
  });
}

async function copyTenantFiles({ folder }: Tenant, draft: string): Promise<void> {
  await mkdir(path.join(draft, 'tenant'), { mode: 0o700 });
  for (const name of ['tenant.yaml', '.env', 'compose.override.yaml']) {
    if (!(await exists(path.join(folder, name)))) continue;
    const copy = path.join(draft, files.tenant(name));
    await copyFile(path.join(folder, name), copy);
    // It holds secrets, or stands beside them.
    await chmod(copy, 0o600);
  }
}
