import { hasChanges, type ServicePlan } from '#libs/stack';
import { planDigests, writePlanFile, type PlanFile } from '../plans/plan-file.js';
import { planTenants, type Planned } from '../plans/plan-tenants.js';
import { selectTenants } from '../tenants/select-tenants.js';
import { planTenant, readTenant } from '../tenants/tenant.js';
import { selecting, shared, type Context, type Register, type SelectionOptions } from './context.js';
import { showPlan, showStack, summary } from './show-plan.js';

interface PlanOptions extends SelectionOptions {
  detailedExitcode?: true;
  diff?: true;
  out?: string;
}

export const registerPlan: Register = (program, start) => {
  const command = program
    .command('plan')
    .summary('show what apply would write, and what it means for the services')
    .description(
      'Renders tenants again and shows which services would be created, changed, recreated or destroyed and ' +
        'why, what data that would cost, and what would change in the files. Secrets show as fingerprints; no ' +
        'tenant is touched. For one tenant named by its code the diffs of the files are shown, too, and ' +
        '--json gives one object; else one line each.',
    );
  selecting(command)
    .option('--detailed-exitcode', 'exit with 2 when changes are pending')
    .option('--diff', 'diffs of the files for several tenants, too')
    .option('--out <file>', 'keep the plan for apply --plan FILE');
  shared(command, ['plan ABC0001', 'plan --all --detailed-exitcode --out upgrade.plan']).action(start(plan));
};

async function plan(context: Context, options: PlanOptions, codes: string[]): Promise<number> {
  const { config } = context;
  const { all, selector, out } = options;
  const slugs = await selectTenants(config, { codes, all, selector });
  const kept: PlanFile['tenants'] = {};
  const isOne = codes.length === 1 && slugs[0] !== undefined;
  const counts = isOne
    ? await planOne(context, slugs[0] ?? '', kept)
    : await planMany(context, slugs, options, kept);
  if (out !== undefined && counts.failed === 0) await writePlanFile(out, config, kept);
  tellNext(context, options, counts, codes);
  if (counts.failed > 0) return counts.failed === slugs.length ? 1 : 3;
  return counts.changed > 0 && options.detailedExitcode ? 2 : 0;
}

interface Counts {
  changed: number;
  failed: number;
}

async function planOne(
  { config, output }: Context,
  slug: string,
  kept: PlanFile['tenants'],
): Promise<Counts> {
  const tenant = await readTenant(config, slug);
  const planned = await planTenant(config, tenant);
  kept[slug] = planDigests(tenant, planned);
  const changes = hasChanges(planned.files);
  output.result(
    told(slug, tenant.folder, planned),
    `${showStack(planned, output.colours)}${showPlan(planned.files, output.colours)}${summary(planned.files)}`,
  );
  return { changed: changes ? 1 : 0, failed: 0 };
}

async function planMany(
  { config, output }: Context,
  slugs: readonly string[],
  { diff, out }: PlanOptions,
  kept: PlanFile['tenants'],
): Promise<Counts> {
  output.event({ event: 'start', version: 1, command: 'plan', tenants: slugs.length });
  const counts = { changed: 0, failed: 0 };
  const actions: Record<ServicePlan['action'], number> = {
    create: 0,
    change: 0,
    recreate: 0,
    destroy: 0,
    unchanged: 0,
  };
  for await (const planned of planTenants(config, slugs, (error) => output.describe(error), {
    diffs: diff === true,
  })) {
    if (planned.error !== undefined) {
      counts.failed += 1;
      output.event({ event: 'plan', tenant: planned.slug, error: planned.error });
      output.problem(planned.slug, planned.error);
      continue;
    }
    const { slug, tenant, plan } = planned;
    if (out !== undefined) kept[slug] = planDigests(tenant, plan);
    output.event({ event: 'plan', ...told(slug, tenant.folder, plan) });
    for (const { action } of plan.stack.services) actions[action] += 1;
    if (!hasChanges(plan.files)) continue;
    counts.changed += 1;
    const files = diff ? showPlan(plan.files, output.colours) : '';
    output.text(
      `${output.colours.bold(slug)}\n${showStack(plan, output.colours)}${files}${summary(plan.files)}\n`,
    );
  }
  const unchanged = slugs.length - counts.changed - counts.failed;
  output.event({ event: 'end', ...counts, unchanged, services: actions });
  const services = Object.entries(actions).flatMap(([action, count]) =>
    count === 0 || action === 'unchanged' ? [] : [`${count} to ${action}`],
  );
  output.text(
    `${counts.changed} of ${slugs.length} tenants change${services.length > 0 ? `; services: ${services.join(', ')}` : ''}.`,
  );
  return counts;
}

function told(slug: string, folder: string, plan: Extract<Planned, { plan: unknown }>['plan']) {
  const { files, stack, causes, override } = plan;
  const changes = hasChanges(files);
  return { tenant: slug, folder, changes, ...stack, causes, override: override !== undefined, files };
}

function tellNext(
  { output }: Context,
  { out, all, selector }: PlanOptions,
  counts: Counts,
  codes: string[],
): void {
  if (counts.failed > 0) {
    output.note(
      `${counts.failed} could not be planned${out === undefined ? '' : `; ${out} was not written`}.`,
    );
    return;
  }
  if (counts.changed === 0) return;
  const selection = all
    ? '--all'
    : codes.length > 0
      ? codes.map((code) => code.toLowerCase())
      : (selector ?? []).map((label) => `--selector ${label}`);
  output.note(
    `Write them with: wattfleet apply ${out === undefined ? [selection].flat().join(' ') : `--plan ${out}`}`,
  );
}
