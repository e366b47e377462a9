import type { ProvisionerConfig } from '../provisioner.config.js';
import { readSpec } from '../tenants/tenant.js';
import { storeOf } from './stores/store-of.js';

/** A timer that comes a little early, or a run that took a while, does not put a backup off by a whole period. */
const hours = { hourly: 0.75, daily: 22, weekly: 7 * 24 - 2 };

/** Those of the tenants whose newest archive is older than their `backup.schedule` asks for. */
export async function dueTenants(
  config: ProvisionerConfig,
  slugs: readonly string[],
  to: string | undefined,
  now: Date,
): Promise<string[]> {
  const due: string[] = [];
  for (const slug of slugs) {
    const spec = await readSpec(config.root, slug);
    const { schedule } = spec.backup;
    if (schedule === 'off') continue;
    const [newest] = await storeOf(config, to, spec).list(slug);
    const ageHours =
      newest === undefined ? Infinity : (now.getTime() - Date.parse(newest.createdAt)) / 3_600_000;
    if (ageHours >= hours[schedule]) due.push(slug);
  }
  return due;
}
