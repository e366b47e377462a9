import type { DataSource } from 'typeorm';
import type { FleetPushStatus } from '#libs/contracts';

export interface OutboxEntry {
  id: string;
  idempotencyKey: string;
  rows: number;
  /** Gzipped JSON of a `PushBatch`; its bytes never change. */
  payload: Buffer;
}

/** What is told to Admin beside each batch. */
export interface Backlog {
  batches: number;
  oldestAt: Date | null;
}

/** Not a cursor over ids or times: whatever is unsent is found, however late it was committed. */
export async function selectOldest(dataSource: DataSource): Promise<OutboxEntry | undefined> {
  const rows: OutboxEntry[] = await dataSource.query(
    `SELECT id, idempotency_key AS "idempotencyKey", rows, payload FROM monitoring.outbox
     WHERE quarantined_at IS NULL ORDER BY id LIMIT 1`,
  );
  return rows[0];
}

/** What is left when `entry` has been taken. */
export async function selectBacklog(dataSource: DataSource, entry: OutboxEntry): Promise<Backlog> {
  const rows: Backlog[] = await dataSource.query(
    `SELECT count(*)::int AS batches, min(created_at) AS "oldestAt" FROM monitoring.outbox
     WHERE quarantined_at IS NULL AND id <> $1`,
    [entry.id],
  );
  return rows[0] ?? { batches: 0, oldestAt: null };
}

/** Forgets an entry that Admin has acknowledged. */
export async function deleteSent(dataSource: DataSource, entry: OutboxEntry): Promise<void> {
  await dataSource.transaction(async (manager) => {
    const [, deleted]: [unknown, number] = await manager.query(
      `DELETE FROM monitoring.outbox WHERE id = $1`,
      [entry.id],
    );
    if (deleted === 0) return;
    await manager.query(
      `UPDATE monitoring.fleet_push_state SET sent_batches = sent_batches + 1, sent_rows = sent_rows + $1,
         last_sent_at = now(), last_error_at = NULL, last_error_code = NULL, last_error_message = NULL`,
      [entry.rows],
    );
  });
}

/** Sets an entry that Admin refused as malformed aside, with the reason, so that it does not block the queue. */
export async function quarantine(dataSource: DataSource, entry: OutboxEntry, reason: string): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.outbox SET quarantined_at = now(), quarantine_reason = $2 WHERE id = $1`,
    [entry.id, reason],
  );
}

export async function recordError(dataSource: DataSource, code: string, message: string): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.fleet_push_state
     SET last_error_at = now(), last_error_code = $1, last_error_message = $2`,
    [code, message],
  );
}

/** Admin has been reached: what was wrong before is no longer. */
export async function clearError(dataSource: DataSource): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.fleet_push_state
     SET last_error_at = NULL, last_error_code = NULL, last_error_message = NULL WHERE last_error_at IS NOT NULL`,
  );
}

export async function selectStatus(dataSource: DataSource): Promise<Omit<FleetPushStatus, 'enabled'>> {
  const [row]: StatusRow[] = await dataSource.query(
    `SELECT count(outbox.id) FILTER (WHERE quarantined_at IS NULL)::int AS "unsentBatches",
       coalesce(sum(rows) FILTER (WHERE quarantined_at IS NULL), 0)::int AS "unsentRows",
       count(quarantined_at)::int AS "quarantinedBatches",
       min(created_at) FILTER (WHERE quarantined_at IS NULL) AS "oldestUnsentAt",
       sent_batches::float8 AS "sentBatches", sent_rows::float8 AS "sentRows", last_sent_at AS "lastSentAt",
       last_error_at AS "errorAt", last_error_code AS "errorCode", last_error_message AS "errorMessage"
     FROM monitoring.fleet_push_state LEFT JOIN monitoring.outbox ON true
     GROUP BY fleet_push_state.only_row`,
  );
  if (row === undefined) throw new Error('monitoring.fleet_push_state has no row');
  const { errorAt, errorCode, errorMessage, oldestUnsentAt, lastSentAt, ...counts } = row;
  return {
    ...counts,
    oldestUnsentAt: oldestUnsentAt?.toISOString() ?? null,
    lastSentAt: lastSentAt?.toISOString() ?? null,
    lastError: errorAt && { at: errorAt.toISOString(), code: errorCode ?? '', message: errorMessage ?? '' },
  };
}

interface StatusRow {
  unsentBatches: number;
  unsentRows: number;
  quarantinedBatches: number;
  sentBatches: number;
  sentRows: number;
  oldestUnsentAt: Date | null;
  lastSentAt: Date | null;
  errorAt: Date | null;
  errorCode: string | null;
  errorMessage: string | null;
}
