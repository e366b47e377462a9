import { CodedError } from '#libs/errors';
import type { BackupArchive } from '../backup/archive.js';
import { readyArchive, restoreDatabase } from '../backup/restore-database.js';
import { storeOf } from '../backup/stores/store-of.js';
import type { Context } from '../commands/context.js';
import { imageNames, type Release } from '../releases/release.js';
import { restoreFiles } from '../releases/restore-files.js';
import { keepReplaced, saveRelease } from '../releases/release-store.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { readTenant } from '../tenants/tenant.js';
import { bringUp, bringUpDatabaseAlone } from './bring-up.js';
import { imageId } from './ensure-images.js';
import { schemaState } from './tenant-state.js';
import { verifyChange } from './verify-change.js';

/** What a rollback works with. */
export interface RollbackTerms {
  release: Release;
  waitSeconds: number;
}

/**
 * Brings a tenant to where it was before the release: files and images, and the database where migrations have run
 * since. Cut off and called again it comes to the same.
 * @throws CodedError ROLLBACK_FAILED; the release stays `rolling-back` then
 */
export async function rollBackTenant(
  context: Context,
  run: TenantRun,
  { release, waitSeconds }: RollbackTerms,
): Promise<{ databaseRestored: boolean }> {
  const tenant = await readTenant(context.config, run.slug);
  await saveRelease(tenant.folder, { ...release, phase: 'rolling-back' });
  // Told, but no places to stop at: half a rollback is worth nothing.
  const uninterrupted: TenantRun = {
    slug: run.slug,
    step: (text) => context.output.note(`${run.slug}: ${text}`),
  };
  try {
    uninterrupted.step('rolling back');
    await keepReplaced(tenant.folder, release.id);
    await restoreFiles(tenant, release.id, await pinsOf(context, release));
    await bringUpDatabaseAlone(context, tenant, waitSeconds);
    const databaseRestored = await isDatabaseChanged(context, run.slug, release);
    if (databaseRestored) await restore(context, uninterrupted, release);
    await bringUp(context, tenant, waitSeconds);
    await verifyChange(context, run.slug, release.wrongBefore);
    await saveRelease(tenant.folder, {
      ...release,
      phase: 'rolled-back',
      finishedAt: new Date().toISOString(),
    });
    return { databaseRestored };
  } catch (error) {
    const { message } = context.output.describe(error);
    throw new CodedError('ROLLBACK_FAILED', { detail: `${run.slug}: ${message}`, cause: error });
  }
}

/** Whether the images of before the release could not work with the database as it is now. */
export async function isDatabaseChanged(
  context: Pick<Context, 'docker'>,
  slug: string,
  { before, extensionChanged }: Release,
): Promise<boolean> {
  // Then the old image's server may not be able to open it at all.
  if (extensionChanged) return true;
  const { migrations } = await schemaState(context, slug);
  return migrations.join() !== before.database.migrations.join();
}

const variables = { portal: 'PORTAL_IMAGE', timescaledb: 'TIMESCALE_IMAGE', grafana: 'GRAFANA_IMAGE' };

/** Where a tag was moved since, the image that ran is named by its id. */
async function pinsOf({ docker }: Context, { before }: Release): Promise<Record<string, string>> {
  const pins: Record<string, string> = {};
  for (const name of imageNames) {
    const ran = before.imageIds[name];
    if (ran !== undefined && (await imageId(docker, before.images[name])) !== ran)
      pins[variables[name]] = ran;
  }
  return pins;
}

async function restore(context: Context, run: TenantRun, release: Release): Promise<void> {
  await restoreDatabase(context, run, archiveOf(release));
}

/**
 * Looks whether the backup is there and whole, while the tenant still runs.
 * @throws CodedError ARCHIVE_NOT_FOUND, ARCHIVE_INVALID, ARCHIVE_MISMATCH
 */
export async function checkBackup({ config }: Context, run: TenantRun, release: Release): Promise<void> {
  const archive = archiveOf(release);
  await storeOf(config, archive.store).open(archive, (folder) => readyArchive(run, folder));
}

function archiveOf({ backup, id }: Release): BackupArchive {
  if (backup !== undefined) {
    const { verifiedAt, ...archive } = backup;
    return { ...archive, ...(verifiedAt !== undefined && { verifiedAt }) };
  }
  const detail = `migrations have run since the release ${id}, before which the database was not backed up`;
  throw new CodedError('ARCHIVE_NOT_FOUND', { detail });
}
