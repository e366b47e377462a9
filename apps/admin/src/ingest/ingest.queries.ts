import type { DataSource, EntityManager } from 'typeorm';
import type { PushResult, ReceivedBatch } from '#libs/contracts';
import type { CheckedRows } from './check-columns.js';

/** @returns key of the enabled customer that the token belongs to */
export async function selectTokenOwner(dataSource: DataSource, sha256: Buffer): Promise<number | undefined> {
  const rows: { customerId: number }[] = await dataSource.query(
    `SELECT customer_id AS "customerId" FROM fleet.customer_token
       JOIN fleet.customer ON customer.id = customer_id
     WHERE sha256 = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
       AND disabled_at IS NULL`,
    [sha256],
  );
  return rows[0]?.customerId;
}

export interface BatchKey {
  customerId: number;
  idempotencyKey: string;
  bodySha256: Buffer;
}

/**
 * Takes the key for this transaction. A second request with it waits here until the first has ended.
 * @returns what was recorded before, or undefined when the batch is new
 */
export async function claimBatch(
  manager: EntityManager,
  key: BatchKey,
): Promise<{ bodySha256: Buffer; result: PushResult } | undefined> {
  const claimed: unknown[] = await manager.query(
    `INSERT INTO fleet.ingest_batch (customer_id, idempotency_key, body_sha256) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING 1`,
    [key.customerId, key.idempotencyKey, key.bodySha256],
  );
  if (claimed.length > 0) return undefined;
  const known: { bodySha256: Buffer; result: PushResult }[] = await manager.query(
    `SELECT body_sha256 AS "bodySha256", result FROM fleet.ingest_batch
     WHERE customer_id = $1 AND idempotency_key = $2`,
    [key.customerId, key.idempotencyKey],
  );
  return known[0];
}

export async function recordResult(manager: EntityManager, key: BatchKey, result: PushResult): Promise<void> {
  await manager.query(
    `UPDATE fleet.ingest_batch SET result = $3 WHERE customer_id = $1 AND idempotency_key = $2`,
    [key.customerId, key.idempotencyKey, result],
  );
}

/** Creates and renames what the batch names. Every row is the customer's own, whatever ids it sends. */
export async function upsertCatalogue(
  manager: EntityManager,
  customerId: number,
  { sites, devices, channels }: ReceivedBatch,
): Promise<void> {
  await manager.query(
    `INSERT INTO fleet.site (customer_id, uid, slug, name, time_zone)
     SELECT $1, id, slug, name, "timeZone"
     FROM jsonb_to_recordset($2) AS sent (id uuid, slug text, name text, "timeZone" text)
     ON CONFLICT (customer_id, uid) DO UPDATE
       SET slug = excluded.slug, name = excluded.name, time_zone = excluded.time_zone
       WHERE (site.slug, site.name, site.time_zone)
         IS DISTINCT FROM (excluded.slug, excluded.name, excluded.time_zone)`,
    [customerId, JSON.stringify(sites)],
  );
  await manager.query(
    `INSERT INTO fleet.device (customer_id, uid, site_uid, serial, master_uid)
     SELECT $1, id, "siteId", serial, "masterId"
     FROM jsonb_to_recordset($2) AS sent (id uuid, "siteId" uuid, serial text, "masterId" uuid)
     ON CONFLICT (customer_id, uid) DO UPDATE SET serial = excluded.serial, master_uid = excluded.master_uid
       WHERE (device.serial, device.master_uid) IS DISTINCT FROM (excluded.serial, excluded.master_uid)`,
    [customerId, JSON.stringify(devices)],
  );
  await manager.query(
    `INSERT INTO fleet.channel (customer_id, uid, device_uid, label, name, unit, quantity)
     SELECT $1, id, "deviceId", label, name, unit, quantity
     FROM jsonb_to_recordset($2)
       AS sent (id uuid, "deviceId" uuid, label text, name text, unit text, quantity text)
     ON CONFLICT (customer_id, uid) DO UPDATE SET label = excluded.label, name = excluded.name,
         unit = excluded.unit, quantity = excluded.quantity
       WHERE (channel.label, channel.name, channel.unit, channel.quantity)
         IS DISTINCT FROM (excluded.label, excluded.name, excluded.unit, excluded.quantity)`,
    [customerId, JSON.stringify(channels)],
  );
}

/** Keys of the customer's channels, in the order of `uids`; undefined for what is not the customer's. */
export async function selectChannelIds(
  manager: EntityManager,
  customerId: number,
  uids: readonly string[],
): Promise<(number | undefined)[]> {
  const rows: { uid: string; id: number }[] = await manager.query(
    `SELECT uid, id FROM fleet.channel WHERE customer_id = $1 AND uid = ANY($2)`,
    [customerId, uids],
  );
  const idByUid = new Map(rows.map((row) => [row.uid, row.id]));
  return uids.map((uid) => idByUid.get(uid.toLowerCase()));
}

/** @returns how many rows were new, how many were changed, and the newest time among them */
export async function upsertMeasurements(manager: EntityManager, customerId: number, rows: CheckedRows) {
  const [counts]: { inserted: number; changed: number }[] = await manager.query(
    `WITH written AS (
       INSERT INTO fleet.measurement (customer_id, channel_id, time, value)
       SELECT $1, channel_id, to_timestamp(time / 1000.0), value
       FROM unnest($2::int[], $3::float8[], $4::float8[]) AS batch (channel_id, time, value)
       ON CONFLICT (customer_id, channel_id, time) DO UPDATE SET value = excluded.value
         WHERE measurement.value IS DISTINCT FROM excluded.value
       RETURNING (xmax = 0) AS inserted)
     SELECT count(*) FILTER (WHERE inserted)::int AS inserted, count(*) FILTER (WHERE NOT inserted)::int AS changed
     FROM written`,
    [customerId, rows.channelId, rows.time, rows.value],
  );
  return counts ?? { inserted: 0, changed: 0 };
}

export interface SenderState {
  version: string | null;
  backlogBatches: number | null;
  oldestUnsentAt: Date | null;
}

/** A sender that has nothing to send is there all the same. */
export async function recordContact(
  dataSource: DataSource,
  customerId: number,
  sender: SenderState,
): Promise<void> {
  await dataSource.query(
    `UPDATE fleet.customer SET last_contact_at = now(), stack_version = coalesce($2, stack_version),
       backlog_batches = $3, oldest_unsent_at = $4 WHERE id = $1`,
    [customerId, sender.version, sender.backlogBatches, sender.oldestUnsentAt],
  );
}

export interface EventRow {
  outcome: 'accepted' | 'replayed' | 'refused';
  code: string | null;
  message: string | null;
  result: Omit<PushResult, 'errors'>;
  bytes: number;
  durationMs: number;
}

/** Writes the record of a push and what it says of the customer, in the transaction of its rows where there is one. */
export async function recordEvent(
  database: DataSource | EntityManager,
  customerId: number,
  event: EventRow,
  sender: SenderState,
  written: { inserted: number; newest: number | null },
): Promise<void> {
  const { received, accepted, duplicates, rejected } = event.result;
  await database.query(
    `INSERT INTO fleet.ingest_event (customer_id, outcome, code, message, rows_received, rows_accepted, rows_duplicate,
       rows_rejected, bytes, duration_ms, sender_version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      customerId,
      event.outcome,
      event.code,
      event.message,
      received,
      accepted,
      duplicates,
      rejected,
      event.bytes,
      event.durationMs,
      sender.version,
    ],
  );
  await database.query(
    `UPDATE fleet.customer SET last_contact_at = now(),
       last_accepted_at = CASE WHEN $2 THEN last_accepted_at ELSE now() END,
       last_refused_at = CASE WHEN $2 THEN now() ELSE last_refused_at END,
       newest_data_at = greatest(newest_data_at, to_timestamp($3::float8 / 1000.0)),
       measurement_count = measurement_count + $4,
       stack_version = coalesce($5, stack_version), backlog_batches = $6, oldest_unsent_at = $7
     WHERE id = $1`,
    [
      customerId,
      event.outcome === 'refused',
      written.newest,
      written.inserted,
      sender.version,
      sender.backlogBatches,
      sender.oldestUnsentAt,
    ],
  );
}
