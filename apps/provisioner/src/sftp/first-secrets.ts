import { createHmac } from 'node:crypto';
import type { TenantSecrets, TenantSpec } from '#libs/stack';

/** Secrets that a tenant has only when it uses SFTP. */
const sftpSecrets = ['SFTP_PASSWORD', 'IMPORT_HOOK_SECRET'] as const;

/**
 * The secrets of a tenant with those that `sftp.enabled` asks for and `.env` does not have yet. They follow from a
 * secret that it has, so that a plan shows what an apply writes; from then on `.env` has them, and a rotation makes
 * others, of chance alone.
 */
export function withSftpSecrets(secrets: TenantSecrets, spec: Pick<TenantSpec, 'sftp'>): TenantSecrets {
  const { SESSION_SECRET: key } = secrets;
  if (!spec.sftp.enabled || key === undefined) return secrets;
  const derived = sftpSecrets.map((name): [string, string] => [
    name,
    createHmac('sha256', key).update(`wattfleet ${name}`).digest('base64url'),
  ]);
  return { ...Object.fromEntries(derived), ...secrets };
}
