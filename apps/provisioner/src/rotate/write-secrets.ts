import { rm } from 'node:fs/promises';
import path from 'node:path';
import { hasChanges, secretFile, tenantSecrets, type TenantSecrets } from '#libs/stack';
import { CodedError } from '#libs/errors';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { planTenant, readTenant, type Tenant } from '../tenants/tenant.js';
import { writeChanges } from '../tenants/write-changes.js';
import type { SecretChange } from './rotation.js';

/** Writes the tenant's files with these secrets in place of those it has. `.env` comes first: it is what counts. */
export async function writeSecrets(
  config: ProvisionerConfig,
  slug: string,
  change: SecretChange,
): Promise<void> {
  const tenant = await readTenant(config, slug);
  const secrets = changedSecrets(tenant.secrets, change);
  await writeChanges(config, { ...tenant, secrets });
  for (const { name } of tenantSecrets) {
    if (change[name] === null)
      await rm(path.join(tenant.folder, 'secrets', secretFile(name)), { force: true });
  }
}

/**
 * A rotation writes all files of the tenant, and must not slip anything else into service.
 * @throws CodedError CHANGES_PENDING when an apply would write something
 */
export async function refusePendingChanges(config: ProvisionerConfig, tenant: Tenant): Promise<void> {
  const { files } = await planTenant(config, tenant);
  if (!hasChanges(files)) return;
  const changed = files.filter(({ action }) => action !== 'unchanged').map((file) => file.path);
  throw new CodedError('CHANGES_PENDING', { detail: `${tenant.slug}: ${changed.join(', ')}` });
}

function changedSecrets(secrets: TenantSecrets, change: SecretChange): TenantSecrets {
  const merged = Object.entries({ ...secrets, ...change });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}
