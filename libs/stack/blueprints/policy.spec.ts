import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ComposeModel, ComposeService } from '../compose-model.js';
import { envValues, parseEnvFile, render, type RenderedFile } from '../index.js';
import {
  composeIn,
  fullHost,
  hostFiles,
  hostSecretsOf,
  minimalHost,
  ownCertificates,
} from '../host.fixtures.js';
import { alertSecrets, secrets, stackOf, templates, token, yamlOf } from '../stack.fixtures.js';

/** What a service does that no other may, and why it has to. */
const exceptions: Record<string, Partial<Record<'ports' | 'socket' | 'writes' | 'outside', string>>> = {
  'edge/traefik': {
    ports: 'the only thing on the host that answers to the world',
    writes: "keeps the certificates that Let's Encrypt gives it, in a folder of its own",
  },
  'edge/socket-proxy': { socket: 'hands on to Traefik what it may read of the engine, and nothing else' },
  'sftp/sftp': {
    ports: 'meters upload over SSH, which Traefik does not speak',
    writes: 'keeps what they upload, in a folder of its own',
  },
};

const pushing = yamlOf('fleet: {enabled: true, url: "https://admin.example.com"}');
const onHost = { networks: { edge: '10.200.0.0/28', private: '10.200.0.16/28' } };
const tenant = (yaml: string) =>
  render(stackOf(yaml, { ...secrets, FLEET_INGEST_TOKEN: token }, onHost), templates);

/** Every rendered stack of every blueprint. */
const stacks: [name: string, files: RenderedFile[]][] = [
  ['portal', tenant(pushing)],
  ['portal', tenant(yamlOf())],
  [
    'portal',
    render(
      stackOf(yamlOf('alerts: {emailFrom: a@example.com}'), { ...secrets, ...alertSecrets }, onHost),
      templates,
    ),
  ],
  ...[minimalHost, fullHost, ownCertificates].flatMap((yaml) => [...hostFiles(yaml)]),
];

const services = stacks.flatMap(([stack, files]) => {
  const compose = composeIn(files);
  return Object.entries(compose.services).map(
    ([name, service]) => [`${stack}/${name}`, service, compose, files] as const,
  );
});
const exceptionOf = (name: string) => exceptions[name] ?? {};
const values = [
  ...Object.values(secrets),
  ...Object.values(alertSecrets),
  token,
  ...Object.values(hostSecretsOf).flatMap((all) => Object.values(all)),
];

describe('policy', () => {
  it('covers every service of every blueprint', () => {
    expect([...new Set(services.map(([name]) => name))]).toEqual([
      'portal/portal',
      'portal/timescaledb',
      'portal/grafana',
      'edge/socket-proxy',
      'edge/traefik',
      'admin/admin',
      'admin/timescaledb',
      'monitoring/prometheus',
      'sftp/sftp',
    ]);
    expect(Object.keys(exceptions).filter((name) => !services.some(([known]) => known === name))).toEqual([]);
  });

  it.each(services)('%s can gain no privilege', (_, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    for (const key of ['cap_add', 'privileged', 'devices', 'group_add', 'userns_mode']) {
      expect(service).not.toHaveProperty(key);
    }
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.read_only).toBe(true);
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
  });

  it.each(services)('%s has limits, log rotation and an init', (_, service) => {
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    expect(service.pids_limit).toBeGreaterThan(0);
    expect(service.cpus).toBeGreaterThan(0);
    expect(service.logging.driver).toBe('json-file');
    expect(Object.keys(service.logging.options)).toEqual(['max-size', 'max-file']);
    expect(service.init).toBe(true);
    expect(service.restart).toBe('unless-stopped');
  });

  it.each(services)('%s is checked for health, and waits for healthy ones', (_, service) => {
    expect(service.healthcheck.test[0]).toBe('CMD');
    expect(service.healthcheck.test.length).toBeGreaterThan(1);
    for (const { condition } of Object.values(service.depends_on ?? {})) {
      expect(condition).toBe('service_healthy');
    }
  });

  it.each(services)('%s runs a pinned image', (_, service, __, files) => {
    const env = envValues(parseEnvFile(files.find(({ path }) => path === '.env')?.text ?? ''));
    const variable = /^\$\{(\w+)\}$/.exec(service.image)?.[1] ?? '';
    expect(env.get(variable)).toMatch(/:(?!latest$)[\w.-]+$/);
  });

  it.each(services)('%s takes no fixed name and nothing of the host’s namespaces', (_, service) => {
    for (const key of ['container_name', 'network_mode', 'hostname', 'links', 'pid', 'ipc', 'extra_hosts']) {
      expect(service).not.toHaveProperty(key);
    }
  });

  it.each(services)('%s publishes no port, or is one that must', (name, service) => {
    expect(service.ports !== undefined).toBe(exceptionOf(name).ports !== undefined);
  });

  it.each(services)('%s has no hand on the engine, or is the one that must', (name, service) => {
    const hasSocket = service.volumes.some(({ target }) => target.includes('docker.sock'));
    expect(hasSocket).toBe(exceptionOf(name).socket !== undefined);
  });

  it.each(services)(
    '%s may only read what it mounts of the host, or is one that must write',
    (name, service) => {
      const writable = service.volumes.filter((mount) => mount.type === 'bind' && !mount.read_only);
      const allowed = exceptionOf(name).writes === undefined ? [] : ['/acme', '/srv/sftp/data'];
      expect(writable.map(({ target }) => target).filter((target) => !allowed.includes(target))).toEqual([]);
    },
  );

  it.each(services)('%s gets secrets as files', (_, service, compose) => {
    const text = JSON.stringify(service);
    expect(values.filter((value) => text.includes(value))).toEqual([]);
    const paths = Object.values(service.environment)
      .flatMap((value) => value.split(','))
      .filter((value) => value.startsWith('/run/secrets/'));
    const mounted = service.secrets.map((name) => `/run/secrets/${name}`);
    expect(paths.filter((path) => !mounted.includes(path))).toEqual([]);
    expect(service.secrets.filter((name) => !Object.hasOwn(compose.secrets, name))).toEqual([]);
  });

  it.each(services)('%s is known to Traefik only where Traefik stands', (_, service, compose) => {
    const network = service.labels['traefik.docker.network'];
    const names = Object.keys(service.networks).map((key) => compose.networks[key]?.name);
    if (service.labels['traefik.enable'] === undefined) expect(network).toBeUndefined();
    else expect(names).toContain(network);
  });

  it.each(services)('%s meets other stacks in the host’s own network alone', (name, service, compose) => {
    const shared = Object.keys(service.networks).filter((key) => compose.networks[key]?.external);
    if (name.startsWith('portal/')) expect(shared).toEqual([]);
    expect(shared.map((key) => compose.networks[key]?.name?.replace('staging-', ''))).toEqual(
      shared.map(() => 'traefik-public'),
    );
  });
});

describe('databases', () => {
  const databases = services.filter(([name]) => name.endsWith('/timescaledb'));

  it.each(databases)('%s stands on a network that leads nowhere, and on no other', (_, service, compose) => {
    expect(networksOf(service, compose)).toEqual([expect.objectContaining({ internal: true })]);
  });
});

describe('the engine’s socket', () => {
  it.each([minimalHost, fullHost, ownCertificates])('is shared with Traefik alone: %s', (yaml) => {
    const compose = composeIn(hostFiles(yaml).get('edge'));
    const proxy = compose.services['socket-proxy'];
    const traefik = compose.services['traefik'];
    if (proxy === undefined || traefik === undefined) throw new Error('the edge has two services');
    expect(networksOf(proxy, compose)).toEqual([expect.objectContaining({ internal: true })]);
    const address = traefik.networks['engine']?.ipv4_address;
    expect(proxy.command).toContain(`-allowfrom=${address}/32`);
    const allowed = (proxy.command ?? []).filter((option) => /^-allow[A-Z]/.test(option));
    expect(allowed.map((option) => option.split('=')[0])).toEqual(['-allowHEAD', '-allowGET']);
  });

  it('answers paths that Traefik needs, and no others', () => {
    const command = composeIn(hostFiles(minimalHost).get('edge')).services['socket-proxy']?.command ?? [];
    const [, pattern = ''] = command.find((option) => option.startsWith('-allowGET='))?.split(/=(.*)/s) ?? [];
    const isAllowed = (path: string) => new RegExp(`^(?:${pattern})$`).test(path);
    const id = 'a'.repeat(64);
    const allowed = [
      '/_ping',
      '/version',
      '/v1.47/version',
      '/v1.47/events',
      '/v1.47/containers/json',
      `/v1.47/containers/${id}/json`,
    ];
    expect(allowed.filter((path) => !isAllowed(path))).toEqual([]);
    const refused = ['archive', 'export', 'logs', 'top', 'stats', 'changes', 'attach/ws', 'x/json', 'json/'];
    const others = [
      '/v1.47/info',
      '/v1.47/images/json',
      '/v1.47/secrets',
      '/v1.47/volumes',
      '/v1.47/containers/a/../b/export/json',
      '/v1.47//containers/json',
    ];
    expect(
      [...refused.map((name) => `/v1.47/containers/${id}/${name}`), ...others].filter(isAllowed),
    ).toEqual([]);
  });
});

describe('secrets of a stack', () => {
  it.each(stacks)(
    '%s: are in .env and files of mode 0444 in a closed folder, and in no other file',
    (_, files) => {
      for (const { path, text, mode } of files) {
        if (path === '.env') expect(mode).toBe(0o600);
        else if (path.startsWith('secrets/')) expect(mode).toBe(0o444);
        else expect([...values, 'key-of-the-test'].filter((value) => text.includes(value))).toEqual([]);
      }
    },
  );
});

function networksOf(service: ComposeService, compose: ComposeModel) {
  return Object.keys(service.networks).map((key) => compose.networks[key]);
}

describe('Traefik’s dynamic configuration', () => {
  const fileOf = (yaml: string) =>
    hostFiles(yaml)
      .get('edge')
      ?.find(({ path }) => path === 'dynamic/edge.yaml')?.text ?? '';

  it('has no dashboard unless it is asked for, and then behind a password', () => {
    expect(parse(fileOf(minimalHost))).toEqual({
      tls: { options: { default: { minVersion: 'VersionTLS12' } } },
    });
    expect(parse(fileOf(fullHost))).toMatchObject({
      http: {
        routers: { dashboard: { middlewares: ['dashboard-users'], entryPoints: ['websecure'] } },
        middlewares: { 'dashboard-users': { basicAuth: { usersFile: '/run/secrets/dashboard_users' } } },
      },
    });
  });

  it('changes when a certificate does', () => {
    expect(fileOf(ownCertificates)).toMatch(/^# a <secret sha256:[0-9a-f]{8}>$/m);
    expect(parse(fileOf(ownCertificates))).toMatchObject({
      tls: { stores: { default: { defaultCertificate: { certFile: '/certificates/b.crt' } } } },
    });
  });
});

describe('Traefik’s static configuration', () => {
  const argumentsOf = (yaml: string) =>
    composeIn(hostFiles(yaml).get('edge')).services['traefik']?.command ?? [];

  it.each([minimalHost, fullHost, ownCertificates])(
    'refuses what could be understood in two ways: %s',
    (yaml) => {
      for (const entryPoint of ['web', 'websecure']) {
        const http = `--entrypoints.${entryPoint}.http`;
        const own = argumentsOf(yaml).filter((option) => option.startsWith(`${http}.`));
        expect(
          own
            .filter((option) => option.includes('.encodedcharacters.'))
            .map((option) => option.split('=')[1]),
        ).toEqual(Array.from({ length: 7 }, () => 'false'));
        expect(own).toContain(`${http}.aliasheadersstrategy=delete`);
        expect(own).toContain(`${http}.sanitizepath=true`);
      }
      expect(argumentsOf(yaml)).toContain('--providers.docker.exposedbydefault=false');
      expect(argumentsOf(yaml).filter((option) => /insecure/i.test(option))).toEqual([]);
    },
  );

  it('has the challenge that host.yaml asks for, and no resolver for own certificates', () => {
    expect(argumentsOf(minimalHost)).toContain(
      '--certificatesresolvers.le.acme.httpchallenge.entrypoint=web',
    );
    expect(argumentsOf(fullHost)).toContain(
      '--certificatesresolvers.le.acme.dnschallenge.provider=cloudflare',
    );
    expect(argumentsOf(ownCertificates).filter((option) => option.includes('certificatesresolvers'))).toEqual(
      [],
    );
    const { environment } = composeIn(hostFiles(fullHost).get('edge')).services['traefik'] ?? {};
    expect(environment).toEqual({ CF_DNS_API_TOKEN_FILE: '/run/secrets/cf_dns_api_token' });
  });

  it('believes other proxies only where host.yaml names them', () => {
    const trusted = (yaml: string) =>
      argumentsOf(yaml).filter((option) => option.includes('forwardedheaders'));
    expect(trusted(minimalHost)).toEqual([]);
    expect(trusted(fullHost)).toContain(
      '--entrypoints.websecure.forwardedheaders.trustedips=203.0.113.7,198.51.100.0/24',
    );
  });

  it('does not wait long for a container that was stopped a moment ago', () => {
    expect(argumentsOf(minimalHost)).toContain('--serverstransport.forwardingtimeouts.dialtimeout=5s');
  });

  it('serves containers of this host alone', () => {
    expect(argumentsOf(fullHost)).toContain(
      '--providers.docker.constraints=Label(`wattfleet.edge`,`staging-edge`)',
    );
    const { labels } = composeIn(hostFiles(fullHost).get('admin')).services['admin'] ?? {};
    expect(labels?.['wattfleet.edge']).toBe('staging-edge');
  });
});

describe('SFTPGo', () => {
  const compose = composeIn(hostFiles(fullHost).get('sftp'));
  const { sftp } = compose.services;

  it('answers over HTTP on one address of a network that leads nowhere, and never to Traefik', () => {
    const address = sftp?.networks['api']?.ipv4_address;
    expect(address).toMatch(/^10\.64\./);
    expect(sftp?.environment['SFTPGO_HTTPD__BINDINGS__0__ADDRESS']).toBe(address);
    expect(compose.networks['api']).toMatchObject({ internal: true });
    expect(sftp?.ports?.map(({ target }) => target)).toEqual([2022]);
    expect(sftp?.labels).toEqual({ 'wattfleet.host': 'sftp' });
    for (const pages of ['WEB_ADMIN', 'WEB_CLIENT'])
      expect(sftp?.environment[`SFTPGO_HTTPD__BINDINGS__0__ENABLE_${pages}`]).toBe('false');
  });

  it('publishes its port through the network that sorts first, and routes nothing', () => {
    expect(compose.networks['front']?.name).toBe('0-staging-sftp');
    expect(sftp?.sysctls).toEqual({ 'net.ipv4.ip_forward': '0' });
  });
});
