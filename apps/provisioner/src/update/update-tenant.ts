import { readFile } from 'node:fs/promises';
import { CodedError } from '#libs/errors';
import { backupTenant } from '../backup/backup-tenant.js';
import type { Context } from '../commands/context.js';
import { waitForLeftoverWork } from '../docker/leftover-work.js';
import { imageNames, releaseId, type Release, type ServiceImages } from '../releases/release.js';
import { beginRelease, saveRelease, unfinishedRelease } from '../releases/release-store.js';
import type { Done, TenantRun } from '../rollout/run-tenants.js';
import { refuseUnfinishedRotation } from '../rotate/rotation-journal.js';
import { ComposeCheck } from '../tenants/check-compose.js';
import { planTenant, readTenant, type Tenant } from '../tenants/tenant.js';
import { writeFiles } from '../tenants/tenant-folder.js';
import { writeChanges } from '../tenants/write-changes.js';
import { bringUp, bringUpDatabaseAlone, needsExtensionUpdate, updateExtension } from './bring-up.js';
import { describeImages, isOther, isUpToDate } from './compare-images.js';
import type { GivenImages } from './parse-images.js';
import { refuseOtherMajor } from './refuse-other-major.js';
import { rollBackTenant } from './roll-back-tenant.js';
import { setImages } from './set-images.js';
import { currentImages, fileOf, runningImageIds, tenantSide } from './tenant-state.js';
import { verifyChange, wrongChecks } from './verify-change.js';

export interface UpdateTerms {
  images: GivenImages;
  waitSeconds: number;
}

/**
 * Updates one tenant to the images, or goes on where a killed run has left it. A failure leaves it as it was before.
 * @throws CodedError UPDATE_ROLLED_BACK, ROLLBACK_FAILED, and whatever happens before anything is changed
 */
export async function updateTenant(context: Context, run: TenantRun, terms: UpdateTerms): Promise<Done> {
  const { slug } = run;
  run.step('looking');
  const tenant = await readTenant(context.config, slug);
  await waitForLeftoverWork(tenant.folder, terms.waitSeconds);
  await refuseUnfinishedRotation(tenant.folder, slug);
  const left = await unfinishedRelease(tenant.folder);
  if (left !== undefined && !goesOn(left, terms)) return takeBack(context, run, left, terms);
  const images = { ...currentImages(context, tenant), ...terms.images };
  if (left === undefined && (await isUpToDate(context, tenant, images))) return { detail: 'up to date' };
  if (left === undefined && Object.keys(await runningImageIds(context, slug)).length === 0)
    return { detail: 'not updated: it does not run', next: `wattfleet up ${slug}` };
  const release = left ?? (await begin(context, run, tenant, images));
  return change(context, run, release, terms);
}

async function change(
  context: Context,
  run: TenantRun,
  release: Release,
  { images, waitSeconds }: UpdateTerms,
): Promise<Done> {
  const { config } = context;
  const { folder } = await readTenant(config, run.slug);
  let current = release;
  try {
    run.step(`starting ${describeImages(release)}`);
    await writeImages(context, run.slug, images);
    const tenant = await readTenant(config, run.slug);
    if (release.before.images.timescaledb !== release.images.timescaledb) {
      await bringUpDatabaseAlone(context, tenant, waitSeconds);
      if (await needsExtensionUpdate(context, run.slug)) {
        current = { ...release, extensionChanged: true };
        await saveRelease(folder, current);
        await updateExtension(context, run.slug);
      }
    }
    await bringUp(context, tenant, waitSeconds);
    run.step('verifying');
    await verifyChange(context, run.slug, release.wrongBefore);
    const after = await tenantSide(context, await readTenant(config, run.slug));
    await saveRelease(folder, { ...current, phase: 'done', after, finishedAt: new Date().toISOString() });
    return { detail: describeImages(release) };
  } catch (error) {
    if (error instanceof CodedError && error.code === 'INTERRUPTED') throw error;
    const { message } = context.output.describe(error);
    current = { ...current, reason: message };
    const { databaseRestored } = await rollBackTenant(context, run, { release: current, waitSeconds });
    throw rolledBack(current, databaseRestored);
  }
}

/** Everything that must be there before anything is changed: the files, and a backup of what could break. */
async function begin(
  context: Context,
  run: TenantRun,
  tenant: Tenant,
  images: ServiceImages,
): Promise<Release> {
  await refuseDataLoss(context, tenant, images);
  const before = await tenantSide(context, tenant);
  const startedAt = new Date();
  const isOtherDatabase = await isOther(context, before.imageIds['timescaledb'], images.timescaledb);
  if (isOtherDatabase) await refuseOtherMajor(context, tenant.slug, images.timescaledb);
  const touchesData = isOtherDatabase || (await isOther(context, before.imageIds['portal'], images.portal));
  const backup = touchesData ? await backupTenant(context, run, { reason: 'before update' }) : undefined;
  run.step('keeping its files');
  const release: Release = {
    version: 1,
    id: releaseId(startedAt),
    phase: 'changing',
    startedAt: startedAt.toISOString(),
    provisioner: context.config.version,
    images,
    before,
    wrongBefore: await wrongChecks(context, tenant.slug),
    ...(backup !== undefined && { backup }),
    extensionChanged: false,
  };
  await beginRelease(tenant.folder, release);
  return release;
}

/** A template of a newer version may leave a volume out: that is for `apply` to ask about. Docker Compose is asked, too. */
async function refuseDataLoss(
  { config, docker }: Context,
  tenant: Tenant,
  images: ServiceImages,
): Promise<void> {
  const plan = await planTenant(config, { ...tenant, spec: { ...tenant.spec, images } });
  const { dataLoss } = plan.stack;
  if (dataLoss.length > 0) {
    const detail = `${dataLoss.join('; ')}: look with wattfleet plan, and write it with wattfleet apply first`;
    throw new CodedError('DATA_LOSS_UNCONFIRMED', { detail });
  }
  await new ComposeCheck(docker).accepts(tenant.slug, { folder: tenant.folder, ...plan });
}

/** An update that was cut off is gone on with when it was to the same images: its backup is of before these. */
function goesOn(left: Release, terms: UpdateTerms): boolean {
  return left.phase === 'changing' && isTo(left, terms.images);
}

function isTo({ images }: Release, wanted: GivenImages): boolean {
  return imageNames.every((name) => (wanted[name] ?? images[name]) === images[name]);
}

/** Ends what was cut off. Had it begun to roll back by itself, the outcome is the one that it would have had. */
async function takeBack(
  context: Context,
  run: TenantRun,
  release: Release,
  { images, waitSeconds }: UpdateTerms,
): Promise<Done> {
  const { databaseRestored } = await rollBackTenant(context, run, { release, waitSeconds });
  if (release.phase === 'rolling-back' && isTo(release, images)) throw rolledBack(release, databaseRestored);
  return updateTenant(context, run, { images, waitSeconds });
}

async function writeImages({ config }: Context, slug: string, images: GivenImages): Promise<void> {
  const tenant = await readTenant(config, slug);
  const text = await readFile(fileOf(tenant, 'tenant.yaml'), 'utf8');
  const changed = setImages(text, images);
  if (changed !== text)
    await writeFiles(tenant.folder, [{ path: 'tenant.yaml', text: changed, mode: 0o644 }]);
  await writeChanges(config, await readTenant(config, slug));
}

function rolledBack({ reason = '', backup }: Release, databaseRestored: boolean): CodedError {
  const database = databaseRestored ? `; the database is that of ${backup?.createdAt}` : '';
  return new CodedError('UPDATE_ROLLED_BACK', { detail: `${reason}${database}` });
}
