import type { InputProblem } from '#libs/errors';
import { readEnvironment, variable, type Environment, type Values } from '#libs/config';
import { checkDatabase, databaseAddress, databaseVariables, type DatabaseAddress } from '#libs/database';
import { checkServer, serverSettings, serverVariables, type ServerSettings } from '#libs/nest-kit';
import { checkIngest, ingestSettings, ingestVariables, type IngestSettings } from './ingest/ingest.config.js';
import { isSmtpUrl, type AlertSettings } from './alerts/alert-settings.js';

/** Every variable that Admin reads; `docs/reference/configuration.md` is generated from this table. */
export const adminVariables = {
  ...serverVariables,
  PORT: variable.port('Port to listen on.', { default: '4000' }),
  ...databaseVariables,
  DATABASE_NAME: variable.text('Name of the database.', { default: 'admin_fleet' }),
  ...ingestVariables,
  ALERT_INTERVAL_SECONDS: variable.integer(5, 86_400)('Seconds between two looks for alerts.', {
    default: '30',
  }),
  ALERT_WEBHOOK_ALLOW_PRIVATE: variable.flag(
    'Let webhooks of alerts reach loopback, link-local and private addresses.',
    { default: 'false' },
  ),
  ALERT_WEBHOOK_SECRET: variable.secret(16, 'Signs the webhooks of alerts (HMAC-SHA256).', {
    optional: true,
  }),
  SMTP_URL: variable.secret(
    1,
    'Server for alerts by e-mail: smtp://user:password@host:587, or smtps:// for TLS from the start.',
    { optional: true },
  ),
  ALERT_EMAIL_FROM: variable.email('Sender of alerts by e-mail; required with SMTP_URL.', { optional: true }),
};

export interface AdminSettings {
  server: ServerSettings;
  database: DatabaseAddress;
  ingest: IngestSettings;
  alerts: AlertSettings;
}

type AdminValues = Values<typeof adminVariables>;

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
    ingest: ingestSettings(values),
    alerts: alertSettings(values),
  };
}

function alertSettings(values: AdminValues): AlertSettings {
  const { SMTP_URL: smtpUrl, ALERT_EMAIL_FROM: from } = values;
  return {
    publicUrl: values.PUBLIC_URL,
    intervalSeconds: values.ALERT_INTERVAL_SECONDS,
    webhook: { allowPrivate: values.ALERT_WEBHOOK_ALLOW_PRIVATE, secret: values.ALERT_WEBHOOK_SECRET },
    email: smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from },
  };
}

function checkAlerts({ SMTP_URL: smtpUrl, ALERT_EMAIL_FROM: from }: AdminValues): InputProblem[] {
  if (smtpUrl === undefined) return [];
  const problems: InputProblem[] = [];
  if (!isSmtpUrl(smtpUrl.reveal()))
    problems.push({ path: 'SMTP_URL', message: 'must be an smtp:// or smtps:// URL' });
  if (from === undefined)
    problems.push({ path: 'ALERT_EMAIL_FROM', message: 'is required when SMTP_URL is set' });
  return problems;
}
