import {
  closeSync,
  fchmodSync,
  fsync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { hasCode } from '#libs/errors';

const flush = promisify(fsync);

/**
 * Writes a file at once or not at all: beside it, through to the disk, and renamed into place. A symbolic link stays one.
 * Only the wait for the disk leaves the thread: a thousand tenants have ten thousand small files.
 */
export async function writeAtomic(file: string, text: string, mode: number): Promise<void> {
  const target = isLink(file) ? realpathSync(file) : file;
  const draft = `${target}.${process.pid}.new`;
  // One that a killed run of the same number has left.
  rmSync(draft, { force: true });
  const descriptor = openSync(draft, 'wx', mode);
  try {
    try {
      writeWhole(descriptor, Buffer.from(text));
      // Not left to open: the umask could take bits away.
      fchmodSync(descriptor, mode);
      await flush(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
