import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Account } from './account.entity.js';

/** What the database knows of a session's id. */
export function hashSessionId(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/**
 * Ends the sessions of an account at once.
 * @param keptSessionId one that goes on, such as the one in which the password was changed
 */
export async function endSessions(
  manager: EntityManager,
  accountId: string,
  keptSessionId?: string,
): Promise<void> {
  const { schema } = manager.dataSource.getMetadata(Account);
  await manager.query(
    `DELETE FROM ${schema}.session WHERE account_id = $1 AND ($2::text IS NULL OR id <> $2)`,
    [accountId, keptSessionId === undefined ? null : hashSessionId(keptSessionId)],
  );
}
