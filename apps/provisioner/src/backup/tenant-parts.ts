import { defaultImages } from '#libs/stack';
import type { ProvisionerConfig } from '../provisioner.config.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Manifest } from './manifest.js';

/**
 * Volumes of a stack by the name after the slug. The database's own is not among them: its dump stands for it;
 * nor are dashboards of sites, which the portal writes anew. */
export const backedUpVolumes = [
  'portal-branding',
  'portal-keys',
  'portal-import',
  'portal-reports',
  'grafana-data',
];

/** What stands in an archive for the tenant's files on the host's SFTP server: a folder, not a volume. */
export const sftpFiles = 'sftp-files';

/** The images that the tenant's stack runs with. */
export function imagesOf({ version }: ProvisionerConfig, { spec }: Pick<Tenant, 'spec'>): Manifest['images'] {
  const { portal, timescaledb, grafana } = spec.images;
  const defaults = defaultImages(version);
  return {
    portal: portal ?? defaults.portal,
    timescaledb: timescaledb ?? defaults.timescaledb,
    grafana: grafana ?? defaults.grafana,
  };
}
