import { readEnvironment, variable, type Environment } from '#libs/config';
import { checkDatabase, databaseAddress, databaseVariables, type DatabaseAddress } from '#libs/database';
import { checkServer, serverSettings, serverVariables, type ServerSettings } from '#libs/nest-kit';
import { healthThresholds, healthVariables } from './customers/customers.config.js';
import type { HealthThresholds } from './customers/push-health.js';

/** Every variable that Admin reads; `docs/reference/configuration.md` is generated from this table. */
export const adminVariables = {
  ...serverVariables,
  PORT: variable.port('Port to listen on.', { default: '4000' }),
  ...databaseVariables,
  DATABASE_NAME: variable.text('Name of the database.', { default: 'admin_fleet' }),
  ...healthVariables,
};

export interface AdminSettings {
  server: ServerSettings;
  database: DatabaseAddress;
  health: HealthThresholds;
}

/** @throws CodedError CONFIG_INVALID naming every variable that is wrong */
export function readAdminSettings(environment: Environment): AdminSettings {
  const values = readEnvironment(adminVariables, environment, (given) => [
    ...checkServer(given),
    ...checkDatabase(given),
  ]);
  return {
    server: serverSettings(values, {
      appName: 'admin',
      port: values.PORT,
      applicationName: 'Wattfleet Admin',
    }),
    database: databaseAddress(values),
    health: healthThresholds(values),
  };
}
