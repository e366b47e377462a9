import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { ReconcileReason } from '#libs/contracts';
import { measurementDigest } from '#libs/database';
import type { BatchRow } from './batch-body.js';

/** How far a comparison has come. */
export interface Reconcile {
  id: string;
  stage: 'catalogue' | 'windows' | 'quarantine' | 'finished';
  /** The week that is compared now; newer ones are done. */
  windowStart: Date | null;
  /** `2026-01-31`; with `queuedChannel`, the last day and channel of the window whose rows are queued. */
  queuedDay: string | null;
  queuedChannel: number | null;
  failures: number;
  /** Milliseconds until it may go on. */
  waitMs: number;
}

/** What the portal holds of a channel on a UTC day. */
export interface OwnDigest {
  channelId: number;
  channelUid: string;
  /** `2026-01-31` */
  day: string;
  count: number;
  hash: string;
}

/** Length of a window. Its bounds are UTC midnights, the same as those of the chunks as a rule. */
export const windowMs = 7 * 86_400_000;

/** What Admin would refuse for ever is neither compared nor queued; it is in quarantine since it was first sent. */
const acceptable = `time >= '2000-01-01 00:00Z' AND time <= now() + INTERVAL '24 hours'
  AND value NOT IN ('NaN', 'Infinity', '-Infinity')`;

// By chunks: a hypertable without an index on time would be read from end to end to find its first and last row.
const windows = `SELECT DISTINCT start FROM timescaledb_information.chunks
  CROSS JOIN LATERAL generate_series(date_bin('168 hours', range_start, '1970-01-01 00:00Z'),
    range_end - INTERVAL '1 millisecond', '168 hours') AS start
  WHERE hypertable_schema = 'monitoring' AND hypertable_name = 'measurement'
    AND start > '1999-12-25 00:00Z' AND start <= now() + INTERVAL '24 hours'`;

/** Begins a comparison, and ends the one that runs: what was compared may differ since. */
export async function startReconcile(manager: EntityManager, reason: ReconcileReason): Promise<void> {
  await manager.query(
    `INSERT INTO monitoring.fleet_reconcile (id, reason) VALUES ($1, $2)
     ON CONFLICT (only_row) DO UPDATE SET id = excluded.id, reason = excluded.reason, stage = excluded.stage,
       started_at = excluded.started_at, finished_at = NULL, window_start = NULL, queued_day = NULL,
       queued_channel = NULL, windows_done = 0, windows_total = 0, rows_queued = 0, failures = 0, retry_at = NULL`,
    [uuid(), reason],
  );
}

export async function selectReconcile(manager: EntityManager): Promise<Reconcile | undefined> {
  const rows: Reconcile[] = await manager.query(
    `SELECT id, stage, window_start AS "windowStart", queued_day::text AS "queuedDay",
       queued_channel AS "queuedChannel", failures,
       greatest(0, coalesce(extract(epoch FROM retry_at - clock_timestamp()) * 1000, 0))::float8 AS "waitMs"
     FROM monitoring.fleet_reconcile`,
  );
  return rows[0];
}

/** @returns false when another comparison was begun meanwhile; else nobody begins one before the end */
export async function confirmReconcile(manager: EntityManager, { id }: Reconcile): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM monitoring.fleet_reconcile WHERE id = $1 FOR UPDATE`,
    [id],
  );
  return rows.length > 0;
}

/** The catalogue is queued: what follows are the windows, newest first. */
export async function beginWindows(manager: EntityManager): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_reconcile SET failures = 0, retry_at = NULL, window_start = found.newest,
       windows_total = found.total, stage = CASE WHEN found.total = 0 THEN 'quarantine' ELSE 'windows' END
     FROM (SELECT max(start) AS newest, count(*)::int AS total FROM (${windows}) AS listed) AS found`,
  );
}

/** The window is done: what follows is the one before it. */
export async function endWindow(manager: EntityManager): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_reconcile SET failures = 0, retry_at = NULL, queued_day = NULL, queued_channel = NULL,
       windows_done = windows_done + 1, window_start = found.next,
       stage = CASE WHEN found.next IS NULL THEN 'quarantine' ELSE 'windows' END
     FROM (SELECT max(start) AS next FROM (${windows}) AS listed
           WHERE start < (SELECT window_start FROM monitoring.fleet_reconcile)) AS found`,
  );
}

/** The rows of a day are queued, up to this channel. */
export async function recordQueued(manager: EntityManager, last: OwnDigest, rows: number): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_reconcile SET queued_day = $1, queued_channel = $2, rows_queued = rows_queued + $3,
       failures = 0, retry_at = NULL`,
    [last.day, last.channelId, rows],
  );
}

export async function finishReconcile(manager: EntityManager): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_reconcile SET stage = 'finished', finished_at = clock_timestamp()`,
  );
}

export async function delayReconcile(manager: EntityManager, seconds: number): Promise<void> {
  await manager.query(
    `UPDATE monitoring.fleet_reconcile SET failures = failures + 1,
       retry_at = clock_timestamp() + make_interval(secs => $1)`,
    [seconds],
  );
}

/** Newest day first, channels in the order of their keys. */
export function selectDigests(manager: EntityManager, from: Date, to: Date): Promise<OwnDigest[]> {
  return manager.query(
    `SELECT channel_id AS "channelId", channel.uid AS "channelUid", day::text, count, hash FROM (
       SELECT channel_id, (time AT TIME ZONE 'UTC')::date AS day, ${measurementDigest}
       FROM monitoring.measurement WHERE time >= $1 AND time < $2 AND ${acceptable} GROUP BY 1, 2) AS digest
     JOIN monitoring.channel ON channel.id = channel_id ORDER BY digest.day DESC, channel_id`,
    [from, to],
  );
}

/** The rows of these channels on a UTC day, ordered by time. */
export function selectDay(
  manager: EntityManager,
  channelIds: readonly number[],
  day: string,
): Promise<BatchRow[]> {
  return manager.query(
    `SELECT channel.uid AS "channelId", (extract(epoch FROM time) * 1000)::float8 AS time, value
     FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id
     WHERE channel_id = ANY($1) AND time >= $2::timestamp AT TIME ZONE 'UTC'
       AND time < ($2::timestamp + INTERVAL '1 day') AT TIME ZONE 'UTC' AND ${acceptable}
     ORDER BY time, channel_id`,
    [channelIds, day],
  );
}
