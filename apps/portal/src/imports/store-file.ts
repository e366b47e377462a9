import type { ImportFileReport } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { MeterFileReport } from '#libs/meter-files';
import type { WaitingFile } from '../collection/waiting-file.js';
import type { FileContent } from './file-content.js';
import { describeImported, describeRejected, describeUnchanged } from './file-report.js';
import type { FileRowsWriter } from './file-rows.js';
import { identityKey, type FileIdentity } from './imports.queries.js';

/**
 * Writes the rows of a file in the transaction under way, unless its bytes were imported before.
 * @param imported keys of those that were
 * @throws what spoils the transaction
 */
export async function storeFile(
  content: FileContent,
  imported: ReadonlySet<string>,
  rows: FileRowsWriter,
): Promise<ImportFileReport> {
  const { file, sha256, started, isWhole } = content;
  if (imported.has(identityKey(identityOf(content))))
    return describeUnchanged(file, sha256, elapsed(started));
  try {
    // A whole file's bytes are at hand: one that has changed since is left out before anything of it is written.
    if (isWhole) await content.confirm();
    const read = await rows.write(siteOf(file), content);
    if (!isWhole) await confirmRead(content, read);
    return describeImported(file, read, elapsed(started));
  } catch (error) {
    // Where rows of it may have been written, the transaction must go.
    if (!isWhole || !isOfFile(error)) throw error;
    return { ...describeRejected(file, error, elapsed(started)), sha256 };
  }
}

/** @throws CodedError METER_FILE_UNREADABLE when other bytes were read than those that were looked at before */
async function confirmRead({ file, sha256, confirm }: FileContent, read: MeterFileReport): Promise<void> {
  if (read.sha256 !== sha256) {
    throw new CodedError('METER_FILE_UNREADABLE', { detail: `${file.path} changed while it was read` });
  }
  await confirm();
}

export function identityOf({ file, sha256 }: FileContent): FileIdentity {
  return { sha256, site: file.place?.site };
}

/** @throws CodedError METER_FILE_PATH_INVALID */
export function siteOf({ place, path }: WaitingFile): string {
  if (place === undefined) throw new CodedError('METER_FILE_PATH_INVALID', { detail: path });
  return place.site;
}

/** What is wrong with this file alone; when the source or the disk fails, the next file would fare no better. */
export function isOfFile(error: unknown): error is CodedError {
  return error instanceof CodedError && /^(?:METER_FILE_|IMPORT_DEVICES_)/.test(error.code);
}

/** It waits where it is, and nothing is recorded of it. */
export function isUnreadable({ error }: ImportFileReport): boolean {
  return error?.code === 'METER_FILE_UNREADABLE';
}

/** Milliseconds, whole. */
export function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
