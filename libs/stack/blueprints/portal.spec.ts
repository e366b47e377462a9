import { describe, expect, it } from 'vitest';
import type { ComposeModel } from '../compose-model.js';
import { secrets, stackOf, token, yamlOf } from '../stack.fixtures.js';

const pushing = 'fleet: {enabled: true, url: "https://admin.example.com"}';
const withToken = { ...secrets, FLEET_INGEST_TOKEN: token };
const { compose, variables } = stackOf(yamlOf(pushing), withToken);
const services = Object.entries(compose.services);

const environment = (model: ComposeModel) => model.services['portal']?.environment ?? {};

/** Everything of a stack that has a name others on the host could meet. */
const namesOf = ({ name, networks, volumes, services: all }: ComposeModel) => [
  `project/${name}`,
  ...Object.values(networks).map((network) => `network/${network.name}`),
  ...Object.values(volumes).map((volume) => `volume/${volume.name}`),
  ...Object.values(all).flatMap(({ networks: joined }) =>
    (joined['edge']?.aliases ?? []).map((alias) => `host/${alias}`),
  ),
  ...Object.values(all).flatMap(({ labels }) =>
    Object.keys(labels).flatMap((key) => {
      const [, kind, label] = /^traefik\.http\.(\w+)\.([^.]+)\./.exec(key) ?? [];
      return kind === undefined ? [] : [`${kind}/${label}`];
    }),
  ),
];

describe('the session key before this one', () => {
  it('is handed to the portal as a file, once there is one', () => {
    expect(environment(compose)).not.toHaveProperty('SESSION_SECRET_PREVIOUS_FILE');
    const { compose: rotated } = stackOf(yamlOf(), { ...secrets, SESSION_SECRET_PREVIOUS: 'the-one-before' });
    expect(environment(rotated)).toMatchObject({
      SESSION_SECRET_PREVIOUS_FILE: '/run/secrets/session_secret_previous',
    });
    expect(rotated.secrets).toHaveProperty('session_secret_previous');
  });
});

describe('policy of every service', () => {
  it('covers the three services', () => {
    expect(services.map(([name]) => name)).toEqual(['portal', 'timescaledb', 'grafana']);
  });

  it.each(services)('%s can gain no privilege', (_, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service).not.toHaveProperty('cap_add');
    expect(service).not.toHaveProperty('privileged');
    expect(service).not.toHaveProperty('devices');
    expect(service.security_opt).toContain('no-new-privileges:true');
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

  it.each(services)('%s runs a pinned image', (_, service) => {
    const variable = /^\$\{(\w+)\}$/.exec(service.image)?.[1] ?? '';
    expect(variables[variable]).toMatch(/:(?!latest$)[\w.-]+$/);
  });

  it.each(services)('%s publishes no port and takes no fixed name', (_, service) => {
    for (const key of ['ports', 'container_name', 'network_mode', 'hostname', 'links', 'pid', 'ipc']) {
      expect(service).not.toHaveProperty(key);
    }
  });

  it.each(services)('%s mounts no Docker socket, and host folders read-only', (_, service) => {
    const binds = service.volumes.filter((mount) => mount.type === 'bind');
    expect(binds.every((mount) => mount.read_only)).toBe(true);
    expect(JSON.stringify(service)).not.toContain('docker.sock');
  });

  it.each(services)('%s gets secrets as files', (_, service) => {
    const text = JSON.stringify(service);
    for (const value of Object.values(withToken)) expect(text).not.toContain(value);
    const paths = Object.values(service.environment).filter((value) => value.startsWith('/run/secrets/'));
    expect(paths.length).toBeGreaterThan(0);
    const mounted = service.secrets.map((name) => `/run/secrets/${name}`);
    expect(paths.filter((path) => !mounted.includes(path))).toEqual([]);
    expect(service.secrets.filter((name) => !Object.hasOwn(compose.secrets, name))).toEqual([]);
  });
});

describe('networks', () => {
  it('keep the database on the private one alone', () => {
    expect(Object.keys(compose.services['timescaledb']?.networks ?? {})).toEqual(['private']);
    expect(compose.networks['private']).toEqual({ name: 'abc0001_private', internal: true });
  });

  it('give the portal a name on the edge that is its own on the whole host', () => {
    expect(compose.services['portal']?.networks).toEqual({
      edge: { aliases: ['abc0001-portal'] },
      private: {},
    });
    expect(compose.networks['edge']).toEqual({ name: 'abc0001_edge' });
  });
});

describe('routes', () => {
  const portal = compose.services['portal']?.labels ?? {};
  const grafana = compose.services['grafana']?.labels ?? {};

  it('lead to the portal, except for its metrics', () => {
    expect(portal['traefik.http.routers.abc0001-portal.rule']).toBe(
      'Host(`abc0001.portal.example.com`) && !PathPrefix(`/metrics`)',
    );
  });

  it('lead /grafana to Grafana although the portal has the longer rule', () => {
    const priorityOf = 'traefik.http.routers.abc0001-';
    expect(Number(grafana[`${priorityOf}grafana.priority`])).toBeGreaterThan(
      Number(portal[`${priorityOf}portal.priority`]),
    );
  });

  it('remove what the client says of its identity before the portal is asked', () => {
    const order = grafana['traefik.http.routers.abc0001-grafana.middlewares']?.split(',') ?? [];
    expect(order.indexOf('abc0001-identity')).toBeGreaterThanOrEqual(0);
    expect(order.indexOf('abc0001-auth')).toBeGreaterThan(order.indexOf('abc0001-identity'));
    const forwardAuth = 'traefik.http.middlewares.abc0001-auth.forwardauth';
    const handedOn = grafana[`${forwardAuth}.authResponseHeaders`]?.split(',') ?? [];
    expect(handedOn).toEqual(['X-WEBAUTH-USER', 'X-WEBAUTH-ROLE']);
    for (const header of handedOn) {
      expect(grafana).toHaveProperty([
        `traefik.http.middlewares.abc0001-identity.headers.customrequestheaders.${header}`,
      ]);
    }
    expect(grafana[`${forwardAuth}.address`]).toBe('http://abc0001-portal:4100/api/auth/check');
  });

  it('use middlewares that exist', () => {
    const labels = { ...portal, ...grafana };
    const used = Object.entries(labels).flatMap(([key, value]) =>
      key.endsWith('.middlewares') ? value.split(',') : [],
    );
    const defined = Object.keys(labels).map((key) => /^traefik\.http\.middlewares\.([^.]+)\./.exec(key)?.[1]);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !defined.includes(name))).toEqual([]);
  });
});

describe('pushing to Admin', () => {
  it('is on with a URL and a token', () => {
    expect(environment(compose)).toMatchObject({
      FLEET_INGEST_ENABLED: 'true',
      FLEET_INGEST_URL: 'https://admin.example.com',
      FLEET_INGEST_TOKEN_FILE: '/run/secrets/fleet_ingest_token',
    });
  });

  it.each([
    ['without a token', yamlOf(pushing), secrets],
    ['when fleet.enabled is not set', yamlOf(), withToken],
  ])('is off %s, and mounts no token', (_, yaml, given) => {
    const off = stackOf(yaml, given).compose;
    expect(environment(off)['FLEET_INGEST_ENABLED']).toBe('false');
    expect(off.secrets).not.toHaveProperty('fleet_ingest_token');
  });
});

describe('two tenants', () => {
  it.each([
    ['ABC0001', 'ABC0002'],
    ['AB', 'AB-PORTAL'],
    ['AB', 'AB-GRAFANA'],
    ['AB', 'AB-PORTAL-1'],
  ])('%s and %s share no name', (first, second) => {
    const names = new Set(namesOf(stackOf(yamlOf('', first)).compose));
    expect(names.size).toBeGreaterThan(12);
    expect(namesOf(stackOf(yamlOf('', second)).compose).filter((name) => names.has(name))).toEqual([]);
  });
});
