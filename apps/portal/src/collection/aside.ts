import { createHash } from 'node:crypto';
import path from 'node:path';
import { hasCode } from '#libs/errors';
import type { FileStore, StoreEntry } from './file-store.js';
import { isAsListed, sourceOf, type AsideFolder, type WaitingFile } from './waiting-file.js';

const chunkBytes = 256 * 1024;

/** What stands beside a refused file and says why. */
export function reportBeside(file: string): string {
  return `${file}.report.json`;
}

/**
 * Moves a file that has been dealt with into `parsed/` or `error/` beside it.
 * A file of the same name there is kept and this one gets a number, unless they are the same to the byte. The report is written
 * before the file is moved: killed in between, the next run writes it once more.
 * @returns where it lies now; undefined when it has been sent anew meanwhile, and waits once more
 */
export async function moveAside(
  store: FileStore,
  file: WaitingFile,
  { sha256, into, report }: { sha256: string; into: AsideFolder; report?: string },
): Promise<string | undefined> {
  const source = sourceOf(file);
  await makeAsideFolder(store, file.path, into);
  for (const candidate of asideNames(file.path, into)) {
    const isThere = candidate === source || (await isSame(store, candidate, { bytes: file.bytes, sha256 }));
    // A link or a folder of that name, or another file.
    if (isThere === false) continue;
    if (report !== undefined) await store.write(reportBeside(candidate), report);
    // A refused file that is refused once more lies there already.
    if (candidate === source) return candidate;
    const isGone = isThere === undefined ? await move(store, file, candidate) : await removeCopy(store, file);
    await store.remove(reportBeside(isGone ? source : candidate));
    return isGone ? candidate : undefined;
  }
  return undefined;
}

/** A file as it was recorded; without its hash, the size has to do. */
export interface MovedFile {
  path: string;
  bytes: number;
  sha256?: string;
  /** Where it was moved to; null of what came before this was recorded. */
  movedTo?: string | null;
}

/** Where a file lies that was moved aside; undefined when it is not there any more. */
export async function findAside(
  store: FileStore,
  file: MovedFile,
  into: AsideFolder,
): Promise<string | undefined> {
  if (path.posix.isAbsolute(file.path) || path.posix.normalize(file.path).startsWith('..')) return undefined;
  const { movedTo = null } = file;
  const entry = movedTo === null ? undefined : await store.stat(movedTo);
  if (movedTo !== null && entry !== undefined && (await isMoved(store, file, movedTo, entry))) return movedTo;
  // Recorded before places were, or put elsewhere by somebody: a listing finds every name, also after one that was removed.
  for (const [candidate, found] of await listAside(store, file.path, into)) {
    if (await isMoved(store, file, candidate, found)) return candidate;
  }
  return undefined;
}

/** Whether there is a folder that this file would have been moved into. */
export async function asideExists(store: FileStore, file: string, into: AsideFolder): Promise<boolean> {
  return (await store.stat(asideFolderOf(file, into)))?.kind === 'folder';
}

async function isMoved(
  store: FileStore,
  { bytes, sha256 }: MovedFile,
  candidate: string,
  entry: StoreEntry,
): Promise<boolean> {
  if (entry.kind !== 'file' || entry.bytes !== bytes) return false;
  return sha256 === undefined || (await hashOf(store, candidate)) === sha256;
}

/** What has one of the names of the file there, in the order of the names. */
async function listAside(
  store: FileStore,
  file: string,
  into: AsideFolder,
): Promise<[candidate: string, entry: StoreEntry][]> {
  const folder = asideFolderOf(file, into);
  const found: [string, StoreEntry][] = [];
  try {
    for await (const entries of store.readFolder(folder)) {
      for (const entry of entries) {
        if (isAsideName(entry.name, file)) found.push([path.posix.join(folder, entry.name), entry]);
      }
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  }
  return found.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Whether `asideNames` gives this name. */
function isAsideName(found: string, file: string): boolean {
  const { name, ext } = path.posix.parse(file);
  if (!found.startsWith(name) || !found.endsWith(ext) || found.length < name.length + ext.length)
    return false;
  return /^(?:\.[1-9]\d*)?$/.test(found.slice(name.length, found.length - ext.length));
}

/** SHA-256, lower-case hexadecimal. */
export async function hashOf(store: FileStore, file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of store.open(file, chunkBytes)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** A link of that name could lead anywhere. */
async function makeAsideFolder(store: FileStore, file: string, into: AsideFolder): Promise<void> {
  const folder = asideFolderOf(file, into);
  const entry = await store.stat(folder);
  if (entry === undefined) return store.makeFolder(folder);
  if (entry.kind !== 'folder') throw new Error(`${folder} is not a folder`);
}

/**
 * Looks before and after: what was opened and cut by a new upload between the two must not go with the old one.
 * @returns whether the file that was dealt with is what was moved
 */
async function move(store: FileStore, file: WaitingFile, to: string): Promise<boolean> {
  const source = sourceOf(file);
  const entry = await store.stat(source);
  // Another collector has moved it between our look and our move.
  if (entry === undefined) return true;
  if (!isAsListed(file, entry)) return false;
  try {
    await store.rename(source, to);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    throw error;
  }
  const moved = await store.stat(to);
  if (moved === undefined || isAsListed(file, moved) || (await store.stat(source)) !== undefined) return true;
  await store.rename(to, source);
  return false;
}

/** The same for a file of which a copy lies there already. */
async function removeCopy(store: FileStore, file: WaitingFile): Promise<boolean> {
  const entry = await store.stat(sourceOf(file));
  if (entry !== undefined && !isAsListed(file, entry)) return false;
  await store.remove(sourceOf(file));
  return true;
}

/** @returns undefined where there is nothing */
async function isSame(
  store: FileStore,
  candidate: string,
  { bytes, sha256 }: Pick<MovedFile, 'bytes'> & { sha256: string },
): Promise<boolean | undefined> {
  const entry = await store.stat(candidate);
  if (entry === undefined) return undefined;
  // Of a thousand files of one name, those of another size need not be read.
  return entry.kind === 'file' && entry.bytes === bytes && (await hashOf(store, candidate)) === sha256;
}

function asideFolderOf(file: string, into: AsideFolder): string {
  return path.posix.join(path.posix.dirname(file), into);
}

/** What a file may be called there, in the order in which the names are given. */
function* asideNames(file: string, into: AsideFolder): Generator<string> {
  const folder = asideFolderOf(file, into);
  const { name, ext } = path.posix.parse(file);
  for (let number = 0; ; number++) {
    yield path.posix.join(folder, number === 0 ? `${name}${ext}` : `${name}.${number}${ext}`);
  }
}
