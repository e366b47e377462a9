import { randomBytes } from 'node:crypto';
import { tenantSecrets, type TenantSecrets } from '#libs/stack';

/** Fresh values for all secrets that are not given from outside. */
export function generateSecrets(): TenantSecrets {
  const generated = tenantSecrets.filter((secret) => secret.generated);
  return Object.fromEntries(generated.map(({ name }) => [name, randomSecret()]));
}

/** 32 random bytes, safe in URLs, files and shells as they are. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
