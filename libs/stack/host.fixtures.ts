import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { ComposeModel } from './compose-model.js';
import {
  buildHostStack,
  hostNetworks,
  hostStacks,
  isWanted,
  parseHostSpec,
  render,
  type HostFacts,
  type HostStackName,
  type RenderedFile,
} from './index.js';

export const minimalHost = 'tls: {email: ops@example.com}\n';

/** A `host.yaml` that uses everything. */
export const fullHost = `
tls: {challenge: dns, email: ops@example.com, dns: {provider: cloudflare, envFile: /etc/wattfleet/dns.env}}
dashboard: {enabled: true, host: traefik.example.com, usersFile: /etc/wattfleet/users}
trustedIps: [203.0.113.7, 198.51.100.0/24]
listen: {address: 192.0.2.10, http: 8080, https: 8443, sftp: 2222}
networks: {pool: 10.64.0.0/14, tenantPrefix: 27, namePrefix: staging-}
profiles: {admin: true, monitoring: true, sftp: true}
admin: {host: admin.example.com, email: ops+admin@example.com}
`;

export const ownCertificates = 'tls: {challenge: own, folder: /etc/wattfleet/certificates}\n';

/** Secrets of each stack that a test can look for. */
export const hostSecretsOf: Record<HostStackName, Record<string, string>> = {
  edge: { CF_DNS_API_TOKEN: 'dns-token-of-the-test', DASHBOARD_USERS: 'ops:hash-of-the-test\n' },
  admin: {
    DATABASE_PASSWORD: 'database-password-of-the-test',
    DEFAULT_ADMIN_PASSWORD: 'default-admin-password-of-the-test',
    SESSION_SECRET: 'session-secret-of-the-test',
  },
  monitoring: {},
  sftp: {
    ADMIN_PASSWORD: 'sftpgo-password-of-the-test',
    HOST_KEY_SEED: Buffer.alloc(32, 7).toString('base64url'),
  },
};

const certificates = [
  { name: 'b', certificate: 'certificate b', key: 'key-of-the-test' },
  { name: 'a', certificate: 'certificate a', key: 'key-of-the-test' },
];

/** The rendered files of every stack that `yaml` asks for. */
export function hostFiles(yaml: string): Map<HostStackName, RenderedFile[]> {
  const spec = parseHostSpec(yaml);
  const subnets = Object.fromEntries(
    hostNetworks(spec).map(({ name, prefix }, index) => [name, `10.64.${index}.0/${prefix}`]),
  );
  const facts: HostFacts = {
    provisioningDir: '/opt/wattfleet/provisioning',
    version: '1.2.3',
    traefikUser: '65532:65532',
    engineGroup: 998,
    subnets,
    certificates,
  };
  const wanted = hostStacks.filter((name) => isWanted(spec, name));
  return new Map(
    wanted.map((name) => {
      const given = name === 'edge' && yaml !== fullHost ? {} : hostSecretsOf[name];
      return [name, render(buildHostStack(name, spec, facts, given), templatesOf(name))];
    }),
  );
}

/** What Compose reads of a rendered stack. */
export function composeIn(files: readonly RenderedFile[] | undefined): ComposeModel {
  return parse(files?.find(({ path: name }) => name === 'compose.yaml')?.text ?? '') as ComposeModel;
}

function templatesOf(name: HostStackName) {
  const read = (file: string) =>
    readFileSync(path.join(import.meta.dirname, '../../compose', name, file), 'utf8');
  return { compose: read('compose.yaml.hbs'), env: read('.env.hbs') };
}
