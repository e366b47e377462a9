import type { StoreEntry } from './file-store.js';

/** How ssh2 answers. */
export type Called<T> = (error: Error | null | undefined, answer: T) => void;

/** Status codes of the SFTP protocol, version 3. */
const status = { endOfFile: 1, noSuchFile: 2, permissionDenied: 3, failure: 4, unsupported: 8 };

const ofPath: ReadonlySet<number | undefined> = new Set(Object.values(status));

/** A question that ssh2 answers by a call. What the server refuses gets the code that a disk would give. */
export function call<T>(question: (done: Called<T>) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    question((error, answer) => {
      if (error === null || error === undefined) resolve(answer);
      else reject(named(error));
    });
  });
}

export function isEndOfFolder(error: unknown): boolean {
  return statusOf(error) === status.endOfFile;
}

export function isNoSuchFile(error: unknown): boolean {
  return statusOf(error) === status.noSuchFile;
}

/** The server has answered, and goes on answering: only this path is refused. */
export function isOfPath(error: unknown): boolean {
  return ofPath.has(statusOf(error));
}

/** What a server says of a file or folder. */
export interface SftpStats {
  size: number;
  /** Seconds since 1970. */
  mtime: number;
  isFile: () => boolean;
  isDirectory: () => boolean;
  isSymbolicLink: () => boolean;
}

/** As far as a server says what it is; links are never followed. */
export function entryOf(name: string, stats: SftpStats): StoreEntry {
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other';
  return { name, kind, bytes: stats.size, modifiedMs: stats.mtime * 1_000 };
}

/** An error with the status that the server gave, under a name that every file system gives to it. */
class SftpStatusError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

const names: Readonly<Record<number, string>> = {
  [status.endOfFile]: 'EOF',
  [status.noSuchFile]: 'ENOENT',
  [status.permissionDenied]: 'EACCES',
  [status.failure]: 'EIO',
};

function named(error: Error): Error {
  const { code } = error as Error & { code?: unknown };
  if (typeof code !== 'number') return error;
  return new SftpStatusError(code, names[code] ?? 'EIO', error.message, error);
}

function statusOf(error: unknown): number | undefined {
  return error instanceof SftpStatusError ? error.status : undefined;
}
