import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { maxBatchBytes, type PushBatch } from '#libs/contracts';
import { readBatch } from './batch-body.js';

const batch: PushBatch = {
  version: 1,
  streamId: '018f0000-0000-7000-8000-00000000000f',
  sites: [],
  devices: [],
  channels: [],
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

describe('readBatch', () => {
  it('gives the batch, the hash of its text and the bytes that came in', async () => {
    const bytes = gzipSync(text);
    const chunks = [bytes.subarray(0, 7), bytes.subarray(7)];
    await expect(readBatch(Readable.from(chunks), 'gzip')).resolves.toEqual({
      batch,
      sha256: createHash('sha256').update(text).digest(),
      bytes: bytes.length,
    });
  });

  it('takes what is not compressed, with the same hash', async () => {
    const { sha256 } = await readBatch(Readable.from([Buffer.from(text)]), undefined);
    expect(sha256.toString('hex')).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('stops to read at the limit', async () => {
    const { stream, takenBytes } = endless();
    await expect(readBatch(stream, undefined)).rejects.toMatchObject({ code: 'INGEST_BATCH_TOO_LARGE' });
    expect(takenBytes()).toBeLessThan(maxBatchBytes + 4 * mebibyte);
  });

  it('stops to inflate at the limit, however much there is', async () => {
    const { stream, takenBytes } = endless();
    const compressed = stream.pipe(createGzip({ level: 1 }));
    await expect(readBatch(compressed, 'gzip')).rejects.toMatchObject({ code: 'INGEST_BATCH_TOO_LARGE' });
    stream.destroy();
    // Compression holds back whole blocks of what is all the same; what was inflated stays near the limit.
    expect(takenBytes()).toBeLessThan(maxBatchBytes * 8);
  });

  it('takes a text of exactly the limit for what it is', async () => {
    const padded = Buffer.from(text.padEnd(maxBatchBytes, ' '));
    await expect(readBatch(Readable.from([padded]), undefined)).resolves.toMatchObject({
      bytes: maxBatchBytes,
    });
    const longer = Buffer.concat([padded, Buffer.from(' ')]);
    await expect(readBatch(Readable.from([longer]), undefined)).rejects.toMatchObject({
      code: 'INGEST_BATCH_TOO_LARGE',
    });
  });

  it.each<[string, unknown, string | undefined]>([
    ['cut off', Readable.from([gzipSync(text).subarray(0, -1)]), 'gzip'],
    ['not gzip', Readable.from([Buffer.from(text)]), 'gzip'],
    ['empty', Readable.from([]), undefined],
    ['not JSON', Readable.from([Buffer.from('{')]), undefined],
    ['JSON of another shape', Readable.from([Buffer.from('{"version":1}')]), undefined],
    ['of another content type', { version: 1 }, undefined],
    ['not there', undefined, undefined],
  ])('refuses a body that is %s', async (_what, body, encoding) => {
    await expect(readBatch(body, encoding)).rejects.toMatchObject({ code: 'INGEST_BATCH_INVALID' });
  });

  it('refuses when the sender hangs up', async () => {
    const stream = new Readable({ read: () => undefined });
    const read = readBatch(stream, 'gzip');
    stream.push(gzipSync(text).subarray(0, 20));
    stream.destroy(new Error('ECONNRESET'));
    await expect(read).rejects.toMatchObject({ code: 'INGEST_BATCH_INVALID' });
  });

  it('names what is wrong, and not more than twenty times', async () => {
    const wrong = { ...batch, sites: Array.from({ length: 100 }, () => ({ id: 1 })) };
    const body = Readable.from([Buffer.from(JSON.stringify(wrong))]);
    const error = (await readBatch(body, undefined).catch((thrown: unknown) => thrown)) as {
      problems: { path: string }[];
    };
    expect(error.problems).toHaveLength(20);
    expect(error.problems[0]?.path).toBe('sites.0.id');
  });
});
