import { hasChanges } from '#libs/stack';
import { planTenant, readTenant } from '../tenants/tenant.js';
import { shared, type Context, type Register, type SharedOptions } from './context.js';
import { showPlan, summary } from './show-plan.js';

interface PlanOptions extends SharedOptions {
  detailedExitcode?: true;
}

export const registerPlan: Register = (program, start) => {
  const command = program
    .command('plan')
    .summary('show what a tenant’s files would become')
    .description(
      'Renders a tenant again and shows what would change in its files. Secrets show as fingerprints; nothing is written.',
    )
    .argument('<code>', 'code of the tenant')
    .option('--detailed-exitcode', 'exit with 2 when changes are pending');
  shared(command, ['plan ABC0001', 'plan ABC0001 --json --detailed-exitcode']).action(start(plan));
};

async function plan(context: Context, options: PlanOptions, code: string): Promise<number> {
  const { config, output } = context;
  const tenant = await readTenant(config, code);
  const { files } = await planTenant(config, tenant);
  const changes = hasChanges(files);
  output.result(
    { tenant: tenant.slug, folder: tenant.folder, changes, files },
    `${showPlan(files, output.colours)}${summary(files)}`,
  );
  if (changes) output.note(`Write them with: wattfleet apply ${tenant.slug}`);
  return changes && options.detailedExitcode ? 2 : 0;
}
