import type { Readable } from 'node:stream';
import { CodedError } from '#libs/errors';
import type { FileBindings } from '../imports/file-bindings.js';
import { asideExists, findAside, hashOf, moveAside, type MovedFile } from './aside.js';
import type { FileStore, SourceKind, StoreEntry } from './file-store.js';
import { HeldFile, heldBytes } from './held-file.js';
import { look, type Listing } from './look.js';
import { StagedFile } from './staged-file.js';
import { isAsListed, sourceOf, type AsideFolder, type WaitingFile } from './waiting-file.js';

/** The bytes of a waiting file, whole and hashed; they are read as often as is wanted. */
export interface FetchedFile {
  sha256: string;
  open: () => Readable;
  /** @throws CodedError METER_FILE_UNREADABLE when the file has changed since it was listed */
  confirm: () => Promise<void>;
  release: () => Promise<void>;
}

/** Where meter files wait, whatever it is made of: a folder or a server. */
export class FileSource {
  constructor(
    private readonly store: FileStore,
    /** Where the bytes of a server's file are kept while they are read; undefined for the system's. */
    private readonly stagingFolder?: string,
  ) {}

  get kind(): SourceKind {
    return this.store.kind;
  }

  /** What is asked of it goes over a network. */
  get isRemote(): boolean {
    return this.store.isRemote;
  }

  get location(): string {
    return this.store.location;
  }

  /** @param bindings of files that are read by a mapping, whatever their ending */
  look(bindings?: FileBindings): Promise<Listing> {
    return look(this.store, bindings);
  }

  /** Whether it is as it was when it was listed. */
  async isSettled(file: WaitingFile): Promise<boolean> {
    const entry = await this.stat(file);
    return entry?.kind === 'file' && isAsListed(file, entry);
  }

  /** @returns undefined where there is nothing */
  stat(file: Pick<WaitingFile, 'path' | 'source'>): Promise<StoreEntry | undefined> {
    return this.store.stat(file.source ?? file.path);
  }

  /**
   * Of a server, all bytes are here before the first is read: no transaction waits for a network.
   * @throws CodedError METER_FILE_UNREADABLE, IMPORT_DISK_FULL, and when the source is out of reach
   */
  async fetch(file: WaitingFile): Promise<FetchedFile> {
    try {
      const fetched = this.store.isRemote ? await this.stage(file) : await this.hash(file);
      return fetched;
    } catch (error) {
      throw error instanceof CodedError ? error : unreadable(error);
    }
  }

  /** @returns where it lies now */
  moveAside(
    file: WaitingFile,
    where: { sha256: string; into: AsideFolder; report?: string },
  ): Promise<string | undefined> {
    return moveAside(this.store, file, where);
  }

  findAside(file: MovedFile, into: AsideFolder): Promise<string | undefined> {
    return findAside(this.store, file, into);
  }

  asideExists(file: string, into: AsideFolder): Promise<boolean> {
    return asideExists(this.store, file, into);
  }

  /** What is gone already is as good. */
  remove(file: string): Promise<void> {
    return this.store.remove(file);
  }

  /** Ends at once what is under way; it fails. */
  interrupt(): void {
    this.store.interrupt();
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private async hash(file: WaitingFile): Promise<FetchedFile> {
    const confirm = () => this.confirm(file);
    if (file.bytes <= heldBytes) {
      const held = await this.hold(file);
      return { sha256: held.sha256, open: () => held.open(), confirm, release: () => held.close() };
    }
    return {
      sha256: await hashOf(this.store, sourceOf(file)),
      open: () => this.open(file),
      confirm,
      release: () => Promise.resolve(),
    };
  }

  private async stage(file: WaitingFile): Promise<FetchedFile> {
    const staged =
      file.bytes <= heldBytes
        ? await this.hold(file)
        : await StagedFile.from(this.open(file), this.stagingFolder);
    try {
      if (file.modifiedMs !== undefined && staged.bytes !== file.bytes) throw changed(file);
      await this.confirm(file);
    } catch (error) {
      await staged.close();
      throw error;
    }
    return {
      sha256: staged.sha256,
      open: () => staged.open(chunkBytes(file)),
      // What happens to the server's file from now on does not matter: these bytes are what it was.
      confirm: () => Promise.resolve(),
      release: () => staged.close(),
    };
  }

  private async hold(file: WaitingFile): Promise<HeldFile> {
    const held = await HeldFile.from(this.open(file));
    if (held === undefined) throw changed(file);
    return held;
  }

  private open(file: WaitingFile): Readable {
    return this.store.open(sourceOf(file), chunkBytes(file));
  }

  private async confirm(file: WaitingFile): Promise<void> {
    const isSettled = await this.isSettled(file).catch((error: unknown) => {
      throw error instanceof CodedError ? error : unreadable(error);
    });
    if (!isSettled) throw changed(file);
  }
}

/** A table takes ten times as long to read: in smaller pieces it lets others have their turn as often. */
function chunkBytes({ mapping, bytes }: WaitingFile): number {
  const most = (mapping === undefined ? 256 : 32) * 1024;
  // A stream sets as much memory aside, whatever the file needs.
  return Math.min(most, bytes + 1);
}

function changed({ path }: WaitingFile): CodedError {
  return unreadable(new Error(`${path} changed while it was read`));
}

function unreadable(cause: unknown): CodedError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new CodedError('METER_FILE_UNREADABLE', { detail, cause });
}
