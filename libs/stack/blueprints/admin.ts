import { literal, type ComposeService } from '../compose-model.js';
import { edgeOf, hostNames } from '../parse-host-spec.js';
import { networkOf } from '../edge-settings.js';
import type { HostSpec } from '../host-spec.js';
import { secretFile } from '../tenant-secrets.js';
import { hardening, healthcheck, hostLabels } from './hardening.js';
import { secretFiles, secretPaths, type HostBlueprint } from './host-blueprint.js';
import { rateLimit, route } from './route.js';

const program = 'dist/apps/admin/src/main.js';
const port = '4000';
const database = { host: 'timescaledb', name: 'admin_fleet', user: 'fleet_user' };
const adminSecrets = ['DATABASE_PASSWORD', 'DEFAULT_ADMIN_PASSWORD', 'SESSION_SECRET'];

/** The blueprint `admin`: the view over all customers, and its database. */
export const adminBlueprint: HostBlueprint = (spec, { subnets }, images) => {
  const names = hostNames(spec);
  const privateName = names.network('admin', 'private');
  return {
    compose: {
      name: names.project('admin'),
      services: { admin: adminService(spec), timescaledb: databaseService() },
      networks: {
        public: { name: names.publicNetwork, external: true },
        private: { ...networkOf(privateName, subnets[privateName]), internal: true },
      },
      volumes: { 'timescale-data': { name: names.network('admin', 'timescale-data') } },
      secrets: secretFiles(adminSecrets),
    },
    variables: { ADMIN_IMAGE: images.admin, TIMESCALE_IMAGE: images.timescaledb },
  };
};

function adminService(spec: HostSpec): ComposeService {
  const { host, email } = spec.admin ?? { host: '', email: '' };
  return {
    image: '${ADMIN_IMAGE}',
    user: '1000:1000',
    command: ['node', program, 'serve'],
    ...hardening({ memory: '1g', pids: 200, cpus: 2 }, ['/tmp']),
    stop_grace_period: '30s',
    environment: {
      NODE_ENV: 'production',
      APP: 'admin',
      HOST: '0.0.0.0',
      PORT: port,
      PUBLIC_URL: `https://${host}`,
      TRUST_PROXY: 'true',
      LOG_LEVEL: 'info',
      DATABASE_HOST: database.host,
      DATABASE_PORT: '5432',
      DATABASE_NAME: database.name,
      DATABASE_USER: database.user,
      DEFAULT_ADMIN_EMAIL: literal(email),
      ...secretPaths(adminSecrets),
    },
    secrets: adminSecrets.map(secretFile),
    volumes: [],
    networks: { public: {}, private: {} },
    depends_on: { timescaledb: { condition: 'service_healthy' } },
    // Migrations run before it answers.
    healthcheck: healthcheck(120, 'node', program, 'health'),
    labels: { ...hostLabels('admin'), ...adminRoute(spec, host) },
  };
}

/** Everything on its host but `/metrics`, which is for the host's monitoring alone. */
function adminRoute(spec: HostSpec, host: string): Record<string, string> {
  const edge = edgeOf(spec);
  // No tenant can be called so: `admin` is a reserved code.
  return {
    ...route(edge, {
      name: 'admin-app',
      network: hostNames(spec).publicNetwork,
      port,
      rule: `Host(\`${host}\`) && !PathPrefix(\`/metrics\`)`,
      priority: '10',
      middlewares: ['admin-ratelimit', 'admin-compress'],
    }),
    ...rateLimit(edge, 'admin-ratelimit'),
    'traefik.http.middlewares.admin-compress.compress': 'true',
  };
}

function databaseService(): ComposeService {
  return {
    image: '${TIMESCALE_IMAGE}',
    // The image's own `postgres`.
    user: '70:70',
    ...hardening({ memory: '4g', pids: 200, cpus: 2 }, ['/tmp', '/var/run/postgresql']),
    shm_size: '256m',
    stop_grace_period: '60s',
    environment: {
      POSTGRES_DB: database.name,
      POSTGRES_USER: database.user,
      POSTGRES_PASSWORD_FILE: '/run/secrets/database_password',
      POSTGRES_INITDB_ARGS: '--data-checksums',
      TIMESCALEDB_TELEMETRY: 'off',
    },
    secrets: ['database_password'],
    volumes: [{ type: 'volume', source: 'timescale-data', target: '/var/lib/postgresql/data' }],
    networks: { private: {} },
    healthcheck: healthcheck(60, 'pg_isready', '-h', '127.0.0.1', '-U', database.user, '-d', database.name),
    labels: hostLabels('admin'),
  };
}
