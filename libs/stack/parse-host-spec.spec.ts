import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import { fullHost, minimalHost, ownCertificates } from './host.fixtures.js';
import { edgeOf, hostNames, hostYaml, newHost, parseHostSpec } from './index.js';

function problemsOf(yaml: string): string[] {
  try {
    parseHostSpec(yaml);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'HOST_SPEC_INVALID') throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe('host.yaml', () => {
  it('is short where the defaults will do', () => {
    const spec = parseHostSpec(minimalHost);
    expect(spec).toMatchObject({
      tls: { challenge: 'http', email: 'ops@example.com' },
      dashboard: { enabled: false },
      trustedIps: [],
      listen: { address: '0.0.0.0', http: 80, https: 443 },
      networks: { pool: '10.200.0.0/14', tenantPrefix: 28, namePrefix: '' },
      profiles: { admin: false, monitoring: false, sftp: false },
      backup: { schedule: '*-*-* 02:30:00' },
    });
    expect(edgeOf(spec)).toEqual({ project: 'edge', certResolver: 'le', trustedIps: [] });
  });

  it('is read in full', () => {
    const spec = parseHostSpec(fullHost);
    expect(spec.tls.dns).toEqual({ provider: 'cloudflare', envFile: '/etc/wattfleet/dns.env' });
    expect(edgeOf(spec).project).toBe('staging-edge');
    expect(hostNames(spec).publicNetwork).toBe('staging-traefik-public');
  });

  it('has no resolver with certificates of its own', () => {
    expect(edgeOf(parseHostSpec(ownCertificates)).certResolver).toBeUndefined();
  });

  it.each([
    ['', 'host.yaml: must be a mapping of keys'],
    ['{}', 'tls: must be a mapping of keys'],
    ['tls: {}', 'tls.email: is required when tls.challenge is http'],
    ['tls: {challenge: own}', 'tls.folder: is required when tls.challenge is own'],
    ['tls: {challenge: dns, email: a@b.example}', 'tls.dns: is required when tls.challenge is dns'],
    ['tls: {challenge: tcp, email: a@b.example}', 'tls.challenge: must be http, dns or own'],
    ['tls: {mail: a@b.example}', 'tls.mail: unknown key; did you mean email?'],
    [`${minimalHost}network: {}`, 'network: unknown key; did you mean networks?'],
    [
      `${minimalHost}dashboard: {enabled: true, host: t.example.com}`,
      'dashboard.usersFile: is required when',
    ],
    [
      `${minimalHost}profiles: {admin: true}`,
      'admin: is required when profiles.admin is true: host and email',
    ],
    [`${minimalHost}admin: {host: admin}`, 'admin.host: must be a full host name'],
    [`${minimalHost}trustedIps: [10.0.0.300]`, 'trustedIps.0: must be an address or a range'],
    [`${minimalHost}networks: {pool: 8.8.8.0/20}`, 'networks.pool: must be a private range'],
    [`${minimalHost}networks: {pool: 10.0.0.0/24}`, 'networks.pool: must be a private range'],
    [`${minimalHost}networks: {pool: 192.168.0.0/12}`, 'networks.pool: must be a private range'],
    [`${minimalHost}networks: {namePrefix: Staging}`, 'networks.namePrefix: must be lower-case letters'],
    [`${minimalHost}images: {traefik: 'traefik:latest'}`, 'images.traefik: must be pinned'],
    [
      `${minimalHost}backup: {schedule: "02:30\\nExecStart=x"}`,
      "backup.schedule: must be a time in systemd's notation",
    ],
    [`${minimalHost}engine: {socket: docker.sock}`, 'engine.socket: must be an absolute path'],
    ['tls: {email: a@b.example', 'line 1, column '],
  ])('%j is refused by name', (yaml, message) => {
    expect(problemsOf(yaml).join('\n')).toContain(message);
  });
});

describe('a new host.yaml', () => {
  const images = { traefik: 'traefik:v3.7.15', socketProxy: 'wollomatic/socket-proxy:1.12.2' };

  it('is one that can be read', () => {
    const full = { email: 'ops@example.com', adminHost: 'admin.example.com', pool: '10.64.0.0/14', images };
    const spec = parseHostSpec(hostYaml(newHost(full)));
    expect(spec.admin).toEqual({ host: 'admin.example.com', email: 'ops@example.com' });
    expect([spec.profiles.admin, spec.networks.pool, spec.images.traefik]).toEqual([
      true,
      '10.64.0.0/14',
      'traefik:v3.7.15',
    ]);
    const own = parseHostSpec(hostYaml(newHost({ certificates: '/etc/certificates', images })));
    expect(own.tls).toEqual({ challenge: 'own', folder: '/etc/certificates' });
  });
});
