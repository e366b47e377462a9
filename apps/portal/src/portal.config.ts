import { readEnvironment, variable, type Environment, type Secret, type Values } from '#libs/config';
import { checkDatabase, databaseAddress, databaseVariables, type DatabaseAddress } from '#libs/database';
import type { InputProblem } from '#libs/errors';
import {
  alertSettings,
  alertVariables,
  checkAlerts,
  checkServer,
  serverSettings,
  serverVariables,
  type AlertSettings,
  type ServerSettings,
} from '#libs/nest-kit';
import {
  brandingSettings,
  brandingVariables,
  checkBranding,
  type BrandingSettings,
} from './branding/branding.config.js';
import {
  checkSftp,
  collectionVariables,
  sftpSettings,
  sftpVariables,
  type SftpSettings,
} from './collection/collection.config.js';

/** Every variable that the portal reads; `docs/reference/configuration.md` is generated from this table. */
export const portalVariables = {
  ...serverVariables,
  PORT: variable.port('Port to listen on.', { default: '4100' }),
  ...databaseVariables,
  GRAFANA_DATABASE_PASSWORD: variable.secret(
    16,
    'Password of the read-only role `grafana_reader`; without it the role cannot sign in.',
    { optional: true },
  ),
  GRAFANA_DASHBOARDS_DIR: variable.text(
    'Folder that Grafana reads dashboards of sites from; without it the portal has no Grafana under /grafana.',
    { optional: true, example: '/data/dashboards' },
  ),
  ...brandingVariables,
  SITE_TIME_ZONE: variable.timeZone('Time zone of a site whose meter files name none.', { default: 'UTC' }),
  IMPORT_FOLDER: variable.text(
    'Folder that meter files are imported from: <site>/<device serial>/<file>.tsv.',
    {
      optional: true,
      example: '/data/import',
    },
  ),
  IMPORT_INTERVAL_SECONDS: variable.integer(5, 86_400)(
    'Seconds between two looks at IMPORT_FOLDER and at the SFTP server.',
    {
      default: '60',
    },
  ),
  ...collectionVariables,
  IMPORT_UPLOAD_MAX_MB: variable.integer(1, 10_000)(
    'Largest file that can be uploaded in the browser, megabytes. Uploads lie in IMPORT_FOLDER.',
    { default: '256' },
  ),
  IMPORT_REPORT_DIR: variable.text(
    'Folder of the JSON reports; `.reports` in the import folder by default.',
    {
      optional: true,
    },
  ),
  IMPORT_KEEP_ORIGINALS_DAYS: variable.integer(0, 36_500)(
    'Days that imported files are kept in parsed/, here and on the SFTP server, and imported uploads; 0 for ever.',
    { default: '0' },
  ),
  IMPORT_KEEP_REFUSED_DAYS: variable.integer(0, 36_500)(
    'Days that refused files are kept in error/, here and on the SFTP server, and refused uploads; 0 for ever.',
    { default: '0' },
  ),
  IMPORT_KEEP_REPORTS_DAYS: variable.integer(0, 36_500)(
    'Days that JSON reports are kept in IMPORT_REPORT_DIR; 0 for ever. Those in the database stay.',
    { default: '0' },
  ),
  API_REQUESTS_PER_MINUTE: variable.integer(1, 1_000_000)(
    'Most requests a minute that are taken of one API token.',
    { default: '600' },
  ),
  ...alertVariables,
  FLEET_INGEST_ENABLED: variable.flag(
    'Push to Admin. While false, no outbox is written; switched on later, what Admin lacks is sent.',
    { default: 'false' },
  ),
  FLEET_INGEST_URL: variable.url('Address of Admin.', {
    optional: true,
    example: 'https://admin.portal.example.com',
  }),
  FLEET_INGEST_TOKEN: variable.secret(20, 'Push token that Admin showed once.', { optional: true }),
  FLEET_INGEST_INTERVAL_SECONDS: variable.integer(1, 86_400)(
    'Seconds between two pushes without a backlog.',
    {
      default: '60',
    },
  ),
  FLEET_INGEST_BATCH_SIZE: variable.integer(100, 5_000)('Most measurements in one batch.', {
    default: '5000',
  }),
};

type PortalValues = Values<typeof portalVariables>;

export interface FleetPushSettings {
  url: URL;
  token: Secret;
  intervalSeconds: number;
  batchRows: number;
}

export interface PortalSettings {
  server: ServerSettings;
  database: DatabaseAddress;
  grafanaReaderPassword: Secret | undefined;
  /** Undefined where there is no Grafana. */
  dashboardsFolder: string | undefined;
  branding: BrandingSettings;
  import: ImportSettings;
  alerts: AlertSettings;
  /** Of one API token. */
  apiRequestsPerMinute: number;
  /** Undefined where the portal pushes to no Admin. */
  fleet: FleetPushSettings | undefined;
}

interface ImportSettings {
  folder: string | undefined;
  /** Undefined where no server is collected from. */
  sftp: SftpSettings | undefined;
  intervalSeconds: number;
  settleSeconds: number;
  hookSecret: Secret | undefined;
  maxUploadBytes: number;
  reportFolder: string | undefined;
  /** 0 for ever, as with the others. */
  keepOriginalsDays: number;
  keepRefusedDays: number;
  keepReportsDays: number;
  timeZone: string;
}

/** @throws CodedError CONFIG_INVALID naming every variable that is wrong */
export function readPortalSettings(environment: Environment): PortalSettings {
  const values = readEnvironment(portalVariables, environment, (given) => [
    ...checkServer(given),
    ...checkDatabase(given),
    ...checkBranding(given),
    ...checkSftp(given),
    ...checkAlerts(given),
    ...checkFleet(given),
  ]);
  const { PORT: port, WHITE_LABEL_APPLICATION_NAME: applicationName } = values;
  return {
    server: serverSettings(values, { appName: 'portal', port, applicationName }),
    database: databaseAddress(values),
    grafanaReaderPassword: values.GRAFANA_DATABASE_PASSWORD,
    dashboardsFolder: values.GRAFANA_DASHBOARDS_DIR,
    branding: brandingSettings(values),
    import: importSettings(values),
    alerts: alertSettings(values, values.PUBLIC_URL),
    apiRequestsPerMinute: values.API_REQUESTS_PER_MINUTE,
    fleet: fleetSettings(values),
  };
}

const commandVariables = {
  ...databaseVariables,
  SITE_TIME_ZONE: portalVariables.SITE_TIME_ZONE,
  IMPORT_REPORT_DIR: portalVariables.IMPORT_REPORT_DIR,
  IMPORT_SETTLE_SECONDS: portalVariables.IMPORT_SETTLE_SECONDS,
};

/**
 * What the command `import` needs: the database, but no server. Whether there is a push it finds in the database.
 * @throws CodedError CONFIG_INVALID naming every variable that is wrong
 */
export function readImportCommandSettings(environment: Environment) {
  const values = readEnvironment(commandVariables, environment, checkDatabase);
  return {
    database: databaseAddress(values),
    timeZone: values.SITE_TIME_ZONE,
    reportFolder: values.IMPORT_REPORT_DIR,
    settleSeconds: values.IMPORT_SETTLE_SECONDS,
  };
}

/**
 * The server that the command `import --sftp` collects from.
 * @throws CodedError CONFIG_INVALID naming every variable that is wrong
 */
export function readSftpSettings(environment: Environment): SftpSettings {
  const needed = (values: Values<typeof sftpVariables>) =>
    values.SFTP_HOST === undefined ? [{ path: 'SFTP_HOST', message: 'is required' }] : checkSftp(values);
  const settings = sftpSettings(readEnvironment(sftpVariables, environment, needed));
  if (settings === undefined) throw new Error('the host has been checked');
  return settings;
}

/**
 * What a command needs that works on the database alone.
 * @throws CodedError CONFIG_INVALID naming every variable that is wrong
 */
export function readDatabaseSettings(environment: Environment): DatabaseAddress {
  return databaseAddress(readEnvironment(databaseVariables, environment, checkDatabase));
}

function importSettings(values: PortalValues): ImportSettings {
  return {
    folder: values.IMPORT_FOLDER,
    sftp: sftpSettings(values),
    intervalSeconds: values.IMPORT_INTERVAL_SECONDS,
    settleSeconds: values.IMPORT_SETTLE_SECONDS,
    hookSecret: values.IMPORT_HOOK_SECRET,
    maxUploadBytes: values.IMPORT_UPLOAD_MAX_MB * 1_000_000,
    reportFolder: values.IMPORT_REPORT_DIR,
    keepOriginalsDays: values.IMPORT_KEEP_ORIGINALS_DAYS,
    keepRefusedDays: values.IMPORT_KEEP_REFUSED_DAYS,
    keepReportsDays: values.IMPORT_KEEP_REPORTS_DAYS,
    timeZone: values.SITE_TIME_ZONE,
  };
}

function fleetSettings(values: PortalValues): FleetPushSettings | undefined {
  const { FLEET_INGEST_URL: url, FLEET_INGEST_TOKEN: token } = values;
  if (!values.FLEET_INGEST_ENABLED || url === undefined || token === undefined) return undefined;
  return {
    url,
    token,
    intervalSeconds: values.FLEET_INGEST_INTERVAL_SECONDS,
    batchRows: values.FLEET_INGEST_BATCH_SIZE,
  };
}

function checkFleet(values: PortalValues): InputProblem[] {
  if (!values.FLEET_INGEST_ENABLED) return [];
  const needed = { FLEET_INGEST_URL: values.FLEET_INGEST_URL, FLEET_INGEST_TOKEN: values.FLEET_INGEST_TOKEN };
  return Object.entries(needed)
    .filter(([, value]) => value === undefined)
    .map(([path]) => ({ path, message: 'is required when FLEET_INGEST_ENABLED is true' }));
}
