import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AddApiTokenBody, ApiToken } from '#libs/contracts';
import { queryPrepared, type PreparedStatement } from '#libs/database';
import { hashSecretToken, secretTokenPrefix } from '#libs/nest-kit';

type TokenDates = 'createdAt' | 'lastUsedAt' | 'expiresAt' | 'revokedAt';
type TokenRow = Omit<ApiToken, TokenDates> & { createdAt: Date } & {
  [Name in Exclude<TokenDates, 'createdAt'>]: Date | null;
};

/**
 * Newest first.
 * @param id of one token, or null for all
 */
export async function selectApiTokens(
  database: DataSource | EntityManager,
  id: string | null,
): Promise<ApiToken[]> {
  const rows: TokenRow[] = await database.query(
    `SELECT id, name, scopes, prefix, created_at AS "createdAt", created_by AS "createdBy",
       last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt",
       CASE WHEN revoked_at IS NOT NULL THEN 'revoked' WHEN expires_at <= now() THEN 'expired' ELSE 'valid' END
         AS status
     FROM monitoring.api_token WHERE $1::uuid IS NULL OR id = $1 ORDER BY created_at DESC, id DESC`,
    [id],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}

/** @returns id of the new token */
export async function insertApiToken(
  manager: EntityManager,
  { name, scopes, expiresInDays }: AddApiTokenBody,
  secret: string,
  createdBy: string,
): Promise<string> {
  const id = uuid();
  await manager.query(
    `INSERT INTO monitoring.api_token (id, name, scopes, prefix, sha256, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))`,
    [id, name, scopes, secretTokenPrefix(secret), hashSecretToken(secret), createdBy, expiresInDays],
  );
  return id;
}

/** @returns false where there is no such token, or it was revoked before */
export async function revokeApiToken(manager: EntityManager, id: string): Promise<boolean> {
  const [, count]: [unknown[], number] = await manager.query(
    `UPDATE monitoring.api_token SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL`,
    [id],
  );
  return count > 0;
}

/** A token that was made here, valid or not. */
export interface IssuedApiToken {
  id: string;
  scopes: string[];
  /** Neither revoked nor expired. */
  isValid: boolean;
  /** Its last use was written down within the last minute. */
  isNoted: boolean;
}

const bySecret: PreparedStatement = {
  name: 'api-token',
  text: `SELECT id, scopes, revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) AS "isValid",
       coalesce(last_used_at > now() - INTERVAL '1 minute', false) AS "isNoted"
     FROM monitoring.api_token WHERE sha256 = $1`,
};

export async function selectIssuedToken(
  dataSource: DataSource,
  secret: string,
): Promise<IssuedApiToken | undefined> {
  const rows = await queryPrepared<IssuedApiToken>(dataSource, bySecret, [hashSecretToken(secret)]);
  return rows[0];
}

/** At most one write a minute, whoever else asks for it at the same time. */
export async function noteUse(dataSource: DataSource, id: string): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.api_token SET last_used_at = now()
     WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= now() - INTERVAL '1 minute')`,
    [id],
  );
}
