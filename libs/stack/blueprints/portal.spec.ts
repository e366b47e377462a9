import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ComposeModel } from '../compose-model.js';
import { alertSecrets, secrets, stackOf, token, yamlOf } from '../stack.fixtures.js';

const pushing = 'fleet: {enabled: true, url: "https://admin.example.com"}';
const withToken = { ...secrets, FLEET_INGEST_TOKEN: token };
const { compose } = stackOf(yamlOf(pushing), withToken);

const onHost = {
  edge: {
    project: 'staging-edge',
    certResolver: undefined,
    trustedIps: ['203.0.113.7', '198.51.100.0/24'],
  },
  networks: { edge: '10.200.0.0/28', private: '10.200.0.16/28' },
};

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

  it('are ranges of their own on a host with a pool, of which Docker gives out the first half', () => {
    const { networks, services } = stackOf(yamlOf(), secrets, onHost).compose;
    expect(networks).toEqual({
      edge: {
        name: 'abc0001_edge',
        ipam: { config: [{ subnet: '10.200.0.0/28', ip_range: '10.200.0.0/29' }] },
      },
      private: {
        name: 'abc0001_private',
        internal: true,
        ipam: { config: [{ subnet: '10.200.0.16/28', ip_range: '10.200.0.16/29' }] },
      },
    });
    expect(services['grafana']?.environment['GF_AUTH_PROXY_WHITELIST']).toBe('10.200.0.14');
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

describe('what the host says of its edge', () => {
  const labels = (name: string) => stackOf(yamlOf(), secrets, onHost).compose.services[name]?.labels ?? {};

  it('is in the labels of what it routes, and of nothing else', () => {
    expect([labels('portal'), labels('grafana')].map((all) => all['wattfleet.edge'])).toEqual([
      'staging-edge',
      'staging-edge',
    ]);
    expect(labels('timescaledb')).not.toHaveProperty(['wattfleet.edge']);
  });

  it('names no resolver where the host has certificates of its own', () => {
    const keys = Object.keys({ ...labels('portal'), ...labels('grafana') });
    expect(keys.filter((key) => key.includes('certresolver'))).toEqual([]);
    expect(labels('portal')['traefik.http.routers.abc0001-portal.tls']).toBe('true');
  });

  it('counts requests by the client before a trusted proxy', () => {
    const limit =
      'traefik.http.middlewares.abc0001-ratelimit.ratelimit.sourcecriterion.ipstrategy.excludedips';
    expect(labels('portal')[limit]).toBe('203.0.113.7,198.51.100.0/24');
    const plain = Object.keys(compose.services['portal']?.labels ?? {});
    expect(plain.filter((key) => key.includes('ipstrategy'))).toEqual([]);
  });
});

describe('dashboards of sites', () => {
  const mountOf = (service: string) =>
    compose.services[service]?.volumes.find(({ source }) => source === 'grafana-dashboards');

  it('are on a volume that the portal writes, and that Grafana may only read', () => {
    expect(mountOf('portal')).toEqual({
      type: 'volume',
      source: 'grafana-dashboards',
      target: environment(compose)['GRAFANA_DASHBOARDS_DIR'],
    });
    expect(mountOf('grafana')).toMatchObject({ target: '/var/lib/grafana-dashboards', read_only: true });
    expect(compose.volumes['grafana-dashboards']).toEqual({ name: 'abc0001_grafana-dashboards' });
  });

  it('are where Grafana’s provider looks for them', () => {
    const file = path.join(import.meta.dirname, '../../../provisioning/grafana/dashboards/providers.yaml');
    const { providers } = parse(readFileSync(file, 'utf8')) as { providers: object[] };
    expect(providers).toContainEqual(
      expect.objectContaining({ folderUid: 'sites', options: { path: mountOf('grafana')?.target } }),
    );
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

describe('alerts', () => {
  const mailing = yamlOf('alerts: {emailFrom: alerts@example.com, allowPrivateWebhooks: false}');

  it('have their server and their signature as files', () => {
    const { compose: sending } = stackOf(mailing, { ...secrets, ...alertSecrets });
    expect(environment(sending)).toMatchObject({
      ALERT_EMAIL_FROM: 'alerts@example.com',
      ALERT_WEBHOOK_ALLOW_PRIVATE: 'false',
      SMTP_URL_FILE: '/run/secrets/smtp_url',
      ALERT_WEBHOOK_SECRET_FILE: '/run/secrets/alert_webhook_secret',
    });
    expect(sending.secrets).toMatchObject({ smtp_url: { file: './secrets/smtp_url' } });
    expect(sending.services['portal']?.secrets).toEqual(
      expect.arrayContaining(['smtp_url', 'alert_webhook_secret']),
    );
  });

  it('leave the server out without a sender, with which alone the portal starts', () => {
    const { compose: silent } = stackOf(yamlOf(), { ...secrets, ...alertSecrets });
    expect(environment(silent)).not.toHaveProperty('SMTP_URL_FILE');
    expect(silent.secrets).not.toHaveProperty('smtp_url');
  });
});

describe('what tenant.yaml does not say', () => {
  it('is the portal’s default', () => {
    const { IMPORT_KEEP_REFUSED_DAYS, ...others } = environment(
      stackOf(yamlOf('imports: {keepRefusedDays: 0}')).compose,
    );
    expect(IMPORT_KEEP_REFUSED_DAYS).toBe('0');
    expect(Object.keys(others).filter((name) => /^(IMPORT_KEEP|ALERT|WHITE_LABEL|SMTP)_/.test(name))).toEqual(
      [],
    );
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
