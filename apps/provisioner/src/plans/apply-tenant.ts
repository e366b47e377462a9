import { CodedError } from '#libs/errors';
import { hasChanges } from '#libs/stack';
import type { Context } from '../commands/context.js';
import type { Done, TenantRun } from '../rollout/run-tenants.js';
import type { ComposeCheck } from '../tenants/check-compose.js';
import { planTenant, readTenant } from '../tenants/tenant.js';
import { writePlanned } from '../tenants/write-changes.js';
import type { Agreed } from './confirm-data-loss.js';
import { planDigests, staleness, type PlanFile } from './plan-file.js';

/** What has been decided for all tenants of an apply. */
export interface ApplyTerms {
  /** What was looked at before, when it was. */
  planFile: PlanFile | undefined;
  agreed: Agreed;
  compose: ComposeCheck;
}

/**
 * Writes what changed of one tenant, once everything that speaks against it has been looked at.
 * @throws CodedError PLAN_STALE, DATA_LOSS_UNCONFIRMED, COMPOSE_REJECTED; nothing is written then
 */
export async function applyTenant(
  { config, output }: Pick<Context, 'config' | 'output'>,
  { slug, step }: TenantRun,
  { planFile, agreed, compose }: ApplyTerms,
): Promise<Done> {
  step('planning');
  const tenant = await readTenant(config, slug);
  const plan = await planTenant(config, tenant, { diffs: false });
  if (planFile !== undefined) {
    const problems = staleness(
      slug,
      planFile.tenants[slug],
      planDigests(tenant, plan),
      hasChanges(plan.files),
    );
    if (problems.length > 0) throw new CodedError('PLAN_STALE', { detail: describe(problems) });
  }
  const { dataLoss } = plan.stack;
  if (dataLoss.length > 0 && !agreed(slug)) {
    throw new CodedError('DATA_LOSS_UNCONFIRMED', { detail: dataLoss.join('; ') });
  }
  if (hasChanges(plan.files)) {
    const isChecked = await compose.accepts(slug, { ...tenant, ...plan });
    if (!isChecked) output.note(`${slug}: there is no Docker Compose here to check compose.yaml with`);
    step('writing');
  }
  const written = await writePlanned(tenant.folder, plan);
  if (written.length === 0) return { detail: 'no changes' };
  const why = plan.causes.length === 0 ? '' : ` (${plan.causes.join('; ')})`;
  return { detail: `written: ${written.join(', ')}${why}`, next: `wattfleet up ${slug}` };
}

function describe(problems: ReturnType<typeof staleness>): string {
  return problems.map(({ message }) => message).join('; ');
}
