import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** Smaller files are held in memory while they are dealt with: their bytes are read once, and staged nowhere. */
export const heldBytes = 256 * 1024;

/** Bytes of a small file. */
export class HeldFile {
  private constructor(
    private readonly chunks: readonly Buffer[],
    readonly bytes: number,
    readonly sha256: string,
  ) {}

  /** @returns undefined when there are more bytes than may be held */
  static async from(stream: Readable): Promise<HeldFile | undefined> {
    const hash = createHash('sha256');
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream) {
      const piece = chunk as Buffer;
      bytes += piece.length;
      if (bytes > heldBytes) return undefined;
      hash.update(piece);
      chunks.push(piece);
    }
    return new HeldFile(chunks, bytes, hash.digest('hex'));
  }

  /** From its first byte, as often as is wanted. */
  open(): Readable {
    return Readable.from(this.chunks, { objectMode: false });
  }

  async close(): Promise<void> {
    // The memory goes with it.
  }
}
