import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { batchContentType, maxBatchBytes, pushBatch, type ReceivedBatch } from '#libs/contracts';
import { CodedError } from '#libs/errors';

/** Hands the body of a batch to the controller unread. */
export function acceptBatchStreams(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(batchContentType, (_request, payload, done) => done(null, payload));
}

export interface BatchBody {
  batch: ReceivedBatch;
  /** Of the inflated body. */
  sha256: Buffer;
  /** Received, before inflating. */
  bytes: number;
}

/**
 * Reads, inflates and checks the shape of a batch; its rows are checked later, one by one.
 * Memory is bounded by the limit, whatever a gzip bomb would inflate to.
 * @throws CodedError INGEST_BATCH_TOO_LARGE, INGEST_BATCH_INVALID
 */
export async function readBatch(body: unknown, contentEncoding: string | undefined): Promise<BatchBody> {
  if (!(body instanceof Readable)) {
    throw new CodedError('INGEST_BATCH_INVALID', { detail: `the content type must be ${batchContentType}` });
  }
  let bytes = 0;
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const text = await readText(contentEncoding === 'gzip' ? inflate(body) : body);
  const parsed = pushBatch.safeParse(parseJson(text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw new CodedError('INGEST_BATCH_INVALID', { problems: problems.slice(0, 20) });
  }
  return { batch: parsed.data, sha256: createHash('sha256').update(text).digest(), bytes };
}

function inflate(body: Readable): Readable {
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}

async function readText(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += (chunk as Buffer).length;
      if (length > maxBatchBytes) throw new CodedError('INGEST_BATCH_TOO_LARGE');
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('INGEST_BATCH_INVALID', { detail: 'the body is cut off or not gzip', cause: error });
  }
  return Buffer.concat(chunks, length);
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (cause) {
    throw new CodedError('INGEST_BATCH_INVALID', { detail: 'the body is not JSON', cause });
  }
}
