import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { maxBatchBytes, type PushBatch } from '#libs/contracts';
import { parseBatch, readBody } from './batch-body.js';

const batch: PushBatch = {
  version: 1,
  streamId: '018f0000-0000-7000-8000-00000000000f',
  sites: [],
  devices: [],
  channels: [],
  deleted: { sites: [], devices: [], channels: [] },
  measurements: { channels: [], channelIndex: [], time: [], value: [] },
};
const text = JSON.stringify(batch);
const mebibyte = 1024 * 1024;

/** Never ends by itself; counts what was taken of it. */
function endless(): { stream: Readable; takenBytes: () => number } {
  let taken = 0;
  const chunk = Buffer.alloc(mebibyte, ' ');
  const stream = new Readable({
    highWaterMark: mebibyte,
    read() {
      taken += chunk.length;
      this.push(chunk);
    },
  });
  return { stream, takenBytes: () => taken };
}

describe('readBody', () => {
  it('gives the text, its hash and the bytes that came in', async () => {
    const bytes = gzipSync(text);
    const chunks = [bytes.subarray(0, 7), bytes.subarray(7)];
    await expect(readBody(Readable.from(chunks), 'gzip')).resolves.toEqual({
      text: Buffer.from(text),
      sha256: createHash('sha256').update(text).digest(),
      bytes: bytes.length,
    });
  });

  it('inflates all of a body that says less of its length than there is', async () => {
    // The last four bytes of gzip are those of its last member only.
    const body = Buffer.concat([gzipSync('x'.repeat(100_000)), gzipSync('y')]);
    const { text: inflated } = await readBody(Readable.from([body]), 'gzip');
    expect(inflated.toString()).toBe(`${'x'.repeat(100_000)}y`);
  });

  it('takes what is not compressed, with the same hash', async () => {
    const { sha256 } = await readBody(Readable.from([Buffer.from(text)]), undefined);
    expect(sha256.toString('hex')).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('stops to read at the limit', async () => {
    const { stream, takenBytes } = endless();
    await expect(readBody(stream, undefined)).rejects.toMatchObject({ code: 'INGEST_BATCH_TOO_LARGE' });
    expect(takenBytes()).toBeLessThan(maxBatchBytes + 4 * mebibyte);
  });

  it('does not inflate past the limit, however much there is', async () => {
    const bomb = gzipSync(Buffer.alloc(maxBatchBytes * 8));
    const before = process.memoryUsage().arrayBuffers;
    await expect(readBody(Readable.from([bomb]), 'gzip')).rejects.toMatchObject({
      code: 'INGEST_BATCH_TOO_LARGE',
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(maxBatchBytes * 2);
  });

  it('leaves a sender of too much connected, so that it gets its answer', async () => {
    const { stream } = endless();
    await expect(readBody(stream, undefined)).rejects.toMatchObject({ code: 'INGEST_BATCH_TOO_LARGE' });
    expect(stream.destroyed).toBe(false);
    stream.destroy();
  });

  it('takes a text of exactly the limit for what it is', async () => {
    const padded = Buffer.from(text.padEnd(maxBatchBytes, ' '));
    await expect(readBody(Readable.from([padded]), undefined)).resolves.toMatchObject({
      bytes: maxBatchBytes,
    });
    const longer = Buffer.concat([padded, Buffer.from(' ')]);
    await expect(readBody(Readable.from([longer]), undefined)).rejects.toMatchObject({
      code: 'INGEST_BATCH_TOO_LARGE',
    });
  });

  it.each<[string, unknown, string | undefined]>([
    ['cut off', Readable.from([gzipSync(text).subarray(0, -1)]), 'gzip'],
    ['not gzip', Readable.from([Buffer.from(text)]), 'gzip'],
    ['empty', Readable.from([]), 'gzip'],
    ['of another content type', { version: 1 }, undefined],
    ['not there', undefined, undefined],
  ])('refuses a body that is %s', async (_what, body, encoding) => {
    await expect(readBody(body, encoding)).rejects.toMatchObject({ code: 'INGEST_BATCH_INVALID' });
  });

  it('refuses when the sender hangs up', async () => {
    const stream = new Readable({ read: () => undefined });
    const read = readBody(stream, 'gzip');
    stream.push(gzipSync(text).subarray(0, 20));
    stream.destroy(new Error('ECONNRESET'));
    await expect(read).rejects.toMatchObject({ code: 'INGEST_BATCH_INVALID' });
  });
});

describe('parseBatch', () => {
  it('gives the batch', () => {
    expect(parseBatch(Buffer.from(text))).toEqual(batch);
  });

  it.each(['', '{', '[1]', 'null', '{"version":1}'])('refuses %j', (wrong) => {
    expect(() => parseBatch(Buffer.from(wrong))).toThrow(
      expect.objectContaining({ code: 'INGEST_BATCH_INVALID' }),
    );
  });

  it('names what is wrong, and not more than twenty times', () => {
    const wrong = { ...batch, sites: Array.from({ length: 100 }, () => ({ id: 1 })) };
    let error: unknown;
    try {
      parseBatch(Buffer.from(JSON.stringify(wrong)));
    } catch (thrown) {
      error = thrown;
    }
    const { problems } = error as { problems: { path: string }[] };
    expect(problems).toHaveLength(20);
    expect(problems[0]?.path).toBe('sites.0.id');
  });
});
