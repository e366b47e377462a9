import { hasChanges } from '#libs/stack';
import { planTenant } from '../tenants/tenant.js';
import { ok, warning } from './finding.js';
import type { TenantCheck } from './tenant-subject.js';

/** The tenant's files are as tenant.yaml and the blueprint say, with the permissions they should have. */
export const filesInStep: TenantCheck = {
  id: 'files',
  title: 'Files are as tenant.yaml says',
  run: async ({ config, tenant }) => {
    const { files } = await planTenant(config, tenant, { diffs: false });
    if (!hasChanges(files)) return [ok('compose.yaml, .env and secrets/ are as tenant.yaml says')];
    const look = `wattfleet plan ${tenant.slug}, then wattfleet apply ${tenant.slug}`;
    return files.flatMap(({ path, action, mode }) => {
      if (action === 'unchanged') return [];
      if (action === 'create') return [warning(`${path} is missing`, look)];
      const state =
        mode === undefined ? 'is not as it would be rendered' : `has mode ${mode.from} instead of ${mode.to}`;
      return [warning(`${path} ${state}`, look)];
    });
  },
};
