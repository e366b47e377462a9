import { randomBytes } from 'node:crypto';
import { tenantSecrets, type TenantSecrets } from '#libs/stack';

/** 32 random bytes. Safe in URLs, files and shells as it is. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Fresh values for all secrets that are not given from outside. */
export function generateSecrets(): TenantSecrets {
  const generated = tenantSecrets.filter((secret) => secret.generated);
  return Object.fromEntries(generated.map(({ name }) => [name, newSecret()]));
}
