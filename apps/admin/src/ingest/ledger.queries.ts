import type { DataSource, EntityManager } from 'typeorm';
import { queryPrepared, type PreparedStatement } from '#libs/database';
import type { PushResult } from '#libs/contracts';
import { contactParameters, setContact, type Contact } from './contact.queries.js';

/** Of what a batch consists, in the order of weight: what deletes is a deletion whatever else it holds. */
export type BatchType = 'measurements' | 'catalogue' | 'deletion' | 'unknown';

export interface BatchKey {
  customerId: number;
  idempotencyKey: string;
}

/** What Admin remembers of a batch that it took. */
export interface KnownBatch {
  bodySha256: Buffer;
  result: PushResult;
}

const lookUpStatement: PreparedStatement = {
  name: 'ingest-look-up',
  text: `SELECT body_sha256 AS "bodySha256", result, coalesce(position, 0)::float8 AS position
     FROM (SELECT $1::int AS customer_id) AS sender
       LEFT JOIN fleet.ingest_batch AS batch
         ON batch.customer_id = sender.customer_id AND idempotency_key = $2
       LEFT JOIN fleet.ingest_stream AS stream
         ON stream.customer_id = sender.customer_id AND stream_id = $3`,
};

/** @returns what is known of the key, and how many batches of the stream Admin has */
export async function lookUp(
  dataSource: DataSource,
  { customerId, idempotencyKey }: BatchKey,
  streamId: string | null,
): Promise<{ known: KnownBatch | undefined; position: number }> {
  const [row]: { bodySha256: Buffer | null; result: PushResult; position: number }[] = await queryPrepared(
    dataSource,
    lookUpStatement,
    [customerId, idempotencyKey, streamId],
  );
  if (row === undefined) throw new Error('an outer join of one row has a row');
  const { bodySha256, result, position } = row;
  return { known: bodySha256 === null ? undefined : { bodySha256, result }, position };
}

export interface Claim {
  catalogueVersion: number;
  /** False when a batch with the key is stored already. */
  isNew: boolean;
  /** Batches of the stream that Admin has; 0 for a stream that it does not know. */
  position: number;
}

const claimStatement: PreparedStatement = {
  name: 'ingest-claim',
  text: `WITH locked AS (
       SELECT id, catalogue_version FROM fleet.customer
       WHERE id = $1 AND disabled_at IS NULL FOR NO KEY UPDATE
     ), claimed AS (
       INSERT INTO fleet.ingest_batch (customer_id, idempotency_key, body_sha256)
       SELECT id, $2, $3 FROM locked ON CONFLICT DO NOTHING RETURNING 1
     )
     SELECT catalogue_version AS "catalogueVersion", EXISTS (SELECT FROM claimed) AS "isNew",
       coalesce(position, 0)::float8 AS position
     FROM locked LEFT JOIN fleet.ingest_stream ON customer_id = id AND stream_id = $4`,
};

/**
 * Locks the customer, so that his batches are applied one after the other, and takes the key for this transaction.
 * @returns undefined when the customer was disabled or deleted meanwhile
 */
export async function claimBatch(
  manager: EntityManager,
  { customerId, idempotencyKey }: BatchKey,
  bodySha256: Buffer,
  streamId: string | null,
): Promise<Claim | undefined> {
  const rows: Claim[] = await queryPrepared(manager, claimStatement, [
    customerId,
    idempotencyKey,
    bodySha256,
    streamId,
  ]);
  return rows[0];
}

/** A batch that was stored, as it is written down. */
export interface FinishedBatch {
  idempotencyKey: string;
  streamId: string;
  type: BatchType;
  result: PushResult;
  /** Rows that were not there before; a corrected one was. */
  inserted: number;
  /** Epoch milliseconds of the newest row of the batch, null when it has none. */
  newest: number | null;
  bytes: number;
  durationMs: number;
}

const finishStatement: PreparedStatement = {
  name: 'ingest-finish',
  text: `WITH ledger AS (
       UPDATE fleet.ingest_batch SET result = $6 WHERE customer_id = $1 AND idempotency_key = $7
     ), pushed AS (
       UPDATE fleet.customer SET ${setContact}, last_accepted_at = now(),
         last_rejected_at = CASE WHEN $8::int > 0 THEN now() ELSE last_rejected_at END,
         newest_data_at = greatest(newest_data_at, to_timestamp($9::float8 / 1000)),
         measurement_count = measurement_count + $10::int
       WHERE id = $1 RETURNING newest_data_at
     ), event AS (
       INSERT INTO fleet.ingest_event (customer_id, outcome, type, rows_received, rows_accepted, rows_duplicate,
         rows_rejected, bytes, duration_ms, sender_version, lag_seconds)
       SELECT $1, 'accepted', $11, $12, $13, $14, $8::int, $15, $16, $2, CASE WHEN newest_data_at IS NOT NULL
         THEN greatest(0, extract(epoch FROM now() - newest_data_at)) END FROM pushed
     )
     INSERT INTO fleet.ingest_stream AS stream (customer_id, stream_id, position) VALUES ($1, $17, 1)
     ON CONFLICT (customer_id, stream_id) DO UPDATE SET position = stream.position + 1, last_seen_at = now()
     RETURNING position::float8`,
};

/**
 * Writes down the answer, the event, the customer's state and the stream's progress, in the transaction of the rows.
 * @returns how many batches of the stream Admin has now
 */
export async function finishBatch(
  manager: EntityManager,
  contact: Contact,
  batch: FinishedBatch,
): Promise<number> {
  const { received, accepted, duplicates, rejected } = batch.result;
  const rows: { position: number }[] = await queryPrepared(manager, finishStatement, [
    ...contactParameters(contact),
    JSON.stringify(batch.result),
    batch.idempotencyKey,
    rejected,
    batch.newest,
    batch.inserted,
    batch.type,
    received,
    accepted,
    duplicates,
    batch.bytes,
    batch.durationMs,
    batch.streamId,
  ]);
  return rows[0]?.position ?? 0;
}

const replayStatement: PreparedStatement = {
  name: 'ingest-replay',
  text: `WITH pushed AS (
       UPDATE fleet.customer SET ${setContact}, last_accepted_at = now() WHERE id = $1
     )
     INSERT INTO fleet.ingest_event (customer_id, outcome, type, rows_received, rows_accepted, rows_duplicate,
       rows_rejected, bytes, duration_ms, sender_version)
     VALUES ($1, 'replayed', $6, $7, $8, $9, $10, $11, $12, $2)`,
};

/** A batch that came again changes nothing, but shows that its sender is there. */
export async function recordReplay(
  dataSource: DataSource,
  contact: Contact,
  { result, bytes, durationMs }: Pick<FinishedBatch, 'result' | 'bytes' | 'durationMs'>,
): Promise<void> {
  await queryPrepared(dataSource, replayStatement, [
    ...contactParameters(contact),
    result.received > 0 ? 'measurements' : 'catalogue',
    result.received,
    result.accepted,
    result.duplicates,
    result.rejected,
    bytes,
    durationMs,
  ]);
}
