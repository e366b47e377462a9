import type { ProvisionerConfig } from '../provisioner.config.js';
import { planTenant, readTenant, type Tenant } from '../tenants/tenant.js';
import { writeFiles } from '../tenants/tenant-folder.js';
import { shared, type Context, type Register, type SharedOptions } from './context.js';

export const registerApply: Register = (program, start) => {
  const command = program
    .command('apply')
    .summary('write what plan shows')
    .description(
      'Renders a tenant again and writes the files that changed. Its secrets stay. Starts nothing.',
    )
    .argument('<code>', 'code of the tenant');
  shared(command, ['apply ABC0001', 'apply ABC0001 --json']).action(start(apply));
};

async function apply(context: Context, _options: SharedOptions, code: string): Promise<number> {
  const tenant = await readTenant(context.config, code);
  const written = await writeChanges(context.config, tenant);
  reportWritten(context, tenant, written);
  return 0;
}

/** Brings the tenant's files up to date. @returns the names of those that were written */
export async function writeChanges(config: ProvisionerConfig, tenant: Tenant): Promise<string[]> {
  const { rendered, files } = await planTenant(config, tenant);
  const pending = new Set(files.filter(({ action }) => action !== 'unchanged').map((file) => file.path));
  await writeFiles(
    tenant.folder,
    rendered.filter((file) => pending.has(file.path)),
  );
  return [...pending];
}

/** Tells which files were written, and how to bring the running stack after them. */
export function reportWritten({ output }: Context, { slug, folder }: Tenant, written: string[]): void {
  const text = written.length === 0 ? 'No changes.' : `Written: ${written.join(', ')}`;
  output.result({ tenant: slug, folder, written }, text);
  if (written.length > 0) output.note(`Next: wattfleet up ${slug}`);
}
