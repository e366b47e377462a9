import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CodedError } from '#libs/errors';
import { tenantDatabase } from '#libs/stack';
import type { Context } from '../commands/context.js';
import type { Docker } from '../docker/docker.js';
import { removeScratch, scratchRun } from '../docker/scratch.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import type { BackupArchive } from './archive.js';
import { DatabaseServer } from './database-server.js';
import { checkServer, loadDump } from './load-dump.js';
import { files, type Manifest } from './manifest.js';
import { readyArchive } from './restore-database.js';
import type { Store } from './stores/store.js';
import { besideName } from './swap-databases.js';

const readySeconds = 180;

/**
 * Restores an archive into a scratch server that has no network and is removed afterwards, compares row counts and
 * checksums with the manifest, reads the volumes, and marks the archive verified.
 * @throws CodedError ARCHIVE_INVALID, ARCHIVE_MISMATCH, RESTORE_DIFFERS, DOCKER_FAILED
 */
export async function verifyArchive(
  context: Context,
  run: TenantRun,
  store: Store,
  archive: BackupArchive,
): Promise<{ archive: BackupArchive; manifest: Manifest }> {
  const { docker } = context;
  const manifest = await store.open(archive, async (folder) => {
    const checked = await readyArchive(run, folder);
    await removeScratch(docker, run.slug);
    try {
      run.step('reading the volumes of the backup');
      await readVolumes(docker, run.slug, folder, checked);
      run.step('starting a scratch database');
      const server = await startScratch(docker, run.slug, checked.images.timescaledb);
      await checkServer(docker, server, checked);
      run.step('restoring into the scratch database');
      await loadDump(docker, server, { folder, manifest: checked, database: besideName });
      return checked;
    } finally {
      await removeScratch(docker, run.slug);
    }
  });
  return { archive: await store.markVerified(archive, new Date().toISOString()), manifest };
}

async function readVolumes(docker: Docker, slug: string, folder: string, manifest: Manifest): Promise<void> {
  const list = ['tar', '--list', '--gzip', '--file=-'];
  for (const part of manifest.volumes.flatMap(files.volume)) {
    const args = [...scratchRun(slug, '--interactive', manifest.images.portal), ...list];
    await docker.run(args, { inputFile: path.join(folder, part) });
  }
}

async function startScratch(docker: Docker, slug: string, image: string): Promise<DatabaseServer> {
  const environment = {
    POSTGRES_DB: tenantDatabase.name,
    POSTGRES_USER: tenantDatabase.user,
    // Of a server that nobody can reach and that lives for minutes.
    POSTGRES_PASSWORD: randomUUID(),
    TIMESCALEDB_TELEMETRY: 'off',
  };
  const options = [
    '--detach',
    '--user=70:70',
    '--read-only',
    '--tmpfs=/tmp:mode=1777',
    '--tmpfs=/var/run/postgresql:mode=1777',
    '--shm-size=256m',
    '--volume=/var/lib/postgresql/data',
    ...Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`),
  ];
  const server = new DatabaseServer(await docker.run(scratchRun(slug, ...options, image)));
  const deadline = Date.now() + readySeconds * 1_000;
  // Over TCP: while it sets itself up the server listens on its socket only.
  const ask = server.exec('pg_isready', '--host=127.0.0.1', '--quiet');
  while (!(await succeeds(docker, ask))) {
    if (Date.now() > deadline) {
      throw new CodedError('DOCKER_FAILED', {
        detail: `a scratch database of ${image} did not become ready`,
      });
    }
    await setTimeout(500);
  }
  return server;
}

async function succeeds(docker: Docker, args: string[]): Promise<boolean> {
  return docker.run(args).then(
    () => true,
    () => false,
  );
}
