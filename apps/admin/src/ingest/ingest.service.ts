import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PushResult, ReceivedBatch } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { parseBatch, readBody, type BatchBody } from './batch-body.js';
import { BatchWriter } from './batch-writer.js';
import { typeOf } from './catalogue.js';
import { recordContact, type Contact } from './contact.queries.js';
import { INGEST_SETTINGS, type IngestSettings } from './ingest.config.js';
import { IngestMetrics } from './ingest-metrics.js';
import { lookUp, recordReplay, type BatchType, type KnownBatch } from './ledger.queries.js';
import { Refusals } from './refusals.js';
import type { SenderState, StreamClaim } from './sender-state.js';
import { StreamBehindError } from './stream-behind.error.js';

/** A push as it came in. */
export interface Push {
  customerId: number;
  /** Undefined when the sender gave none that is usable. */
  idempotencyKey: string | undefined;
  /** Not yet read. */
  body: unknown;
  contentEncoding: string | undefined;
  sender: SenderState;
  stream: StreamClaim;
  /** `performance.now()` when the request came in. */
  startedAt: number;
}

export interface Answer {
  result: PushResult;
  /** Batches of the stream that Admin has; undefined when the sender of a replay did not name the stream. */
  position: number | undefined;
  isReplay: boolean;
}

/** What is known of a request when it is refused. */
interface Progress {
  bytes: number;
  type: BatchType;
}

/** Takes what portals send. */
@Injectable()
export class IngestService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly writer: BatchWriter,
    private readonly refusals: Refusals,
    private readonly metrics: IngestMetrics,
    @Inject(INGEST_SETTINGS) private readonly settings: IngestSettings,
  ) {}

  /**
   * @throws CodedError INGEST_KEY_MISSING, INGEST_KEY_REUSED, INGEST_BATCH_TOO_LARGE, INGEST_BATCH_SPREAD,
   *   INGEST_BATCH_INVALID; StreamBehindError. Each is written down for the operator.
   */
  async take(push: Push): Promise<Answer> {
    const progress: Progress = { bytes: 0, type: 'unknown' };
    try {
      return await this.takeOrRefuse(push, progress);
    } catch (error) {
      const seconds = (performance.now() - push.startedAt) / 1_000;
      this.metrics.batchEnded('refused', error instanceof CodedError ? error.code : 'INTERNAL', seconds);
      if (error instanceof CodedError) await this.refuse(push, error, progress);
      throw error;
    }
  }

  /** @returns how many batches of the stream Admin has; undefined when the sender names none */
  async noteContact(
    customerId: number,
    sender: SenderState,
    stream: StreamClaim,
  ): Promise<number | undefined> {
    const position = await recordContact(this.dataSource, this.contactOf({ customerId, sender }), stream.id);
    return stream.id === null ? undefined : position;
  }

  /** Writes down that a request was refused. */
  async refuse(
    push: Pick<Push, 'customerId' | 'sender' | 'startedAt'>,
    error: CodedError,
    { bytes, type }: Progress = { bytes: 0, type: 'unknown' },
  ): Promise<void> {
    const durationMs = performance.now() - push.startedAt;
    await this.refusals.record({ ...this.contactOf(push), error, type, bytes, durationMs });
  }

  private contactOf({ customerId, sender }: Pick<Push, 'customerId' | 'sender'>): Contact {
    return { customerId, sender, lateSeconds: this.settings.lateSeconds };
  }

  private async takeOrRefuse(push: Push, progress: Progress): Promise<Answer> {
    const { customerId, idempotencyKey, stream } = push;
    if (idempotencyKey === undefined) throw new CodedError('INGEST_KEY_MISSING');
    const body = await readBody(push.body, push.contentEncoding);
    progress.bytes = body.bytes;
    this.metrics.bodyRead(body.bytes);
    const stored = await this.store(push, idempotencyKey, body, progress);
    if (stored !== undefined) return stored;
    const { known, position } = await lookUp(this.dataSource, { customerId, idempotencyKey }, stream.id);
    if (known === undefined) throw new Error('the key of a batch was taken and is not there');
    if (stream.id !== null && position < stream.position) throw new StreamBehindError(position);
    return this.replay(push, body, known, position);
  }

  /** @returns undefined when a batch with the same key is stored already */
  private async store(
    push: Push,
    idempotencyKey: string,
    body: BatchBody,
    progress: Progress,
  ): Promise<Answer | undefined> {
    const { startedAt, stream } = push;
    let batch: ReceivedBatch | undefined;
    const read = () => {
      batch ??= readBatch(body, stream);
      progress.type = typeOf(batch);
      return batch;
    };
    const contact = this.contactOf(push);
    const stored = await this.writer.store({ contact, idempotencyKey, body, stream, read, startedAt });
    if (stored === undefined) return undefined;
    this.metrics.rowsStored(stored.result, stored.way);
    this.metrics.batchEnded('accepted', '', (performance.now() - startedAt) / 1_000);
    return { result: stored.result, position: stored.position, isReplay: false };
  }

  private async replay(
    push: Push,
    { sha256, bytes }: BatchBody,
    { bodySha256, result }: KnownBatch,
    position: number,
  ): Promise<Answer> {
    if (!bodySha256.equals(sha256)) throw new CodedError('INGEST_KEY_REUSED');
    const durationMs = performance.now() - push.startedAt;
    await recordReplay(this.dataSource, this.contactOf(push), { result, bytes, durationMs });
    this.metrics.batchEnded('replayed', '', durationMs / 1_000);
    return { result, position: push.stream.id === null ? undefined : position, isReplay: true };
  }
}

/** @throws CodedError INGEST_BATCH_INVALID */
function readBatch({ text }: BatchBody, { id }: StreamClaim): ReceivedBatch {
  const batch = parseBatch(text);
  if (id === null || id.toLowerCase() === batch.streamId.toLowerCase()) return batch;
  throw new CodedError('INGEST_BATCH_INVALID', { detail: 'header and body name different streams' });
}
