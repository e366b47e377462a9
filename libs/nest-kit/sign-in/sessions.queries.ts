import type { FastifySessionObject } from '@fastify/session';
import type { DataSource, EntityManager } from 'typeorm';
import type { OwnSession } from '#libs/contracts';
import { queryPrepared, type PreparedStatement } from '#libs/database';
import { Account } from './account.entity.js';

/** A session that is good now, with whose it is. */
export interface LiveSession {
  data: FastifySessionObject;
  account: Account;
  /** It was noted more than a minute ago that the session is used. */
  seenLongAgo: boolean;
}

/** Where a session was begun. */
export interface SessionClient {
  address: string;
  userAgent: string | null;
}

/** The schema of the app that runs. */
export function schemaOf(database: DataSource | EntityManager): string {
  const dataSource = 'manager' in database ? database : database.dataSource;
  return dataSource.getMetadata(Account).schema ?? 'public';
}

/** Not expired, not idle for too long ($2, in hours), and of an account that may sign in. */
function liveSession(schema: string): PreparedStatement {
  return {
    name: `live session of ${schema}`,
    text: `SELECT session.data, session.last_seen_at < now() - INTERVAL '1 minute' AS "seenLongAgo",
             account.id, account.email, account.role, account.password_hash AS "passwordHash",
             account.disabled_at AS "disabledAt", account.must_change_password AS "mustChangePassword"
           FROM ${schema}.session JOIN ${schema}.account ON account.id = session.account_id
           WHERE session.id = $1 AND session.expires_at > now()
             AND session.last_seen_at > now() - $2 * INTERVAL '1 hour' AND account.disabled_at IS NULL`,
  };
}

/** @param key the hash of the session's id */
export async function selectLiveSession(
  dataSource: DataSource,
  key: string,
  idleHours: number,
): Promise<LiveSession | undefined> {
  type Row = Account & Pick<LiveSession, 'data' | 'seenLongAgo'>;
  const [row] = await queryPrepared<Row>(dataSource, liveSession(schemaOf(dataSource)), [key, idleHours]);
  if (row === undefined) return undefined;
  const { data, seenLongAgo, ...account } = row;
  return { data, seenLongAgo, account };
}

/** The end of a session is set when it begins and stays. */
export async function upsertSession(
  dataSource: DataSource,
  key: string,
  session: { accountId: string; data: string; expires: Date; client: SessionClient | undefined },
): Promise<void> {
  const { accountId, data, expires, client } = session;
  await dataSource.query(
    `INSERT INTO ${schemaOf(dataSource)}.session (id, account_id, data, expires_at, address, user_agent)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET data = excluded.data`,
    [key, accountId, data, expires, client?.address ?? null, client?.userAgent ?? null],
  );
}

export async function updateLastSeen(dataSource: DataSource, key: string): Promise<void> {
  await dataSource.query(`UPDATE ${schemaOf(dataSource)}.session SET last_seen_at = now() WHERE id = $1`, [
    key,
  ]);
}

export async function deleteSession(dataSource: DataSource, key: string): Promise<void> {
  await dataSource.query(`DELETE FROM ${schemaOf(dataSource)}.session WHERE id = $1`, [key]);
}

/** @param keptKey of a session that goes on; null to end them all */
export async function deleteSessionsOf(
  manager: EntityManager,
  accountId: string,
  keptKey: string | null,
): Promise<number> {
  const rows: unknown[] = await manager.query(
    `WITH gone AS (
       DELETE FROM ${schemaOf(manager)}.session
       WHERE account_id = $1 AND ($2::text IS NULL OR id <> $2) RETURNING 1)
     SELECT * FROM gone`,
    [accountId, keptKey],
  );
  return rows.length;
}

/** @returns false when the account has no such session */
export async function deleteOwnSession(
  manager: EntityManager,
  accountId: string,
  uid: string,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `WITH gone AS (DELETE FROM ${schemaOf(manager)}.session WHERE account_id = $1 AND uid = $2 RETURNING 1)
     SELECT * FROM gone`,
    [accountId, uid],
  );
  return rows.length > 0;
}

export async function deleteEndedSessions(dataSource: DataSource, idleHours: number): Promise<void> {
  await dataSource.query(
    `DELETE FROM ${schemaOf(dataSource)}.session
     WHERE expires_at <= now() OR last_seen_at <= now() - $1 * INTERVAL '1 hour'`,
    [idleHours],
  );
}

/** Most recently used first. */
export async function selectSessionsOf(
  dataSource: DataSource,
  accountId: string,
  currentKey: string,
  idleHours: number,
): Promise<OwnSession[]> {
  type Row = Record<'startedAt' | 'lastSeenAt' | 'endsAt', Date> &
    Omit<OwnSession, 'startedAt' | 'lastSeenAt' | 'endsAt'>;
  const rows: Row[] = await dataSource.query(
    `SELECT uid AS id, id = $2 AS current, address, user_agent AS "userAgent", created_at AS "startedAt",
       last_seen_at AS "lastSeenAt", expires_at AS "endsAt"
     FROM ${schemaOf(dataSource)}.session
     WHERE account_id = $1 AND expires_at > now() AND last_seen_at > now() - $3 * INTERVAL '1 hour'
     ORDER BY session.last_seen_at DESC, uid`,
    [accountId, currentKey, idleHours],
  );
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
  }));
}
