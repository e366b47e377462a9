import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildStack,
  parseTenantSpec,
  render,
  type Stack,
  type HostSettings,
  type TenantSecrets,
  type Templates,
} from './index.js';

const folder = (name: string) => path.join(import.meta.dirname, '../../compose', name);

/** The real templates of the blueprint `portal`. */
export const templates: Templates = {
  compose: readFileSync(path.join(folder('portal'), 'compose.yaml.hbs'), 'utf8'),
  env: readFileSync(path.join(folder('portal'), '.env.hbs'), 'utf8'),
};

const host = { provisioningDir: '/opt/wattfleet/provisioning', version: '1.2.3' };

/** Secrets that a test can look for. */
export const secrets = {
  DATABASE_PASSWORD: 'database-password-of-the-test',
  GRAFANA_DATABASE_PASSWORD: 'grafana-database-password-of-the-test',
  GRAFANA_ADMIN_PASSWORD: 'grafana-admin-password-of-the-test',
  DEFAULT_ADMIN_PASSWORD: 'default-admin-password-of-the-test',
  SESSION_SECRET: 'session-secret-of-the-test',
} satisfies TenantSecrets;

/** Of a tenant whose portal sends alerts. */
export const alertSecrets = {
  SMTP_URL: 'smtps://user:smtp-password-of-the-test@mail.example.com',
  ALERT_WEBHOOK_SECRET: 'webhook-secret-of-the-test',
} satisfies TenantSecrets;

export const token = 'wf_ABC0001_tokenofthetest';

/** A `tenant.yaml` with the keys every tenant has, and `more`. */
export function yamlOf(more = '', code = 'ABC0001'): string {
  return `code: ${code}\nhost: ${code.toLowerCase()}.portal.example.com\nadminEmail: admin@example.com\n${more}`;
}

export function stackOf(
  yaml = yamlOf(),
  given: TenantSecrets = secrets,
  onHost: Pick<HostSettings, 'edge' | 'networks'> = {},
): Stack {
  return buildStack(parseTenantSpec(yaml), { ...host, ...onHost }, given);
}

/** The rendered text of a file. */
export function fileOf(stack: Stack, name: string, kept: Record<string, string> = {}): string {
  const file = render(stack, templates, kept).find(({ path }) => path === name);
  if (file === undefined) throw new Error(`${name} was not rendered`);
  return file.text;
}
