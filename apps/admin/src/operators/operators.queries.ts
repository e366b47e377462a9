import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AddOperatorBody, OperatorAccount, OperatorRole } from '#libs/contracts';

interface OperatorRow extends Omit<OperatorAccount, 'createdAt' | 'lastSignedInAt'> {
  createdAt: Date;
  lastSignedInAt: Date | null;
}

/** @param id of one account, or null for all, by e-mail */
export async function selectOperators(
  database: DataSource | EntityManager,
  id: string | null,
): Promise<OperatorAccount[]> {
  const rows: OperatorRow[] = await database.query(
    `SELECT id, email, role, created_at AS "createdAt", last_signed_in_at AS "lastSignedInAt"
     FROM fleet.account WHERE $1::uuid IS NULL OR id = $1 ORDER BY email`,
    [id],
  );
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastSignedInAt: row.lastSignedInAt?.toISOString() ?? null,
  }));
}

/** @returns id of the new account, or undefined when the e-mail is taken */
export async function insertOperator(
  manager: EntityManager,
  { email, role }: AddOperatorBody,
  passwordHash: string,
): Promise<string | undefined> {
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO fleet.account (id, email, role, password_hash) VALUES ($1, $2, $3, $4)
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    [uuid(), email, role, passwordHash],
  );
  return rows[0]?.id;
}

/** Ids of all admins, locked: of two admins that remove each other at the same time, one stays. */
export async function lockAdmins(manager: EntityManager): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM fleet.account WHERE role = 'admin' ORDER BY id FOR UPDATE`,
  );
  return rows.map(({ id }) => id);
}

export async function updateRole(manager: EntityManager, id: string, role: OperatorRole): Promise<void> {
  await manager.query(`UPDATE fleet.account SET role = $2 WHERE id = $1`, [id, role]);
}

export async function updatePassword(
  manager: EntityManager,
  id: string,
  passwordHash: string,
): Promise<void> {
  await manager.query(`UPDATE fleet.account SET password_hash = $2 WHERE id = $1`, [id, passwordHash]);
}

export async function deleteOperator(manager: EntityManager, id: string): Promise<void> {
  await manager.query(`DELETE FROM fleet.account WHERE id = $1`, [id]);
}
