import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AccountRole } from './account.entity.js';
import { schemaOf } from './sessions.queries.js';

/** An account as lists show it. Times are ISO instants. */
export interface AccountSummary {
  id: string;
  email: string;
  role: AccountRole;
  createdAt: string;
  lastSignedInAt: string | null;
  disabledAt: string | null;
  mustChangePassword: boolean;
}

type AccountRow = Pick<AccountSummary, 'id' | 'email' | 'role' | 'mustChangePassword'> & {
  createdAt: Date;
  lastSignedInAt: Date | null;
  disabledAt: Date | null;
};

/** @param id of one account, or null for all, by e-mail */
export async function selectAccounts(
  database: DataSource | EntityManager,
  id: string | null,
): Promise<AccountSummary[]> {
  const rows: AccountRow[] = await database.query(
    `SELECT id, email, role, created_at AS "createdAt", last_signed_in_at AS "lastSignedInAt",
       disabled_at AS "disabledAt", must_change_password AS "mustChangePassword"
     FROM ${schemaOf(database)}.account WHERE $1::uuid IS NULL OR id = $1 ORDER BY email`,
    [id],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSignedInAt: row.lastSignedInAt?.toISOString() ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
  }));
}

/** @param email in lower case */
export async function selectAccountId(manager: EntityManager, email: string): Promise<string | undefined> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM ${schemaOf(manager)}.account WHERE email = $1`,
    [email],
  );
  return rows[0]?.id;
}

/** @returns id of the new account, or undefined when the e-mail is taken */
export async function insertAccount(
  manager: EntityManager,
  account: { email: string; role: AccountRole; passwordHash: string; mustChangePassword: boolean },
): Promise<string | undefined> {
  const { email, role, passwordHash, mustChangePassword } = account;
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO ${schemaOf(manager)}.account (id, email, role, password_hash, must_change_password)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (email) DO NOTHING RETURNING id`,
    [uuid(), email, role, passwordHash, mustChangePassword],
  );
  return rows[0]?.id;
}

/** Ids of all admins who may sign in, locked: of two that remove each other at the same time, one stays. */
export async function lockAdmins(manager: EntityManager): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM ${schemaOf(manager)}.account
     WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR UPDATE`,
  );
  return rows.map(({ id }) => id);
}

export async function updateRole(manager: EntityManager, id: string, role: AccountRole): Promise<void> {
  await manager.query(`UPDATE ${schemaOf(manager)}.account SET role = $2 WHERE id = $1`, [id, role]);
}

/** A disabled account keeps the time at which it was disabled first. */
export async function updateDisabled(manager: EntityManager, id: string, disabled: boolean): Promise<void> {
  await manager.query(
    `UPDATE ${schemaOf(manager)}.account
     SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, now()) END WHERE id = $1`,
    [id, disabled],
  );
}

export async function updatePassword(
  manager: EntityManager,
  id: string,
  password: { hash: string; mustChange: boolean },
): Promise<void> {
  await manager.query(
    `UPDATE ${schemaOf(manager)}.account SET password_hash = $2, must_change_password = $3 WHERE id = $1`,
    [id, password.hash, password.mustChange],
  );
}

export async function updateLastSignedIn(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`UPDATE ${schemaOf(manager)}.account SET last_signed_in_at = now() WHERE id = $1`, [
    id,
  ]);
}

export async function deleteAccount(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`DELETE FROM ${schemaOf(manager)}.account WHERE id = $1`, [id]);
}
