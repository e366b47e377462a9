import { CodedError } from '#libs/errors';
import { canAsk, askFor, type ConfirmOptions } from '../commands/confirm.js';
import type { Context } from '../commands/context.js';
import { waitForLeftoverWork } from '../docker/leftover-work.js';
import { serviceContainer } from '../docker/service-container.js';
import type { DatabaseState, Release } from '../releases/release.js';
import { readReleases } from '../releases/release-store.js';
import { refuseUnfinishedRotation } from '../rotate/rotation-journal.js';
import { tenantFolder } from '../tenants/tenant-folder.js';
import { isDatabaseChanged } from './roll-back-tenant.js';
import { databaseState } from './tenant-state.js';

/** What a rollback of a tenant would do. */
export interface PlannedRollback {
  slug: string;
  release: Release;
  /** What was written since the backup and would be lost; undefined when the database stays. */
  loss: string | undefined;
}

const leftoverSeconds = 300;

/**
 * Finds the release to be taken back, and what that would cost. Changes nothing.
 * @throws CodedError NO_RELEASE, ROTATION_UNFINISHED, TENANT_STOPPED when nobody can say what would be lost
 */
export async function plannedRollback(context: Context, slug: string): Promise<PlannedRollback> {
  const { folder } = tenantFolder(context.config.root, slug);
  await waitForLeftoverWork(folder, leftoverSeconds);
  await refuseUnfinishedRotation(folder, slug);
  const release = (await readReleases(folder)).find(({ phase }) => phase !== 'rolled-back');
  if (release === undefined) throw new CodedError('NO_RELEASE', { detail: slug });
  // One that was cut off has been agreed to.
  if (release.phase === 'rolling-back') return { slug, release, loss: undefined };
  await serviceContainer(context.docker, slug, 'timescaledb');
  if (!(await isDatabaseChanged(context, slug, release))) return { slug, release, loss: undefined };
  return { slug, release, loss: describeLoss(release, await databaseState(context, slug), Date.now()) };
}

/** @throws CodedError CONFIRMATION_NEEDED, CONFIRMATION_WRONG */
export async function confirmLoss(
  context: Context,
  options: ConfirmOptions,
  planned: readonly PlannedRollback[],
): Promise<void> {
  const losing = planned.filter(({ loss }) => loss !== undefined);
  if (losing.length === 0) return;
  const told = losing.map(({ slug, loss }) => `${slug}: ${loss}`).join('\n');
  if (options.yes) {
    context.output.note(told);
    return;
  }
  if (!canAsk(context, options)) throw new CodedError('CONFIRMATION_NEEDED', { detail: told });
  await askFor(context, { question: told, phrase: 'roll back' });
}

/** `the database goes back to 2026-11-21 20:07 UTC, 3 h ago: 120 rows of measurement written since are lost` */
export function describeLoss({ before, startedAt }: Release, now: DatabaseState, nowMs: number): string {
  const lost = Object.entries(now.rows).flatMap(([table, rows]) => {
    const more = rows - (before.database.rows[table] ?? 0);
    return more > 0 ? [`${more} of ${table}`] : [];
  });
  const minutes = Math.round((nowMs - Date.parse(startedAt)) / 60_000);
  const age = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  const what =
    lost.length === 0 ? 'changes made since are lost' : `rows written since are lost: ${lost.join(', ')}`;
  return `the database goes back to ${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${age} ago; ${what}`;
}
