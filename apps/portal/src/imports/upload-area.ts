import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { CodedError, hasCode } from '#libs/errors';

/** Hidden, so that a collector leaves it alone; on the same volume, as originals stay here. */
const uploadFolder = '.uploads';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where an upload lies, relative to the import folder. Its name is our id, never the name that it came with. */
export function uploadSource(id: string): string {
  if (!uuid.test(id)) throw new Error('an upload is named by its id');
  return path.posix.join(uploadFolder, id);
}

/** @returns undefined where it is no longer there */
export async function findUpload(folder: string, id: string): Promise<string | undefined> {
  try {
    await stat(path.join(folder, uploadSource(id)));
    return uploadSource(id);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Stores a body as it comes. What is cut off or too large leaves nothing behind.
 * @throws CodedError UPLOAD_TOO_LARGE, BODY_INVALID when the sender hangs up
 */
export async function storeUpload(
  folder: string,
  id: string,
  body: Readable,
  maxBytes: number,
): Promise<{ bytes: number; sha256: string }> {
  const target = path.join(folder, uploadSource(id));
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
  const part = `${target}.part`;
  try {
    const written = await writeBody(part, body, maxBytes);
    await rename(part, target);
    return written;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Whether there is a place for uploads at all: a volume that is not mounted has none. */
export async function uploadAreaExists(folder: string): Promise<boolean> {
  return (await stat(path.join(folder, uploadFolder)).catch(() => undefined)) !== undefined;
}

export async function removeUpload(folder: string, id: string): Promise<void> {
  await rm(path.join(folder, uploadSource(id)), { force: true });
}

/** Removes what was left by a process that died between the bytes and their record. */
export async function removeStrays(
  folder: string,
  isKnown: (ids: string[]) => Promise<ReadonlySet<string>>,
  olderThan: Date,
): Promise<number> {
  const area = path.join(folder, uploadFolder);
  const old: string[] = [];
  for (const name of await namesIn(area)) {
    const { mtime } = await stat(path.join(area, name)).catch(() => ({ mtime: new Date() }));
    if (mtime < olderThan) old.push(name);
  }
  const known = await isKnown(old.filter((name) => uuid.test(name)));
  const strays = old.filter((name) => !known.has(name));
  for (const name of strays) await rm(path.join(area, name), { force: true });
  return strays.length;
}

async function namesIn(area: string): Promise<string[]> {
  try {
    return await readdir(area);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** The stream is not destroyed when it is too large, or the sender would not get its answer. */
async function writeBody(part: string, body: Readable, maxBytes: number) {
  const file = await open(part, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      const piece = chunk as Buffer;
      bytes += piece.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      hash.update(piece);
      await file.writeFile(piece);
    }
  } catch (error) {
    throw isHangUp(error)
      ? new CodedError('BODY_INVALID', { detail: 'the upload was cut off', cause: error })
      : error;
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

export function tooLarge(maxBytes: number): CodedError {
  return new CodedError('UPLOAD_TOO_LARGE', { detail: `at most ${maxBytes / 1_000_000} MB` });
}

function isHangUp(error: unknown): boolean {
  return ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].some((code) => hasCode(error, code));
}
