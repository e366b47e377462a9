import { stringify } from 'yaml';
import { hostName } from './tenant-spec.js';

/** What ops know of a tenant when they create it. Leave out what the defaults should decide. */
export interface NewTenant {
  code: string;
  host: string;
  /** Default: portal. */
  blueprint?: string | undefined;
  labels?: Record<string, string> | undefined;
  /** Default: admin@<host>. */
  adminEmail?: string | undefined;
  applicationName?: string | undefined;
  fleetUrl?: string | undefined;
  /** With a user on the host's SFTP server. */
  sftp?: true | undefined;
  /** Written down, so that a newer provisioner does not change the images of a tenant that runs. */
  images: Record<string, string>;
}

/** The content of a new `tenant.yaml`, still to be checked. */
export function newTenant(tenant: NewTenant): Record<string, unknown> {
  return {
    code: tenant.code,
    host: tenant.host,
    blueprint: tenant.blueprint ?? 'portal',
    // A host that is wrong is told of once, not again as part of an address.
    adminEmail: tenant.adminEmail ?? `admin@${hostName.safeParse(tenant.host).data ?? 'example.com'}`,
    ...(tenant.applicationName === undefined
      ? {}
      : { branding: { applicationName: tenant.applicationName } }),
    ...(tenant.labels === undefined ? {} : { labels: tenant.labels }),
    images: tenant.images,
    ...(tenant.fleetUrl === undefined ? {} : { fleet: { enabled: true, url: tenant.fleetUrl } }),
    ...(tenant.sftp ? { sftp: { enabled: true } } : {}),
  };
}

/** `tenant` as the text of its `tenant.yaml`. */
export function tenantYaml(tenant: Record<string, unknown>): string {
  const code = String(tenant['code']);
  return `# Tenant ${code}. Edit this file, look at \`wattfleet plan ${code}\`, then \`wattfleet apply ${code}\`.
${stringify(tenant, { version: '1.1', lineWidth: 0 })}`;
}
