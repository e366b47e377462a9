import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { CustomerToken } from '#libs/contracts';
import { hashToken, tokenPrefix } from './token.js';

export async function insertToken(
  manager: EntityManager,
  customerId: number,
  { name, token, createdBy }: { name: string; token: string; createdBy: string },
): Promise<void> {
  await manager.query(
    `INSERT INTO fleet.customer_token (id, customer_id, name, prefix, sha256, created_by)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [uuid(), customerId, name, tokenPrefix(token), hashToken(token), createdBy],
  );
}

type TokenDates = 'createdAt' | 'lastUsedAt' | 'expiresAt' | 'revokedAt';
type TokenRow = Omit<CustomerToken, TokenDates> & { createdAt: Date } & {
  [Name in Exclude<TokenDates, 'createdAt'>]: Date | null;
};

/** Newest first. */
export async function selectTokens(
  database: DataSource | EntityManager,
  customerId: number,
): Promise<CustomerToken[]> {
  const rows: TokenRow[] = await database.query(
    `SELECT id, name, prefix, created_at AS "createdAt", created_by AS "createdBy", last_used_at AS "lastUsedAt",
       expires_at AS "expiresAt", revoked_at AS "revokedAt",
       CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN expires_at <= now() THEN 'expired'
         WHEN expires_at IS NOT NULL THEN 'expiring' ELSE 'valid' END AS status
     FROM fleet.customer_token WHERE customer_id = $1 ORDER BY created_at DESC, id DESC`,
    [customerId],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}

export async function newestTokenName(
  manager: EntityManager,
  customerId: number,
): Promise<string | undefined> {
  const rows: { name: string }[] = await manager.query(
    `SELECT name FROM fleet.customer_token WHERE customer_id = $1 AND revoked_at IS NULL
     ORDER BY created_at DESC, id DESC LIMIT 1`,
    [customerId],
  );
  return rows[0]?.name;
}

/** Ends all tokens of the customer after the overlap, or earlier where that was decided before; now when it is 0. */
export async function endTokens(
  manager: EntityManager,
  customerId: number,
  overlapHours: number,
): Promise<void> {
  await manager.query(
    overlapHours === 0
      ? `UPDATE fleet.customer_token SET revoked_at = now()
         WHERE customer_id = $1 AND revoked_at IS NULL AND $2::int = 0`
      : `UPDATE fleet.customer_token SET expires_at = least(expires_at, now() + make_interval(hours => $2))
         WHERE customer_id = $1 AND revoked_at IS NULL`,
    [customerId, overlapHours],
  );
}

export async function revokeToken(manager: EntityManager, tokenId: string): Promise<void> {
  await manager.query(`UPDATE fleet.customer_token SET revoked_at = now() WHERE id = $1`, [tokenId]);
}
