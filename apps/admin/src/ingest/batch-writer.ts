import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { PushResult, ReceivedBatch } from '#libs/contracts';
import { isTransient, sqlState, type Database } from '#libs/database';
import { CodedError } from '#libs/errors';
import { DATABASE } from '#libs/nest-kit';
import type { BatchBody } from './batch-body.js';
import { hasDeletion, putCatalogue, removeDeleted, settleCatalogue, typeOf } from './catalogue.js';
import { selectChannelKeys } from './catalogue.queries.js';
import { ChannelKeys, keysOf } from './channel-keys.js';
import { checkColumns, type CheckedRows } from './check-columns.js';
import type { Contact } from './contact.queries.js';
import { claimBatch, finishBatch } from './ledger.queries.js';
import type { StreamClaim } from './sender-state.js';
import { StreamBehindError } from './stream-behind.error.js';
import { copyMeasurements, upsertMeasurements, type WrittenRows } from './measurements.queries.js';

/** How rows are written: `copy` is fast, and gives up at the first that is there already. */
export type Way = 'copy' | 'upsert';

/** A batch that is to be stored. */
export interface NewBatch {
  contact: Contact;
  idempotencyKey: string;
  body: BatchBody;
  stream: StreamClaim;
  /** Parses the body, which a batch that is stored already is spared. */
  read: () => ReceivedBatch;
  /** `performance.now()` when the request came in. */
  startedAt: number;
}

export interface StoredBatch {
  result: PushResult;
  /** Batches of the stream that Admin has now. */
  position: number;
  way: Way;
  /** None of its rows was there before. */
  isNew: boolean;
}

/** More would take a lock each in one transaction, and the lock table of the server is shared by all. */
const mostWeeks = 100;

/** SQLSTATE: a row is there already, or would have to be decompressed to know. */
const needsUpsert = new Set(['23505', '53400']);
const mostAttempts = 5;

const noRows: WrittenRows = { inserted: 0, changed: 0 };

/** Stores batches. Key, rows, event and the customer's watermark commit together or not at all. */
@Injectable()
export class BatchWriter {
  private readonly channelKeys = new ChannelKeys();
  /** Customers whose last batch held rows that were there: who sends history again does so for many batches. */
  private readonly repeating = new Set<number>();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  /**
   * @returns undefined when a batch with the same key is stored already
   * @throws CodedError INGEST_BATCH_INVALID, INGEST_BATCH_SPREAD, INGEST_TOKEN_INVALID; StreamBehindError
   */
  async store(batch: NewBatch): Promise<StoredBatch | undefined> {
    const { customerId } = batch.contact;
    let way: Way = this.database.canCopy && !this.repeating.has(customerId) ? 'copy' : 'upsert';
    for (let attempt = 1; ; attempt++) {
      const tried = way;
      try {
        const stored = await this.dataSource.transaction((manager) => this.storeIn(manager, batch, tried));
        if (stored?.isNew === true) this.repeating.delete(customerId);
        return stored;
      } catch (error) {
        if (way === 'copy' && needsUpsert.has(sqlState(error))) {
          way = 'upsert';
          this.repeating.add(customerId);
        } else if (!isTransient(error) || attempt === mostAttempts) throw error;
      }
    }
  }

  private async storeIn(
    manager: EntityManager,
    { contact, idempotencyKey, body, stream, read, startedAt }: NewBatch,
    way: Way,
  ): Promise<StoredBatch | undefined> {
    const { customerId } = contact;
    const claim = await claimBatch(manager, { customerId, idempotencyKey }, body.sha256, stream.id);
    if (claim === undefined) throw new CodedError('INGEST_TOKEN_INVALID');
    if (!claim.isNew) return undefined;
    if (stream.id !== null && claim.position < stream.position) throw new StreamBehindError(claim.position);
    const batch = read();
    const put = await putCatalogue(manager, customerId, batch);
    const version = put > 0 ? undefined : claim.catalogueVersion;
    const keys = await this.keys(manager, customerId, batch.measurements.channels, version);
    const rows = check(batch, keys);
    const written = await writeRows(manager, customerId, rows, way);
    const removed = await removeDeleted(manager, customerId, batch);
    if (put + removed > 0) await settleCatalogue(manager, customerId);
    const result = resultOf(batch, rows, written);
    const position = await finishBatch(manager, contact, {
      idempotencyKey,
      streamId: batch.streamId,
      type: typeOf(batch),
      result,
      inserted: written.inserted,
      // After a deletion the newest time was looked up, and the batch's own newest may be among what went.
      newest: hasDeletion(batch) ? null : rows.newest,
      bytes: body.bytes,
      durationMs: performance.now() - startedAt,
    });
    return { result, position, way, isNew: written.inserted === rows.length };
  }

  /** @param version of the customer's catalogue, undefined when this transaction has changed it */
  private async keys(
    manager: EntityManager,
    customerId: number,
    uids: readonly string[],
    version: number | undefined,
  ): Promise<Int32Array> {
    let known = version === undefined ? undefined : this.channelKeys.get(customerId, version);
    if (known === undefined && uids.length > 0) {
      known = await selectChannelKeys(manager, customerId);
      if (version !== undefined) this.channelKeys.set(customerId, version, known);
    }
    return keysOf(known ?? new Map<string, number>(), uids);
  }
}

function check({ measurements }: ReceivedBatch, keys: Int32Array): CheckedRows {
  const rows = checkColumns(measurements, keys, Date.now());
  if (rows.weeks <= mostWeeks) return rows;
  throw new CodedError('INGEST_BATCH_SPREAD', { detail: `${rows.weeks} weeks, at most ${mostWeeks}` });
}

/** Takes the rows before it waits for anything. */
function writeRows(
  manager: EntityManager,
  customerId: number,
  rows: CheckedRows,
  way: Way,
): Promise<WrittenRows> {
  if (rows.length === 0) return Promise.resolve(noRows);
  return way === 'copy'
    ? copyMeasurements(manager, customerId, rows)
    : upsertMeasurements(manager, customerId, rows);
}

function resultOf(batch: ReceivedBatch, rows: CheckedRows, { inserted, changed }: WrittenRows): PushResult {
  const accepted = inserted + changed;
  return {
    received: batch.measurements.time.length,
    accepted,
    duplicates: rows.length - accepted,
    rejected: rows.rejected.length,
    errors: rows.rejected,
  };
}
