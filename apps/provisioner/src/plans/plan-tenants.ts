import pMap from 'p-map';
import type { ToldError } from '../output.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { planTenant, readTenant, type Tenant, type TenantPlan } from '../tenants/tenant.js';

/** What came of planning one tenant. */
export type Planned =
  | { slug: string; tenant: Tenant; plan: TenantPlan; error?: undefined }
  | { slug: string; error: ToldError };

/** Most of it waits for the disk. */
const parallelReads = 8;

/**
 * Plans tenants one after the other, in their order, without keeping what it has handed over: a thousand of them do not
 * fit into memory.
 */
export async function* planTenants(
  config: ProvisionerConfig,
  slugs: readonly string[],
  describe: (error: unknown) => ToldError,
  options: { diffs: boolean },
): AsyncGenerator<Planned> {
  const one = async (slug: string): Promise<Planned> => {
    try {
      const tenant = await readTenant(config, slug);
      return { slug, tenant, plan: await planTenant(config, tenant, options) };
    } catch (error) {
      return { slug, error: describe(error) };
    }
  };
  for (let at = 0; at < slugs.length; at += parallelReads) {
    yield* await pMap(slugs.slice(at, at + parallelReads), one);
  }
}
