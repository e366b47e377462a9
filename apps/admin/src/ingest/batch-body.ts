import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { batchContentType, maxBatchBytes, pushBatch, type ReceivedBatch } from '#libs/contracts';
import { CodedError, hasCode } from '#libs/errors';
import { collectBody } from '#libs/nest-kit';

const inflateInThread = promisify(gunzip);

/** What is no larger inflates in less time than the way to the thread pool and back takes. */
const quicklyInflatedBytes = 1024 * 1024;

const smallestPieceBytes = 16 * 1024;

/** Hands the body of a batch to the controller unread. */
export function acceptBatchStreams(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(batchContentType, (_request, payload, done) => done(null, payload));
}

/** A body as it came, inflated and not yet looked into. */
export interface BatchBody {
  text: Buffer;
  /** Of the inflated body. */
  sha256: Buffer;
  /** Received, before inflating. */
  bytes: number;
}

/**
 * Reads and inflates a body. Memory is bounded by twice the limit, whatever a gzip bomb would inflate to.
 * @throws CodedError INGEST_BATCH_TOO_LARGE, INGEST_BATCH_INVALID
 */
export async function readBody(body: unknown, contentEncoding: string | undefined): Promise<BatchBody> {
  if (!(body instanceof Readable)) {
    throw new CodedError('INGEST_BATCH_INVALID', { detail: `the content type must be ${batchContentType}` });
  }
  try {
    const raw = await collectBody(body, maxBatchBytes);
    if (raw === undefined) throw new CodedError('INGEST_BATCH_TOO_LARGE');
    const text = contentEncoding === 'gzip' ? await inflate(raw) : raw;
    return { text, sha256: createHash('sha256').update(text).digest(), bytes: raw.length };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (hasCode(error, 'ERR_BUFFER_TOO_LARGE')) throw new CodedError('INGEST_BATCH_TOO_LARGE');
    throw new CodedError('INGEST_BATCH_INVALID', { detail: 'the body is cut off or not gzip', cause: error });
  }
}

async function inflate(raw: Buffer): Promise<Buffer> {
  const chunkSize = outputPiece(raw);
  try {
    return gunzipSync(raw, { maxOutputLength: quicklyInflatedBytes, chunkSize });
  } catch (error) {
    if (!hasCode(error, 'ERR_BUFFER_TOO_LARGE')) throw error;
    return inflateInThread(raw, { maxOutputLength: maxBatchBytes, chunkSize });
  }
}

/**
 * How much memory to inflate into at a time: what the last four bytes of gzip say, and a byte more to see the end. A
 * body that lies is inflated in several pieces; memory that is asked for and not used makes the collector run.
 */
function outputPiece(raw: Buffer): number {
  const said = raw.length < 4 ? 0 : raw.readUInt32LE(raw.length - 4);
  return Math.min(Math.max(said, smallestPieceBytes), quicklyInflatedBytes) + 1;
}

/**
 * Checks the shape of a batch; its rows are checked later, one by one.
 * @throws CodedError INGEST_BATCH_INVALID
 */
export function parseBatch(text: Buffer): ReceivedBatch {
  const parsed = pushBatch.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new CodedError('INGEST_BATCH_INVALID', { problems: problems.slice(0, 20) });
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (cause) {
    throw new CodedError('INGEST_BATCH_INVALID', { detail: 'the body is not JSON', cause });
  }
}
