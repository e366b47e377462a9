import { createHash, createHmac, randomBytes } from 'node:crypto';
import { sqlLiteral, TenantDatabase } from '../docker/tenant-database.js';
import type { TenantSubject } from './tenant-subject.js';

/** As the portal names the cookie of a session over https. */
const cookieName = '__Host-wattfleet';

/**
 * Does `work` with the Cookie header of a session of a minute, as the portal itself would have begun it; no password is
 * needed, and afterwards it is gone.
 * @returns undefined where no account could have a session
 */
export async function withProbeSession<T>(
  { docker, tenant: { slug, secrets } }: TenantSubject,
  work: (cookie: string) => Promise<T>,
): Promise<T | undefined> {
  const id = randomBytes(32).toString('base64url');
  // The database knows a hash of the id only; the cookie is signed with the portal's key.
  const key = sqlLiteral(createHash('sha256').update(id).digest('hex'));
  const signature = createHmac('sha256', secrets.SESSION_SECRET ?? '')
    .update(id)
    .digest('base64')
    .replaceAll('=', '');
  const database = new TenantDatabase(docker, slug);
  const begun = await database.run(`
    INSERT INTO monitoring.session (id, account_id, data, expires_at, user_agent)
    SELECT ${key}, id, jsonb_build_object('accountId', id, 'cookie', jsonb_build_object('path', '/',
        'originalMaxAge', 60000, 'expires', now() + INTERVAL '1 minute')), now() + INTERVAL '1 minute', 'wattfleet verify'
    FROM monitoring.account WHERE disabled_at IS NULL AND NOT must_change_password
    ORDER BY role = 'admin', created_at LIMIT 1 RETURNING 'begun';
  `);
  if (begun.length === 0) return undefined;
  try {
    return await work(`${cookieName}=${encodeURIComponent(`${id}.${signature}`)}`);
  } finally {
    await database.run(`DELETE FROM monitoring.session WHERE id = ${key};`);
  }
}
