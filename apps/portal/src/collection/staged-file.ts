import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { CodedError, hasCode } from '#libs/errors';

/** Bytes of a server's file on this machine. Its name is gone before the first byte, so nothing is left by a process that dies. */
export class StagedFile {
  private constructor(
    private readonly handle: FileHandle,
    readonly bytes: number,
    readonly sha256: string,
  ) {}

  /**
   * @param folder undefined for the system's, which also serves where this one may not be written
   * @throws CodedError IMPORT_DISK_FULL, and what the stream throws
   */
  static async from(stream: Readable, folder = tmpdir()): Promise<StagedFile> {
    const handle = await openNameless(folder);
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of stream) {
        const piece = chunk as Buffer;
        hash.update(piece);
        bytes += piece.length;
        await handle.writeFile(piece);
      }
      return new StagedFile(handle, bytes, hash.digest('hex'));
    } catch (error) {
      await handle.close();
      throw hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT') ? diskFull(folder, error) : error;
    }
  }

  /** From its first byte, as often as is wanted. */
  open(highWaterMark: number): Readable {
    return this.handle.createReadStream({ start: 0, autoClose: false, highWaterMark });
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

async function openNameless(folder: string): Promise<FileHandle> {
  try {
    const own = await makeOwnFolder(folder);
    try {
      return await open(path.join(own, 'staged'), 'wx+', 0o600);
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  } catch (error) {
    throw hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT') ? diskFull(folder, error) : error;
  }
}

/** Hidden, as it may lie where meter files are looked for. */
async function makeOwnFolder(folder: string): Promise<string> {
  try {
    return await mkdtemp(path.join(folder, '.wattfleet-'));
  } catch (error) {
    const isClosed = ['EACCES', 'EPERM', 'EROFS', 'ENOENT'].some((code) => hasCode(error, code));
    if (!isClosed || folder === tmpdir()) throw error;
    return mkdtemp(path.join(tmpdir(), '.wattfleet-'));
  }
}

function diskFull(folder: string, cause: unknown): CodedError {
  return new CodedError('IMPORT_DISK_FULL', { detail: folder, cause });
}
