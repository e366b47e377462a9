import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import type { PushResult } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { BatchBody } from './batch-body.js';
import { checkColumns } from './check-columns.js';
import {
  claimBatch,
  recordContact,
  recordEvent,
  recordResult,
  selectChannelIds,
  upsertCatalogue,
  upsertMeasurements,
  type BatchKey,
  type SenderState,
} from './ingest.queries.js';

const nothing = { received: 0, accepted: 0, duplicates: 0, rejected: 0 };

/** A push as it came in. */
export interface Push {
  customerId: number;
  idempotencyKey: string;
  body: BatchBody;
  sender: SenderState;
  /** `performance.now()` when the request came in. */
  startedAt: number;
}

/** Takes batches. Key, rows, event and the customer's watermark commit together or not at all. */
@Injectable()
export class IngestService {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws CodedError INGEST_KEY_REUSED, INGEST_BATCH_INVALID */
  take(push: Push): Promise<PushResult> {
    return this.dataSource.transaction((manager) => this.takeIn(manager, push));
  }

  noteContact(customerId: number, sender: SenderState): Promise<void> {
    return recordContact(this.dataSource, customerId, sender);
  }

  /** A refusal is worth a line for the operator, when it is known whose it is. */
  async refuse(push: Omit<Push, 'body' | 'idempotencyKey'>, error: CodedError): Promise<void> {
    const event = {
      outcome: 'refused' as const,
      code: error.code,
      message: error.message,
      result: nothing,
      bytes: 0,
      durationMs: performance.now() - push.startedAt,
    };
    await recordEvent(this.dataSource, push.customerId, event, push.sender, { inserted: 0, newest: null });
  }

  private async takeIn(manager: EntityManager, push: Push): Promise<PushResult> {
    const { customerId, idempotencyKey, body } = push;
    const key: BatchKey = { customerId, idempotencyKey, bodySha256: body.sha256 };
    const known = await claimBatch(manager, key);
    if (known !== undefined && !known.bodySha256.equals(body.sha256))
      throw new CodedError('INGEST_KEY_REUSED');
    const { result, inserted, newest } =
      known === undefined
        ? await this.store(manager, push)
        : { result: known.result, inserted: 0, newest: null };
    if (known === undefined) await recordResult(manager, key, result);
    const event = {
      outcome: known === undefined ? ('accepted' as const) : ('replayed' as const),
      code: null,
      message: null,
      result,
      bytes: body.bytes,
      durationMs: performance.now() - push.startedAt,
    };
    await recordEvent(manager, customerId, event, push.sender, { inserted, newest });
    return result;
  }

  private async store(manager: EntityManager, { customerId, body: { batch } }: Push) {
    await upsertCatalogue(manager, customerId, batch).catch(refuseData);
    const channelIds = await selectChannelIds(manager, customerId, batch.measurements.channels);
    const rows = checkColumns(batch.measurements, channelIds, Date.now());
    const { inserted, changed } = await upsertMeasurements(manager, customerId, rows);
    const accepted = inserted + changed;
    const result: PushResult = {
      received: batch.measurements.time.length,
      accepted,
      duplicates: rows.time.length - accepted,
      rejected: rows.rejected.length,
      errors: rows.rejected,
    };
    const newest = rows.time.reduce<number | null>((latest, time) => Math.max(latest ?? time, time), null);
    return { result, inserted, newest };
  }
}

/** SQLSTATE classes of what the data itself is to blame for: named twice, not text, or a reference to nothing. */
const dataErrors = /^(21|22|23)/;

/** Sent again it would fail again: the portal must set it aside, as what is malformed in any other way. */
function refuseData(error: unknown): never {
  const state = error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
  if (state === undefined || !dataErrors.test(state)) throw error;
  const detail = 'its sites, devices and channels contradict each other or hold what is not text';
  throw new CodedError('INGEST_BATCH_INVALID', { detail, cause: error });
}
