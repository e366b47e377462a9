/** One secret of a tenant: its name in `.env`, and whether the provisioner makes it up itself. */
export interface TenantSecret {
  name: string;
  generated: boolean;
}

/**
 * The secrets of a tenant. `.env` is where each of them is kept; `secrets/` holds a copy for every container that
 * reads it, as a file, so that `docker inspect` does not show it.
 */
export const tenantSecrets = [
  /** Of the role that owns the database; the portal connects with it. */
  { name: 'DATABASE_PASSWORD', generated: true },
  /** Of the role `grafana_reader`, which the portal's migrations create. */
  { name: 'GRAFANA_DATABASE_PASSWORD', generated: true },
  { name: 'GRAFANA_ADMIN_PASSWORD', generated: true },
  /** Of the portal's first administrator, used once. */
  { name: 'DEFAULT_ADMIN_PASSWORD', generated: true },
  { name: 'SESSION_SECRET', generated: true },
  /** The one before, so that its rotation signs nobody out; absent until then. */
  { name: 'SESSION_SECRET_PREVIOUS', generated: false },
  /** Given by Admin when the customer is registered. */
  { name: 'FLEET_INGEST_TOKEN', generated: false },
  /** Of the tenant's user on the host's SFTP server: the customer's meters and the portal sign in with it. */
  { name: 'SFTP_PASSWORD', generated: false },
  /** With it the SFTP server tells the portal that a file has come. */
  { name: 'IMPORT_HOOK_SECRET', generated: false },
  /** Of the server that mails alerts: its address with user and password. */
  { name: 'SMTP_URL', generated: false },
  /** Signs the webhooks of alerts. */
  { name: 'ALERT_WEBHOOK_SECRET', generated: false },
] as const satisfies TenantSecret[];

export type TenantSecretName = (typeof tenantSecrets)[number]['name'];

/** Secret values by name. */
export type TenantSecrets = Partial<Record<TenantSecretName, string>>;

/** Name of a secret in the Compose file, and of its file under `secrets/` and `/run/secrets/`. */
export function secretFile(name: string): string {
  return name.toLowerCase();
}
