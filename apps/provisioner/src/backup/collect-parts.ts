import { chmod, copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '#libs/errors';
import type { Context } from '../commands/context.js';
import type { Docker } from '../docker/docker.js';
import { listVolumes, readVolume, type VolumeWork } from '../docker/volumes.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { sftpFolder } from '../sftp/tenant-sftp.js';
import { exists } from '../tenants/tenant-folder.js';
import type { Tenant } from '../tenants/tenant.js';
import { withDatabase } from './database-server.js';
import { dumpDatabase } from './dump-database.js';
import { files, type Manifest } from './manifest.js';
import { saveRoles } from './roles.js';
import { backedUpVolumes, imagesOf, sftpFiles } from './tenant-parts.js';

/**
 * Puts the parts of an archive into its folder: files, volumes, roles, dump. The tenant goes on meanwhile. Database and
 * counts are of one snapshot. Volumes are read before it in whole, and after it once more what has changed: every file
 * that a row names is there, and a file that was imported after the snapshot is still where it waits for its import.
 */
export async function collectParts(
  context: Context,
  run: TenantRun,
  tenant: Tenant,
  folder: string,
): Promise<Pick<Manifest, 'database' | 'volumes'>> {
  const { docker } = context;
  await copyTenantFiles(tenant, folder);
  return withDatabase(context, tenant.slug, async (server) => {
    const { portal: image } = imagesOf(context.config, tenant);
    const volumes = (await presentVolumes(docker, tenant.slug)).map((name) => ({
      name,
      work: { slug: tenant.slug, volume: `${tenant.slug}_${name}`, image },
    }));
    const uploads = await sftpFolder(context.config.root, tenant.slug);
    const works =
      uploads === undefined
        ? volumes
        : [...volumes, { name: sftpFiles, work: { slug: tenant.slug, volume: uploads, image } }];
    run.step('reading the volumes');
    // A little earlier, for file systems whose times are coarse.
    const begunSeconds = Math.floor(Date.now() / 1_000) - 2;
    await readVolumes(docker, works, folder, 0);
    run.step('dumping the database');
    await saveRoles(docker, server, folder);
    const database = await dumpDatabase(docker, server, folder);
    run.step('reading what has changed in the volumes');
    await readVolumes(docker, works, folder, 1, begunSeconds);
    return { database, volumes: works.map(({ name }) => name) };
  });
}

/** @throws CodedError BACKUP_INCOMPLETE for a stack that has never run: it has nothing to lose yet */
async function presentVolumes(docker: Docker, slug: string): Promise<string[]> {
  const present = await listVolumes(docker, `com.docker.compose.project=${slug}`);
  const missing = backedUpVolumes.filter((name) => !present.includes(`${slug}_${name}`));
  if (missing.length === 0) return backedUpVolumes;
  const detail = `the stack has never been started in whole; missing are ${missing.join(', ')}`;
  throw new CodedError('BACKUP_INCOMPLETE', { detail });
}

async function readVolumes(
  docker: Docker,
  works: readonly { name: string; work: VolumeWork }[],
  folder: string,
  pass: 0 | 1,
  sinceSeconds?: number,
): Promise<void> {
  await mkdir(path.join(folder, 'volumes'), { mode: 0o700, recursive: true });
  for (const { name, work } of works) {
    const outputFile = path.join(folder, files.volume(name)[pass]);
    await docker.run(readVolume(work, sinceSeconds), { outputFile });
  }
}

async function copyTenantFiles(tenant: Tenant, folder: string): Promise<void> {
  await mkdir(path.join(folder, 'tenant'), { mode: 0o700 });
  for (const name of ['tenant.yaml', '.env', 'compose.override.yaml']) {
    if (!(await exists(path.join(tenant.folder, name)))) continue;
    const copy = path.join(folder, files.tenant(name));
    await copyFile(path.join(tenant.folder, name), copy);
    // It holds secrets, or stands beside them.
    await chmod(copy, 0o600);
  }
}
