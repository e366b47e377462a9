import type { DataSource, EntityManager } from 'typeorm';
import type { Refusal } from './outcome.js';

/** Longer than a request may take, so that no other process begins while one waits for its answer. */
const leaseSeconds = 75;

/** What the holder of the lease reads of the state; it has the row for itself until its transaction ends. */
export interface PushState {
  enabled: boolean;
  streamId: string;
  position: number;
  batchRows: number;
  failures: number;
  isHeld: boolean;
  /** Milliseconds until something may be sent again; 0 when it may. */
  waitMs: number;
  /** Seconds since Admin last answered well; null when it never did. */
  contactAgeSeconds: number | null;
  /** Whether a comparison was begun within an hour because Admin did not know a channel. */
  askedForChannels: boolean;
}

const stateColumns = `enabled, stream_id AS "streamId", stream_position::float8 AS position,
  batch_rows AS "batchRows", failures, hold IS NOT DISTINCT FROM 'held' AS "isHeld",
  greatest(0, coalesce(extract(epoch FROM retry_at - clock_timestamp()) * 1000, 0))::float8 AS "waitMs",
  extract(epoch FROM clock_timestamp() - last_contact_at)::float8 AS "contactAgeSeconds",
  coalesce(unknown_channel_at > now() - INTERVAL '1 hour', false) AS "askedForChannels"`;

/**
 * Takes or renews the lease, by the database's clock.
 * @returns undefined while another process has it
 */
export async function takeLease(manager: EntityManager, holder: string): Promise<PushState | undefined> {
  const [rows]: [PushState[], number] = await manager.query(
    `UPDATE monitoring.fleet_push_state
     SET lease_holder = $1, lease_expires_at = clock_timestamp() + make_interval(secs => $2)
     WHERE lease_holder IS NULL OR lease_holder = $1 OR lease_expires_at < clock_timestamp()
     RETURNING ${stateColumns}`,
    [holder, leaseSeconds],
  );
  return rows[0];
}

/** @returns undefined when the lease was lost, so that nothing may be recorded; else nobody takes it before the end */
export async function confirmLease(manager: EntityManager, holder: string): Promise<PushState | undefined> {
  const rows: PushState[] = await manager.query(
    `SELECT ${stateColumns} FROM monitoring.fleet_push_state WHERE lease_holder = $1 FOR UPDATE`,
    [holder],
  );
  return rows[0];
}

/** Milliseconds until the lease of another process runs out. */
export async function selectLeaseWait(manager: EntityManager): Promise<number> {
  const rows: { waitMs: number }[] = await manager.query(
    `SELECT greatest(0, extract(epoch FROM lease_expires_at - clock_timestamp()) * 1000)::float8 AS "waitMs"
     FROM monitoring.fleet_push_state`,
  );
  return rows[0]?.waitMs ?? 0;
}

export async function releaseLease(dataSource: DataSource, holder: string): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.fleet_push_state SET lease_holder = NULL, lease_expires_at = NULL WHERE lease_holder = $1`,
    [holder],
  );
}

/** For a database that only one process can have open: whoever held the lease is gone. */
export async function breakLease(dataSource: DataSource): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.fleet_push_state SET lease_holder = NULL, lease_expires_at = NULL`,
  );
}

/** Admin has answered well: what was wrong before is no longer. */
export async function recordContact(
  manager: EntityManager,
  sent: { batches: number; rows: number; position: number | undefined },
): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_push_state SET last_contact_at = clock_timestamp(), hold = NULL, retry_at = NULL,
       failures = 0, last_error_at = NULL, last_error_code = NULL, last_error_message = NULL,
       last_error_remedy = NULL, sent_batches = sent_batches + $1, sent_rows = sent_rows + $2,
       last_sent_at = CASE WHEN $1 > 0 THEN clock_timestamp() ELSE last_sent_at END,
       stream_position = coalesce($3, stream_position)`,
    [sent.batches, sent.rows, sent.position ?? null],
  );
}

/** Admin has answered, though not well: nothing is held up by it. */
export async function recordError(manager: EntityManager, refusal: Refusal): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_push_state SET last_error_at = clock_timestamp(), last_error_code = $1,
       last_error_message = $2, last_error_remedy = $3`,
    [refusal.code, refusal.message, refusal.remedy],
  );
}

export async function clearHold(manager: EntityManager): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_push_state SET hold = NULL, retry_at = NULL, failures = 0,
       last_contact_at = clock_timestamp()`,
  );
}

export async function recordHold(
  manager: EntityManager,
  hold: 'held' | 'backing-off',
  seconds: number,
): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_push_state SET hold = $1, failures = failures + 1,
       retry_at = clock_timestamp() + make_interval(secs => $2)`,
    [hold, seconds],
  );
}

export async function recordPosition(manager: EntityManager, position: number): Promise<void> {
  await manager.query(`UPDATE monitoring.fleet_push_state SET stream_position = $1`, [position]);
}

export async function noteUnknownChannel(manager: EntityManager): Promise<void> {
  await manager.query(`UPDATE monitoring.fleet_push_state SET unknown_channel_at = now()`);
}

/** Nothing waits for its time any longer; what went wrong is forgotten only when it goes well. */
export async function endWaiting(manager: EntityManager): Promise<void> {
  await manager.query(`UPDATE monitoring.fleet_push_state SET retry_at = NULL, last_contact_at = NULL`);
  await manager.query(`UPDATE monitoring.fleet_reconcile SET retry_at = NULL`);
}
