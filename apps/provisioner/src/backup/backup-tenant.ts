import { rm } from 'node:fs/promises';
import type { Context } from '../commands/context.js';
import { removeScratch } from '../docker/scratch.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { readTenant } from '../tenants/tenant.js';
import { archiveId, type BackupArchive } from './archive.js';
import { checkArchive, sealArchive } from './archive-parts.js';
import { collectParts } from './collect-parts.js';
import { manifestFormat } from './manifest.js';
import { expired } from './retention.js';
import { storeOf } from './stores/store-of.js';
import { imagesOf } from './tenant-parts.js';

export interface BackupOptions {
  /** Why it is made, for people who read the list: `by hand`, `before update`. */
  reason: string;
  /** Where to; what `tenant.yaml` says unless given. */
  to?: string | undefined;
}

/**
 * Makes a complete, checked archive of a tenant that runs or not, and then removes those that `backup.keep` does not
 * keep. Work of a tenant's run: its lock is held.
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
    const collected = await collectParts(context, run, tenant, draft);
    run.step('checking the backup');
    await sealArchive(draft, {
      format: manifestFormat,
      id,
      code: tenant.spec.code,
      createdAt: createdAt.toISOString(),
      reason,
      version: context.config.version,
      images: imagesOf(context.config, tenant),
      ...collected,
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
