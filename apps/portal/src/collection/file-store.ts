import type { Readable } from 'node:stream';

/** Where meter files are collected from. */
export type SourceKind = 'folder' | 'sftp';

/** What tells one state of a file from another without reading it. */
export interface FileStamp {
  bytes: number;
  /** Epoch milliseconds, whole; SFTP knows whole seconds. */
  modifiedMs: number;
}

export interface StoreEntry extends FileStamp {
  name: string;
  /** What a link points to is never asked: it may lead out of the root. */
  kind: 'file' | 'folder' | 'link' | 'other';
}

/** Stands in a name for bytes that are no UTF-8: nothing can be opened by such a name. */
export const notText = '\uFFFD';

/**
 * Files below one root, in a folder of this machine or on a server. Every path is relative to the root, with `/`; the root is ''.
 * What is wrong with one path is thrown as the system says it; when the whole store is out of reach, as CodedError.
 */
export interface FileStore {
  readonly kind: SourceKind;
  /** Of the root, as people know it. Holds no secret. */
  readonly location: string;
  /** Its bytes come over a network: they are brought here before they are read. */
  readonly isRemote: boolean;
  /** The entries of a folder as they come, some at a time. */
  readFolder(folder: string): AsyncIterable<StoreEntry[]>;
  /** @returns undefined where there is nothing; a link is not followed */
  stat(path: string): Promise<StoreEntry | undefined>;
  open(path: string, chunkBytes: number): Readable;
  /** One that is there stays. */
  makeFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** What is gone already is as good. */
  remove(path: string): Promise<void>;
  write(path: string, text: string): Promise<void>;
  /** Ends at once what is under way; it fails. */
  interrupt(): void;
  close(): Promise<void>;
}

export function sameStamp(one: FileStamp, other: FileStamp): boolean {
  return one.bytes === other.bytes && one.modifiedMs === other.modifiedMs;
}
