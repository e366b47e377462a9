import { createHash } from 'node:crypto';
import path from 'node:path';
import { hasCode } from '#libs/errors';
import type { FileStore } from './file-store.js';
import { isAsListed, sourceOf, type AsideFolder, type WaitingFile } from './waiting-file.js';

const chunkBytes = 256 * 1024;

/** What stands beside a refused file and says why. */
function reportBeside(file: string): string {
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
    const isThere = candidate === source || (await isSame(store, candidate, sha256));
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

/**
 * Where a file lies that was moved aside; undefined when it is not there any more.
 * @param file as it was recorded; without its hash, the size has to do
 */
export async function findAside(
  store: FileStore,
  file: { path: string; bytes: number; sha256?: string },
  into: AsideFolder,
): Promise<string | undefined> {
  if (path.posix.isAbsolute(file.path) || path.posix.normalize(file.path).startsWith('..')) return undefined;
  for (const candidate of asideNames(file.path, into)) {
    const entry = await store.stat(candidate);
    if (entry === undefined) return undefined;
    if (entry.kind !== 'file' || entry.bytes !== file.bytes) continue;
    if (file.sha256 === undefined || (await hashOf(store, candidate)) === file.sha256) return candidate;
  }
  return undefined;
}

/** SHA-256, lower-case hexadecimal. */
export async function hashOf(store: FileStore, file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of store.open(file, chunkBytes)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** A link of that name could lead anywhere. */
async function makeAsideFolder(store: FileStore, file: string, into: AsideFolder): Promise<void> {
  const folder = path.posix.join(path.posix.dirname(file), into);
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
async function isSame(store: FileStore, file: string, sha256: string): Promise<boolean | undefined> {
  const entry = await store.stat(file);
  if (entry === undefined) return undefined;
  return entry.kind === 'file' && (await hashOf(store, file)) === sha256;
}

/** What a file may be called there, in the order in which the names are given. */
function* asideNames(file: string, into: AsideFolder): Generator<string> {
  const folder = path.posix.join(path.posix.dirname(file), into);
  const { name, ext } = path.posix.parse(file);
  for (let number = 0; ; number++) {
    yield path.posix.join(folder, number === 0 ? `${name}${ext}` : `${name}.${number}${ext}`);
  }
}
