import { CodedError, type InputProblem } from '#libs/errors';
import { hasChanges } from '#libs/stack';
import { applyTenant } from '../plans/apply-tenant.js';
import { confirmDataLoss } from '../plans/confirm-data-loss.js';
import { planDigests, readPlanFile, staleness, type PlanFile } from '../plans/plan-file.js';
import { planTenants } from '../plans/plan-tenants.js';
import { runTenants } from '../rollout/run-tenants.js';
import { ComposeCheck } from '../tenants/check-compose.js';
import { confirming, type ConfirmOptions } from './confirm.js';
import { many, manyTenants, shared, type Context, type ManyOptions, type Register } from './context.js';

interface ApplyOptions extends ManyOptions, ConfirmOptions {
  plan?: string;
}

export const registerApply: Register = (program, start) => {
  const command = program
    .command('apply')
    .summary('write what plan shows')
    .description(
      'Renders tenants again and writes the files that changed. Their secrets stay. Starts nothing: up ' +
        'does. What would take data away from a stack is written only after a yes. Docker Compose is asked ' +
        'before anything is written.',
    );
  confirming(many(command, 8)).option(
    '--plan <file>',
    'what plan --out kept, as long as nothing has changed since',
  );
  shared(command, ['apply ABC0001', 'apply --plan upgrade.plan --yes --json']).action(start(apply));
};

async function apply(context: Context, options: ApplyOptions, codes: string[]): Promise<number> {
  const planFile = await givenPlan(context, options, codes);
  const named = planFile === undefined ? codes : Object.keys(planFile.tenants);
  const tenants = await manyTenants(context, 'apply', options, named);
  if (planFile !== undefined) await refuseStale(context, planFile);
  const agreed = await confirmDataLoss(context, tenants.slugs, options);
  const compose = new ComposeCheck(context.docker);
  return runTenants(context, {
    ...tenants,
    work: (run) => applyTenant(context, run, { planFile, agreed, compose }),
  });
}

async function givenPlan(
  { config }: Context,
  { plan, all, selector, resume }: ApplyOptions,
  codes: readonly string[],
): Promise<PlanFile | undefined> {
  if (plan === undefined) return undefined;
  if (codes.length > 0 || all || selector !== undefined || resume) {
    const message = 'names the tenants itself: leave codes, --all, --selector and --resume out';
    throw new CodedError('USAGE', { problems: [{ path: '--plan', message }] });
  }
  return readPlanFile(plan, config);
}

/** All of it or nothing: what was looked at as one is not written in part. Each is looked at again under its lock. */
async function refuseStale({ config, output }: Context, planFile: PlanFile): Promise<void> {
  const problems: InputProblem[] = [];
  const slugs = Object.keys(planFile.tenants);
  for await (const planned of planTenants(config, slugs, (error) => output.describe(error), {
    diffs: false,
  })) {
    const { slug } = planned;
    if (planned.error !== undefined) {
      problems.push({ path: slug, message: planned.error.message });
      continue;
    }
    const { tenant, plan } = planned;
    problems.push(
      ...staleness(slug, planFile.tenants[slug], planDigests(tenant, plan), hasChanges(plan.files)),
    );
  }
  if (problems.length > 0) throw new CodedError('PLAN_STALE', { problems });
}
