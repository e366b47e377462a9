import type { ComposeService } from '../../compose-model.js';
import type { TenantSpec } from '../../tenant-spec.js';
import { hardening, healthcheck, tenantLabels } from '../hardening.js';
import { database, type TenantNames } from './names.js';

/** The tenant's database, which only its portal and its Grafana can reach. */
export function timescaledbService(spec: TenantSpec, names: TenantNames): ComposeService {
  return {
    image: '${TIMESCALE_IMAGE}',
    // The image's own `postgres`. Started as that user, its entry point changes no owners and needs no capability.
    user: '70:70',
    ...hardening(spec.limits.timescaledb, ['/tmp', '/var/run/postgresql']),
    // Parallel queries share memory through /dev/shm; Docker's 64 MB are too few for them.
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
    // Over TCP: while it sets itself up the server listens on its socket only, and is not ready.
    healthcheck: healthcheck(60, 'pg_isready', '-h', '127.0.0.1', '-U', database.user, '-d', database.name),
    labels: tenantLabels(names.slug, spec.labels),
  };
}
