import { z } from 'zod';
import { isRequiredOr } from './spec-message.js';

/** Names below the root that are not tenants: the host's own stacks, which are Compose projects too, backups and units. */
const reserved = new Set(['admin', 'backups', 'edge', 'monitoring', 'sftp', 'systemd', 'traefik']);

/** A tenant's code as ops and invoices write it, `ABC0001`. */
export const tenantCode = z
  .string(isRequiredOr('must be text such as ABC0001'))
  .regex(
    /^[A-Z][A-Z0-9-]{1,30}$/,
    'must be 2 to 31 capital letters, digits or hyphens and begin with a letter, such as ABC0001',
  )
  .refine((code) => !reserved.has(slugOf(code)), "is reserved for the host's own stacks");

/** The tenant's Compose project, folder and name prefix: the code in lower case. */
export function slugOf(code: string): string {
  return code.toLowerCase();
}
