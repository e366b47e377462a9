import { readEnvironment, variable, type Environment, type Secret } from '#libs/config';
import { checkDatabase, databaseAddress, databaseVariables, type DatabaseAddress } from '#libs/database';
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
import { checkIngest, ingestSettings, ingestVariables, type IngestSettings } from './ingest/ingest.config.js';
import { healthThresholds, healthVariables } from './customers/customers.config.js';
import type { HealthThresholds } from './customers/push-health.js';

/** Every variable that Admin reads; `docs/reference/configuration.md` is generated from this table. */
export const adminVariables = {
  ...serverVariables,
  PORT: variable.port('Port to listen on.', { default: '4000' }),
  ...databaseVariables,
  DATABASE_NAME: variable.text('Name of the database.', { default: 'admin_fleet' }),
  GRAFANA_DATABASE_PASSWORD: variable.secret(
    16,
    'Password of the read-only role `grafana_reader`; without it the role cannot sign in.',
    { optional: true },
  ),
  ...ingestVariables,
  ...alertVariables,
  ...healthVariables,
};

export interface AdminSettings {
  server: ServerSettings;
  database: DatabaseAddress;
  grafanaReaderPassword: Secret | undefined;
  ingest: IngestSettings;
  alerts: AlertSettings;
  health: HealthThresholds;
}

/** @throws CodedError CONFIG_INVALID naming every variable that is wrong */
export function readAdminSettings(environment: Environment): AdminSettings {
  const values = readEnvironment(adminVariables, environment, (given) => [
    ...checkServer(given),
    ...checkDatabase(given),
    ...checkIngest(given),
    ...checkAlerts(given),
  ]);
  return {
    server: serverSettings(values, {
      appName: 'admin',
      port: values.PORT,
      applicationName: 'Wattfleet Admin',
    }),
    database: databaseAddress(values),
    grafanaReaderPassword: values.GRAFANA_DATABASE_PASSWORD,
    ingest: ingestSettings(values, values.HEALTH_LATE_SECONDS),
    alerts: alertSettings(values, values.PUBLIC_URL),
    health: healthThresholds(values),
  };
}
