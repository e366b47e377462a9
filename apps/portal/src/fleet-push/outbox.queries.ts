import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Backlog, EntryKey, EntryKind, OutboxEntry, QueuedEntry } from './outbox-entry.js';

/** Where in the queue an entry is put. */
export type QueueEnd = 'head' | 'tail';

export interface NewEntry {
  kind: EntryKind;
  rows: number;
  items: number;
  payload: Buffer;
}

/** Most entries that are merged at a time. */
const longestLook = 500;

export async function selectPushSettings(
  manager: EntityManager,
): Promise<{ enabled: boolean; streamId: string; batchRows: number }> {
  const [settings]: { enabled: boolean; streamId: string; batchRows: number }[] = await manager.query(
    `SELECT enabled, stream_id AS "streamId", batch_rows AS "batchRows" FROM monitoring.fleet_push_state`,
  );
  if (settings === undefined) throw new Error('monitoring.fleet_push_state has no row');
  return settings;
}

/** @returns what was set before */
export async function updatePushSettings(
  manager: EntityManager,
  enabled: boolean,
  batchRows: number | null,
): Promise<{ enabled: boolean }> {
  const { enabled: before } = await selectPushSettings(manager);
  await manager.query(
    `UPDATE monitoring.fleet_push_state SET enabled = $1, batch_rows = coalesce($2, batch_rows)`,
    [enabled, batchRows],
  );
  return { enabled: before };
}

export async function insertEntry(manager: EntityManager, entry: NewEntry, end: QueueEnd): Promise<void> {
  const { kind, rows, items, payload } = entry;
  const [columns, values, always] =
    end === 'tail'
      ? ['', '', '']
      : ['id, ', '(SELECT coalesce(min(id), 1) - 1 FROM monitoring.outbox), ', 'OVERRIDING SYSTEM VALUE'];
  await manager.query(
    `INSERT INTO monitoring.outbox (${columns}idempotency_key, kind, rows, items, payload) ${always}
     VALUES (${values}$1, $2, $3, $4, $5)`,
    [uuid(), kind, rows, items, payload],
  );
}

const entryColumns = `id, part, part_width AS "partWidth", kind, rows, items, attempts`;

/** Not a cursor over ids or times: whatever is unsent is found, however late it was committed. */
export function selectOldest(manager: EntityManager): Promise<QueuedEntry[]> {
  return manager.query(
    `SELECT ${entryColumns} FROM monitoring.outbox ORDER BY id, part LIMIT ${longestLook}`,
  );
}

/** Payloads of whole entries, in order. */
export async function selectPayloads(manager: EntityManager, ids: readonly string[]): Promise<Buffer[]> {
  const rows: { payload: Buffer }[] = await manager.query(
    `SELECT payload FROM monitoring.outbox WHERE id = ANY($1::bigint[]) AND part = 0 ORDER BY id`,
    [ids],
  );
  return rows.map(({ payload }) => payload);
}

/**
 * Puts one entry in the place of the first of several whole ones, which it holds. They are named one by one: what
 * another transaction commits between them meanwhile must stay.
 */
export async function replaceEntries(
  manager: EntityManager,
  [first = '', ...others]: readonly string[],
  merged: NewEntry,
): Promise<void> {
  await manager.query(`DELETE FROM monitoring.outbox WHERE id = ANY($1::bigint[]) AND part = 0`, [others]);
  await manager.query(
    `UPDATE monitoring.outbox SET idempotency_key = $2, kind = $3, rows = $4, items = $5, payload = $6
     WHERE id = $1 AND part = 0`,
    [first, uuid(), merged.kind, merged.rows, merged.items, merged.payload],
  );
}

/** Counts a send that is about to begin: from now on the entry's bytes stay as they are. */
export async function markAttempt(manager: EntityManager, entry: EntryKey): Promise<OutboxEntry> {
  const [rows]: [OutboxEntry[], number] = await manager.query(
    `UPDATE monitoring.outbox SET attempts = attempts + 1 WHERE id = $1 AND part = $2
     RETURNING ${entryColumns}, idempotency_key AS "idempotencyKey", payload`,
    [entry.id, entry.part],
  );
  const [marked] = rows;
  if (marked === undefined) throw new Error('only who holds the lease removes entries');
  return marked;
}

/** What is left when `entry` has been taken. */
export async function selectBacklog(manager: EntityManager, entry: EntryKey): Promise<Backlog> {
  const rows: Backlog[] = await manager.query(
    `SELECT count(*)::int AS batches, min(created_at) AS "oldestAt" FROM monitoring.outbox
     WHERE (id, part) <> ($1::bigint, $2::int)`,
    [entry.id, entry.part],
  );
  return rows[0] ?? { batches: 0, oldestAt: null };
}

export async function deleteEntry(manager: EntityManager, entry: EntryKey): Promise<void> {
  await manager.query(`DELETE FROM monitoring.outbox WHERE id = $1 AND part = $2`, [entry.id, entry.part]);
}

/** Puts two entries in the place of one; each gets half of its width, and a key of its own. */
export async function splitEntry(
  manager: EntityManager,
  entry: QueuedEntry,
  [first, second]: readonly [NewEntry, NewEntry],
): Promise<void> {
  const width = entry.partWidth / 2;
  await manager.query(
    `INSERT INTO monitoring.outbox (id, part, part_width, idempotency_key, kind, rows, items, payload, created_at)
       OVERRIDING SYSTEM VALUE
     SELECT id, part + $3, $3, $4, $5, $6, $7, $8, created_at FROM monitoring.outbox WHERE id = $1 AND part = $2`,
    [entry.id, entry.part, width, uuid(), second.kind, second.rows, second.items, second.payload],
  );
  await manager.query(
    `UPDATE monitoring.outbox SET part_width = $3, idempotency_key = $4, kind = $5, rows = $6, items = $7,
       payload = $8, attempts = 0 WHERE id = $1 AND part = $2`,
    [entry.id, entry.part, width, uuid(), first.kind, first.rows, first.items, first.payload],
  );
}

export async function countEntries(manager: EntityManager): Promise<number> {
  const [row]: { entries: number }[] = await manager.query(
    `SELECT count(*)::int AS entries FROM monitoring.outbox`,
  );
  return row?.entries ?? 0;
}

export async function clearOutbox(manager: EntityManager): Promise<void> {
  await manager.query(`DELETE FROM monitoring.outbox`);
}
