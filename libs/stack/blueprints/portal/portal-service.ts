import { literal, type ComposeService } from '../../compose-model.js';
import { givenSettings } from '../../portal-settings.js';
import { secretFile, type TenantSecretName } from '../../tenant-secrets.js';
import { sftpPorts, type EdgeSettings } from '../../edge-settings.js';
import type { TenantSpec } from '../../tenant-spec.js';
import { hardening, healthcheck, tenantLabels } from '../hardening.js';
import { database, ports, type TenantNames } from './names.js';
import { portalRoute } from './traefik-labels.js';

const program = 'dist/apps/portal/src/main.js';

interface PortalState {
  edge: EdgeSettings;
  /** It may push to Admin: it is told to, and has a token. */
  pushes: boolean;
  /** It collects from the host's SFTP server, which stands at this address in the tenant's edge network. */
  collects: { address: string; hostKeyFingerprint: string } | undefined;
  has: (secret: TenantSecretName) => boolean;
}

/** The portal. */
export function portalService(spec: TenantSpec, names: TenantNames, state: PortalState): ComposeService {
  const { edge, pushes, collects } = state;
  const secrets = mountedSecrets(spec, state);
  return {
    image: '${PORTAL_IMAGE}',
    user: '1000:1000',
    command: ['node', program, 'serve'],
    ...hardening(spec.limits.portal, ['/tmp']),
    stop_grace_period: '30s',
    environment: {
      ...settings(spec),
      ...literals(givenSettings(spec)),
      ...fleet(spec.fleet, pushes),
      ...collection(names.slug, collects),
      ...Object.fromEntries(secrets.map((name) => [`${name}_FILE`, `/run/secrets/${secretFile(name)}`])),
    },
    secrets: secrets.map(secretFile),
    volumes: [
      { type: 'volume', source: 'portal-branding', target: '/data/branding' },
      { type: 'volume', source: 'portal-keys', target: '/data/keys' },
      { type: 'volume', source: 'portal-import', target: '/data/import' },
      { type: 'volume', source: 'portal-reports', target: '/data/reports' },
      { type: 'volume', source: 'grafana-dashboards', target: '/data/dashboards' },
    ],
    networks: { edge: { aliases: [names.portalAlias] }, private: {} },
    depends_on: { timescaledb: { condition: 'service_healthy' } },
    // Migrations run before it answers, and the first run on a restored database may take its time.
    healthcheck: healthcheck(120, 'node', program, 'health'),
    labels: { ...tenantLabels(names.slug, spec.labels), ...portalRoute(names, spec.host, edge) },
  };
}

/** A secret is a file of the portal's only where it has a use for it. */
function mountedSecrets(spec: TenantSpec, { pushes, collects, has }: PortalState): TenantSecretName[] {
  return [
    'DATABASE_PASSWORD',
    'GRAFANA_DATABASE_PASSWORD',
    'DEFAULT_ADMIN_PASSWORD',
    'SESSION_SECRET',
    // Cookies that it has signed are still believed.
    ...when(has('SESSION_SECRET_PREVIOUS'), 'SESSION_SECRET_PREVIOUS'),
    ...when(pushes, 'FLEET_INGEST_TOKEN'),
    ...when(collects !== undefined, 'SFTP_PASSWORD', 'IMPORT_HOOK_SECRET'),
    // The portal does not start with a server and no sender.
    ...when(has('SMTP_URL') && spec.alerts.emailFrom !== undefined, 'SMTP_URL'),
    ...when(has('ALERT_WEBHOOK_SECRET'), 'ALERT_WEBHOOK_SECRET'),
  ];
}

function when(holds: boolean, ...names: TenantSecretName[]): TenantSecretName[] {
  return holds ? names : [];
}

function settings(spec: TenantSpec): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '0.0.0.0',
    PORT: ports.portal,
    PUBLIC_URL: `https://${spec.host}`,
    TRUST_PROXY: 'true',
    LOG_LEVEL: 'info',
    DATABASE_HOST: database.host,
    DATABASE_PORT: database.port,
    DATABASE_NAME: database.name,
    DATABASE_USER: database.user,
    DEFAULT_ADMIN_EMAIL: literal(spec.adminEmail),
    BRANDING_DIR: '/data/branding',
    KEYS_DIR: '/data/keys',
    SITE_TIME_ZONE: spec.timeZone,
    IMPORT_FOLDER: '/data/import',
    IMPORT_REPORT_DIR: '/data/reports',
    GRAFANA_DASHBOARDS_DIR: '/data/dashboards',
  };
}

function literals(given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, literal(value)]));
}

/** By address and pinned key: no name has to be resolved or believed. */
function collection(slug: string, collects: PortalState['collects']): Record<string, string> {
  if (collects === undefined) return {};
  return {
    SFTP_HOST: collects.address,
    SFTP_PORT: String(sftpPorts.ssh),
    SFTP_USER: slug,
    SFTP_HOST_KEY: collects.hostKeyFingerprint,
    SFTP_FOLDER: '.',
  };
}

function fleet(settings: TenantSpec['fleet'], pushes: boolean): Record<string, string> {
  const { url, intervalSeconds, batchSize } = settings;
  if (!pushes || url === undefined) return { FLEET_INGEST_ENABLED: 'false' };
  return {
    FLEET_INGEST_ENABLED: 'true',
    FLEET_INGEST_URL: literal(url),
    FLEET_INGEST_INTERVAL_SECONDS: String(intervalSeconds),
    FLEET_INGEST_BATCH_SIZE: String(batchSize),
  };
}
