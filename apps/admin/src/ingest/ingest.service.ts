import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PushResult } from '#libs/contracts';
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

/** Admin has fewer batches of the stream than the sender was told, so Admin was restored from a backup. */
export class StreamBehindError extends CodedError {
  /** @param position batches of the stream that Admin has */
  constructor(readonly position: number) {
    super('INGEST_STREAM_BEHIND', { detail: `Admin has ${position} batches of it` });
  }
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
    const key = { customerId, idempotencyKey };
    const { known, position } = await lookUp(this.dataSource, key, stream.id);
    if (stream.id !== null && position < stream.position) throw new StreamBehindError(position);
    if (known !== undefined) return this.replay(push, body, known, position);
    const stored = await this.store(push, idempotencyKey, body, progress);
    if (stored !== undefined) return stored;
    const taken = await lookUp(this.dataSource, key, stream.id);
    if (taken.known === undefined) throw new Error('the key of a batch was taken and is not there');
    return this.replay(push, body, taken.known, taken.position);
  }

  /** @returns undefined when another request has stored a batch with the same key meanwhile */
  private async store(
    push: Push,
    idempotencyKey: string,
    body: BatchBody,
    progress: Progress,
  ): Promise<Answer | undefined> {
    const batch = parseBatch(body.text);
    progress.type = typeOf(batch);
    if (push.stream.id !== null && push.stream.id.toLowerCase() !== batch.streamId.toLowerCase()) {
      throw new CodedError('INGEST_BATCH_INVALID', { detail: 'header and body name different streams' });
    }
    const { startedAt } = push;
    const stored = await this.writer.store({
      contact: this.contactOf(push),
      idempotencyKey,
      body,
      batch,
      startedAt,
    });
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
