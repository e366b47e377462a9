import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ColumnMapping } from '#libs/contracts';
import { CodedError, hasCode } from '#libs/errors';

/** A meter file that waits in the import folder. */
export interface WaitingFile {
  /** Relative to the import folder, with `/`; of an upload, what it is called in reports. */
  path: string;
  /** From `<site>/<device serial>/<file>`; undefined where the file lies elsewhere. An upload has no folder of a device. */
  place: { site: string; deviceSerial?: string } | undefined;
  bytes: number;
  /** Where its bytes lie, relative to the import folder, when that is not `path`. */
  source?: string;
  /** It was uploaded: it stays where it is, and its record says which upload it was. */
  uploadId?: string;
  /** How the columns of a file of another maker are read. */
  mapping?: ColumnMapping;
}

const doneFolders = new Set(['parsed', 'error']);

/** Deeper than any sensible tree; a folder that contains itself by a link is not followed at all. */
const maxDepth = 8;

/**
 * Lists the meter files that wait under `folder`, ordered by path. Hidden names, links and what has been dealt with
 * are left out.
 * @throws CodedError IMPORT_FOLDER_MISSING
 */
export async function listWaitingFiles(folder: string): Promise<WaitingFile[]> {
  try {
    return await listBelow(folder, []);
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) {
      throw new CodedError('IMPORT_FOLDER_MISSING', { detail: folder, cause: error });
    }
    throw error;
  }
}

/**
 * Describes one file that was named on the command line.
 * @param file path in the file system
 * @throws CodedError METER_FILE_PATH_INVALID when it is not below `folder`, METER_FILE_UNREADABLE
 */
export async function describeFile(folder: string, file: string): Promise<WaitingFile> {
  const relative = path.relative(path.resolve(folder), path.resolve(file));
  if (relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new CodedError('METER_FILE_PATH_INVALID', { detail: `${file} is not below ${folder}` });
  }
  return describe(folder, relative.split(path.sep));
}

export function readFile(folder: string, file: WaitingFile): AsyncIterable<Uint8Array> {
  // A table takes ten times as long to read: in smaller pieces it lets others have their turn as often.
  const highWaterMark = (file.mapping === undefined ? 256 : 32) * 1024;
  return createReadStream(sourceOf(folder, file), { highWaterMark });
}

/** SHA-256 of a waiting file, lower-case hexadecimal. */
export async function hashFile(folder: string, file: WaitingFile): Promise<string> {
  return hashOf(sourceOf(folder, file));
}

function sourceOf(folder: string, file: WaitingFile): string {
  return path.join(folder, file.source ?? file.path);
}

/**
 * Moves a file that has been dealt with into `parsed/` or `error/` beside it.
 * A file of the same name there is kept and this one gets a number, unless they are the same to the byte.
 */
export async function moveAside(
  folder: string,
  file: WaitingFile,
  sha256: string,
  into: 'parsed' | 'error',
): Promise<void> {
  const source = sourceOf(folder, file);
  await mkdir(asideFolder(folder, file.path, into), { recursive: true });
  for (const candidate of asideNames(folder, file.path, into)) {
    // A refused file that is refused once more lies there already.
    if (candidate === source) return;
    if (await exists(candidate)) {
      if ((await hashOf(candidate)) !== sha256) continue;
      return rm(source, { force: true });
    }
    try {
      return await rename(source, candidate);
    } catch (error) {
      // Another collector has moved it between our look and our move.
      if (hasCode(error, 'ENOENT')) return;
      throw error;
    }
  }
}

/**
 * Where a file lies that was moved aside, relative to the import folder; undefined when it is not there any more.
 * @param file as it was recorded; without its hash, the size has to do
 */
export async function findAside(
  folder: string,
  file: { path: string; bytes: number; sha256?: string },
  into: 'parsed' | 'error',
): Promise<string | undefined> {
  const below = path.relative(folder, path.resolve(folder, file.path));
  if (below.startsWith('..') || path.isAbsolute(below)) return undefined;
  for (const candidate of await asideFiles(folder, file.path, into)) {
    if ((await sizeOf(candidate)) !== file.bytes) continue;
    if (file.sha256 === undefined || (await hashOf(candidate)) === file.sha256) {
      return path.relative(folder, candidate);
    }
  }
  return undefined;
}

/** Whether there is a folder that this file would have been moved into. */
export function asideExists(folder: string, file: string, into: 'parsed' | 'error'): Promise<boolean> {
  return exists(asideFolder(folder, file, into));
}

/** Whether a file that was recorded still lies where it was found: its process was killed before it could move it. */
export async function isWaiting(folder: string, file: { path: string; bytes: number }): Promise<boolean> {
  return (await sizeOf(path.join(folder, file.path))) === file.bytes;
}

/** All names of the file there, also after one in between was removed. */
async function asideFiles(folder: string, file: string, into: 'parsed' | 'error'): Promise<string[]> {
  const target = asideFolder(folder, file, into);
  const { name, ext } = path.parse(file);
  const isName = (found: string) =>
    found.startsWith(name) &&
    found.endsWith(ext) &&
    /^(?:\.[1-9]\d*)?$/.test(found.slice(name.length, -ext.length || undefined));
  try {
    const entries = await readdir(target, { withFileTypes: true });
    const found = entries.filter((entry) => entry.isFile() && isName(entry.name));
    return found.map((entry) => path.join(target, entry.name)).toSorted();
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}

function asideFolder(folder: string, file: string, into: 'parsed' | 'error'): string {
  return path.join(folder, path.dirname(file), into);
}

/** What a file may be called there, in the order in which the names are given. */
function* asideNames(folder: string, file: string, into: 'parsed' | 'error'): Generator<string> {
  const target = asideFolder(folder, file, into);
  const { name, ext } = path.parse(file);
  for (let number = 0; ; number++) {
    yield path.join(target, number === 0 ? `${name}${ext}` : `${name}.${number}${ext}`);
  }
}

/** What another collector has moved since it was listed is no longer waiting. */
async function unlessGone(found: Promise<WaitingFile[]>): Promise<WaitingFile[]> {
  try {
    return await found;
  } catch (error) {
    if (hasCode(error instanceof CodedError ? error.cause : error, 'ENOENT')) return [];
    throw error;
  }
}

async function listBelow(root: string, segments: string[]): Promise<WaitingFile[]> {
  const entries = await readdir(path.join(root, ...segments), { withFileTypes: true });
  const found: WaitingFile[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = [...segments, entry.name];
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory() && !doneFolders.has(entry.name) && below.length < maxDepth) {
      found.push(...(await unlessGone(listBelow(root, below))));
    } else if (entry.isFile() && /\.tsv$/i.test(entry.name)) {
      found.push(...(await unlessGone(describe(root, below).then((file) => [file]))));
    }
  }
  return found;
}

async function describe(root: string, segments: string[]): Promise<WaitingFile> {
  const [site, deviceSerial, , ...more] = segments;
  const isPlaced =
    segments.length === 3 && more.length === 0 && site !== undefined && deviceSerial !== undefined;
  try {
    const { size } = await lstat(path.join(root, ...segments));
    return { path: segments.join('/'), place: isPlaced ? { site, deviceSerial } : undefined, bytes: size };
  } catch (error) {
    throw new CodedError('METER_FILE_UNREADABLE', { detail: segments.join('/'), cause: error });
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function exists(file: string): Promise<boolean> {
  return (await sizeOf(file)) !== undefined;
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await lstat(file)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
