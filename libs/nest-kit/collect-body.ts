import type { Readable } from 'node:stream';

/**
 * Reads a body to its end. Not by iteration, which would destroy a request that is too large, and the sender would not
 * get its answer.
 * @returns undefined when there is more of it than `maxBytes`
 */
export function collectBody(stream: Readable, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      stream.off('data', take).pause();
      resolve(undefined);
    };
    stream
      .on('data', take)
      .once('end', () =>
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length)),
      )
      .once('error', reject)
      .once('close', () => reject(new Error('the sender hung up')));
  });
}
