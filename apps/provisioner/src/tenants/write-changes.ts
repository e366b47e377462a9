import { hasChanges } from '#libs/stack';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { planTenant, type Tenant, type TenantPlan } from './tenant.js';
import { readCurrent, writeFiles } from './tenant-folder.js';

/** Brings the tenant's files up to date. @returns the names of those that were written */
export async function writeChanges(config: ProvisionerConfig, tenant: Tenant): Promise<string[]> {
  return writePlanned(tenant.folder, await planTenant(config, tenant, { diffs: false }));
}

/** Writes what a plan says, and the record of it where it is new. @returns the names of the tenant's files among them */
export async function writePlanned(folder: string, plan: TenantPlan): Promise<string[]> {
  const { rendered, files, applied } = plan;
  const pending = new Set(files.filter(({ action }) => action !== 'unchanged').map(({ path }) => path));
  if (hasChanges(files)) {
    await writeFiles(
      folder,
      rendered.filter(({ path }) => pending.has(path)),
    );
  }
  const before = await readCurrent(folder, applied.path);
  if (before?.text !== applied.text) await writeFiles(folder, [applied]);
  return [...pending];
}
