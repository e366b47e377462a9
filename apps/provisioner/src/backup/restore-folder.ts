import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '#libs/errors';
import type { RenderedFile } from '#libs/stack';
import { writeChanges } from '../tenants/write-changes.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import type { TenantRun } from '../rollout/run-tenants.js';
import { createFolder } from '../tenants/create-folder.js';
import { exists, tenantFolder } from '../tenants/tenant-folder.js';
import { readTenant } from '../tenants/tenant.js';
import { files } from './manifest.js';

/**
 * Makes the tenant's folder from an archive where there is none: `tenant.yaml`, the secrets of `.env`, the override file.
 * What is rendered follows from them and from this host. A folder that is there stays as it is: its secrets are those of
 * the running stack.
 * @returns whether it was made
 */
export async function restoreFolder(
  config: ProvisionerConfig,
  run: TenantRun,
  archive: string,
): Promise<boolean> {
  const { folder } = tenantFolder(config.root, run.slug);
  const isMissing = !(await exists(folder));
  if (isMissing) {
    run.step('making the folder of the tenant');
    const names = [
      { path: 'tenant.yaml', mode: 0o644 },
      { path: '.env', mode: 0o600 },
      { path: 'compose.override.yaml', mode: 0o644 },
    ];
    const texts: RenderedFile[] = [];
    for (const { path: name, mode } of names) {
      const text = await readOptional(path.join(archive, files.tenant(name)));
      if (text !== undefined) texts.push({ path: name, text, mode });
    }
    await createFolder(config.root, run.slug, texts);
  }
  // Also where an earlier try was cut off before this.
  if (isMissing || !(await exists(path.join(folder, 'compose.yaml')))) {
    await writeChanges(config, await readTenant(config, run.slug));
  }
  return isMissing;
}

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
