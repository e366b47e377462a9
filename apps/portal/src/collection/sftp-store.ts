import path from 'node:path';
import { Readable } from 'node:stream';
import { CodedError } from '#libs/errors';
import type { SftpSettings } from './collection.config.js';
import type { FileStore, StoreEntry } from './file-store.js';
import { openConnection, type SftpConnection, type SftpSession } from './sftp-connection.js';
import {
  call,
  entryOf,
  isEndOfFolder,
  isNoSuchFile,
  isOfPath,
  type Called,
  type SftpStats,
} from './sftp-status.js';

/** How long the server may be silent. */
const silenceMs = 30_000;

/** Files on a server. It connects when it is first asked, and is good for one connection: what fails is not tried again. */
export class SftpStore implements FileStore {
  readonly kind = 'sftp';
  readonly isRemote = true;
  private readonly cutOff = new AbortController();
  private opened: Promise<{ connection: SftpConnection; root: string }> | undefined;

  constructor(
    private readonly settings: SftpSettings,
    private readonly timeoutMs = silenceMs,
  ) {}

  get location(): string {
    const { user, host, port, folder } = this.settings;
    const below = path.posix.join('/', folder === '.' ? '' : folder);
    return `sftp://${user}@${host}${port === 22 ? '' : `:${port}`}${below}`;
  }

  /** @throws CodedError SFTP_FOLDER_MISSING for the root */
  async *readFolder(folder: string): AsyncGenerator<StoreEntry[]> {
    const handle = await this.openFolder(folder);
    try {
      for (;;) {
        const list = await this.ask<{ filename: string; attrs: SftpStats }[]>((session, done) =>
          session.readdir(handle, done),
        ).catch(endOfFolder);
        if (list === undefined) return;
        yield list.map(({ filename, attrs }) => entryOf(filename, attrs));
      }
    } finally {
      await this.ask((session, done) => session.close(handle, done)).catch(() => undefined);
    }
  }

  async stat(file: string): Promise<StoreEntry | undefined> {
    const at = await this.at(file);
    try {
      const stats = await this.ask<SftpStats>((session, done) => session.lstat(at, done));
      return entryOf(path.posix.basename(file), stats);
    } catch (error) {
      if (isNoSuchFile(error)) return undefined;
      throw error;
    }
  }

  open(file: string, chunkBytes: number): Readable {
    return Readable.from(this.read(file, chunkBytes), { objectMode: false, highWaterMark: chunkBytes });
  }

  async makeFolder(folder: string): Promise<void> {
    const at = await this.at(folder);
    try {
      await this.ask((session, done) => session.mkdir(at, done));
    } catch (error) {
      // The protocol has no word for "is there already".
      if (error instanceof CodedError || (await this.stat(folder))?.kind !== 'folder') throw error;
    }
  }

  async rename(from: string, to: string): Promise<void> {
    const [source, target] = [await this.at(from), await this.at(to)];
    await this.ask((session, done) => session.rename(source, target, done));
  }

  async remove(file: string): Promise<void> {
    const at = await this.at(file);
    await this.ask((session, done) => session.unlink(at, done)).catch((error: unknown) => {
      if (!isNoSuchFile(error)) throw error;
    });
  }

  /** A name that is never listed until all of it is there; rename replaces nothing, so what was there goes first. */
  async write(file: string, text: string): Promise<void> {
    const part = await this.at(path.posix.join(path.posix.dirname(file), '.wattfleet.part'));
    const handle = await this.ask<Buffer>((session, done) => session.open(part, 'w', done));
    const bytes = Buffer.from(text);
    try {
      if (bytes.length > 0) {
        await this.ask((session, done) => session.write(handle, bytes, 0, bytes.length, 0, done));
      }
    } finally {
      await this.ask((session, done) => session.close(handle, done));
    }
    await this.remove(file);
    const at = await this.at(file);
    await this.ask((session, done) => session.rename(part, at, done));
  }

  interrupt(): void {
    this.cutOff.abort();
  }

  async close(): Promise<void> {
    const opened = await this.opened?.catch(() => undefined);
    await opened?.connection.end();
  }

  private async *read(file: string, chunkBytes: number): AsyncGenerator<Buffer> {
    const at = await this.at(file);
    const handle = await this.ask<Buffer>((session, done) => session.open(at, 'r', done));
    try {
      for (let position = 0; ;) {
        const chunk = Buffer.allocUnsafe(chunkBytes);
        const bytes = await this.ask<number>((session, done) =>
          session.read(handle, chunk, 0, chunkBytes, position, done),
        );
        if (bytes === 0) return;
        position += bytes;
        yield chunk.subarray(0, bytes);
      }
    } finally {
      await this.ask((session, done) => session.close(handle, done)).catch(() => undefined);
    }
  }

  private async openFolder(folder: string): Promise<Buffer> {
    const at = await this.at(folder);
    try {
      return await this.ask<Buffer>((session, done) => session.opendir(at, done));
    } catch (error) {
      throw folder === '' && isOfPath(error) ? this.folderMissing(error) : error;
    }
  }

  /** One question and its answer. @throws CodedError SFTP_FAILED when the connection is of no use any more */
  private async ask<T = void>(question: (session: SftpSession, done: Called<T>) => unknown): Promise<T> {
    const { connection } = await this.connected();
    try {
      return await connection.await(call<T>((done) => question(connection.session, done)));
    } catch (error) {
      if (isOfPath(error)) throw error;
      connection.destroy();
      throw this.failed(error);
    }
  }

  private folderMissing(cause: unknown): CodedError {
    const detail = `${this.location}: ${cause instanceof Error ? cause.message : String(cause)}`;
    return new CodedError('SFTP_FOLDER_MISSING', { detail, cause });
  }

  private failed(cause: unknown): CodedError {
    const detail = `${this.settings.host}: ${cause instanceof Error ? cause.message : String(cause)}`;
    return new CodedError('SFTP_FAILED', { detail, cause });
  }

  private connected() {
    this.opened ??= this.begin();
    return this.opened;
  }

  private async begin() {
    const connection = await openConnection(this.settings, this.timeoutMs, this.cutOff.signal);
    const { folder } = this.settings;
    try {
      const real = call<string>((done) => connection.session.realpath(folder, done));
      return { connection, root: await connection.await(real) };
    } catch (error) {
      connection.destroy();
      throw isOfPath(error) ? this.folderMissing(error) : this.failed(error);
    }
  }

  private async at(file: string): Promise<string> {
    const { root } = await this.connected();
    return path.posix.join(root, file);
  }
}

function endOfFolder(error: unknown): undefined {
  if (!isEndOfFolder(error)) throw error;
}
