import { stringify } from 'yaml';

/** What ops know of a host when they set it up. Leave out what the defaults should decide. */
export interface NewHost {
  /** For the account at Let's Encrypt. */
  email?: string | undefined;
  /** Folder of the host's own certificates, in place of Let's Encrypt. */
  certificates?: string | undefined;
  /** Host name of Admin: with it Admin runs here. */
  adminHost?: string | undefined;
  /** First operator of Admin. Default: the account's address, else admin@<host>. */
  adminEmail?: string | undefined;
  pool?: string | undefined;
  /** Written down, so that a newer provisioner does not change the images of a host that runs. */
  images: { traefik: string; socketProxy: string };
}

/** The content of a new `host.yaml`, still to be checked. */
export function newHost(host: NewHost): Record<string, unknown> {
  const { email, certificates, adminHost, adminEmail, pool, images } = host;
  return {
    tls:
      certificates === undefined
        ? { challenge: 'http', ...(email === undefined ? {} : { email }) }
        : { challenge: 'own', folder: certificates },
    ...(pool === undefined ? {} : { networks: { pool } }),
    ...(adminHost === undefined
      ? {}
      : {
          profiles: { admin: true },
          admin: { host: adminHost, email: adminEmail ?? email ?? `admin@${adminHost}` },
        }),
    images,
  };
}

/** `host` as the text of its `host.yaml`. */
export function hostYaml(host: Record<string, unknown>): string {
  return `# This host: edge proxy, networks, shared stacks. Edit this file, look at \`wattfleet host init --dry-run\`,
# then \`wattfleet host init\`.
${stringify(host, { version: '1.1', lineWidth: 0 })}`;
}
