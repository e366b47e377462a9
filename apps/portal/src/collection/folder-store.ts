import { constants, createReadStream, type Dirent, type Stats } from 'node:fs';
import { lstat, mkdir, opendir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import writeFileAtomic from 'write-file-atomic';
import { CodedError, hasCode } from '#libs/errors';
import { notText, type FileStore, type StoreEntry } from './file-store.js';

const entriesAtOnce = 100;

/** A folder of this machine, mounted or its own. */
export class FolderStore implements FileStore {
  readonly kind = 'folder';
  readonly isRemote = false;

  constructor(readonly location: string) {}

  /** @throws CodedError IMPORT_FOLDER_MISSING for the root */
  async *readFolder(folder: string): AsyncGenerator<StoreEntry[]> {
    let found: StoreEntry[] = [];
    for await (const listed of await this.openFolder(folder)) {
      const entry = (await this.stat(path.posix.join(folder, listed.name))) ?? unopenable(listed);
      if (entry !== undefined) found.push(entry);
      if (found.length < entriesAtOnce) continue;
      yield found;
      found = [];
    }
    yield found;
  }

  async stat(file: string): Promise<StoreEntry | undefined> {
    try {
      const stats = await lstat(this.at(file));
      const { size: bytes, mtimeMs } = stats;
      const name = path.posix.basename(file);
      return { name, kind: kindOf(stats), bytes, modifiedMs: Math.floor(mtimeMs) };
    } catch (error) {
      if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return undefined;
      throw error;
    }
  }

  /** A link that has taken the place of the file since it was listed is not followed. */
  open(file: string, highWaterMark: number): Readable {
    return createReadStream(this.at(file), {
      highWaterMark,
      // oxlint-disable-next-line no-bitwise
      flags: (constants.O_RDONLY | constants.O_NOFOLLOW) as unknown as string,
    });
  }

  async makeFolder(folder: string): Promise<void> {
    await mkdir(this.at(folder), { recursive: true });
  }

  rename(from: string, to: string): Promise<void> {
    return rename(this.at(from), this.at(to));
  }

  remove(file: string): Promise<void> {
    return rm(this.at(file), { force: true });
  }

  async write(file: string, text: string): Promise<void> {
    // What a link leads to would be written over.
    if ((await this.stat(file))?.kind === 'link') await this.remove(file);
    await writeFileAtomic(this.at(file), text);
  }

  interrupt(): void {
    // A disk answers in its own time.
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }

  private at(file: string): string {
    return path.join(this.location, file);
  }

  private async openFolder(folder: string) {
    try {
      return await opendir(this.at(folder));
    } catch (error) {
      const isMissing = hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR');
      if (folder !== '' || !isMissing) throw error;
      throw new CodedError('IMPORT_FOLDER_MISSING', { detail: this.location, cause: error });
    }
  }
}

function kindOf(entry: Dirent | Stats): StoreEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

/** @returns undefined for what was taken away since it was listed */
function unopenable(listed: Dirent): StoreEntry | undefined {
  const { name } = listed;
  return name.includes(notText) ? { name, kind: kindOf(listed), bytes: 0, modifiedMs: 0 } : undefined;
}
