import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { CodedError, hasCode } from '#libs/errors';

/** A meter file that waits in the import folder. */
export interface WaitingFile {
  /** Relative to the import folder, with `/`. */
  path: string;
  /** From `<site>/<device serial>/<file>`; undefined where the file lies elsewhere. */
  place: { site: string; deviceSerial: string } | undefined;
  bytes: number;
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
  return createReadStream(path.join(folder, file.path), { highWaterMark: 256 * 1024 });
}

/** SHA-256 of a waiting file, lower-case hexadecimal. */
export async function hashFile(folder: string, file: WaitingFile): Promise<string> {
  return hashOf(path.join(folder, file.path));
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
  const source = path.join(folder, file.path);
  const target = path.join(path.dirname(source), into);
  await mkdir(target, { recursive: true });
  const { name, ext } = path.parse(source);
  for (let number = 0; ; number++) {
    const candidate = path.join(target, number === 0 ? `${name}${ext}` : `${name}.${number}${ext}`);
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
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
