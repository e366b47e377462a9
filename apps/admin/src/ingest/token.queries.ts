import type { DataSource } from 'typeorm';
import { queryPrepared, type PreparedStatement } from '#libs/database';

/** A token that Admin has issued, valid or not. */
export interface IssuedToken {
  id: string;
  customerId: number;
  /** Not revoked, not expired, and its customer not disabled. */
  isValid: boolean;
  /** Its last use was written down within the last minute. */
  isNoted: boolean;
}

const tokenStatement: PreparedStatement = {
  name: 'ingest-token',
  text: `SELECT token.id, customer_id AS "customerId",
       revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) AND disabled_at IS NULL AS "isValid",
       coalesce(last_used_at > now() - INTERVAL '1 minute', false) AS "isNoted"
     FROM fleet.customer_token AS token JOIN fleet.customer ON customer.id = customer_id
     WHERE sha256 = $1`,
};

export async function selectToken(dataSource: DataSource, sha256: Buffer): Promise<IssuedToken | undefined> {
  const rows: IssuedToken[] = await queryPrepared(dataSource, tokenStatement, [sha256]);
  return rows[0];
}

/** At most one write a minute, whoever else asks for it at the same time. */
export async function noteUse(dataSource: DataSource, tokenId: string): Promise<void> {
  await dataSource.query(
    `UPDATE fleet.customer_token SET last_used_at = now()
     WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= now() - INTERVAL '1 minute')`,
    [tokenId],
  );
}
