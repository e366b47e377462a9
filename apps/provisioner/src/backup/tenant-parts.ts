import { buildStack } from '#libs/stack';
import type { ProvisionerConfig } from '../provisioner.config.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Manifest } from './manifest.js';

/** Volumes of a stack by the name after the slug. The database's own is not among them: its dump stands for it. */
export const backedUpVolumes = [
  'portal-branding',
  'portal-keys',
  'portal-import',
  'portal-reports',
  'grafana-data',
];

/** The images that the tenant's stack runs with. */
export function imagesOf(
  config: ProvisionerConfig,
  { spec, secrets }: Pick<Tenant, 'spec' | 'secrets'>,
): Manifest['images'] {
  const { variables } = buildStack(spec, config, secrets);
  return {
    portal: variables['PORTAL_IMAGE'] ?? '',
    timescaledb: variables['TIMESCALE_IMAGE'] ?? '',
    grafana: variables['GRAFANA_IMAGE'] ?? '',
  };
}
