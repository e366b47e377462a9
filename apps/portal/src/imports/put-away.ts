import type { DataSource } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { forgetFile, rememberFile, type KnownFile } from '../collection/collected-files.js';
import type { FileSource } from '../collection/file-source.js';
import type { AsideFolder, WaitingFile } from '../collection/waiting-file.js';
import { recordPlace, selectReport } from './imports.queries.js';

/** A file whose record is committed. */
export interface RecordedWaiting {
  file: WaitingFile;
  report: ImportFileReport & { sha256: string };
}

/**
 * Moves recorded files to `parsed/`, or to `error/` with their report beside them. What may not be moved is remembered, so that it
 * is not read again.
 * @throws CodedError when the source is out of reach; what is left is remembered, and moved by the next look without being fetched
 * once more: else a server that breaks off again and again would never be done
 */
export async function putAway(
  dataSource: DataSource,
  source: FileSource,
  recorded: readonly RecordedWaiting[],
): Promise<void> {
  for (const [index, { file, report }] of recorded.entries()) {
    try {
      await move(dataSource, source, { ...file, ...fateOf(report) }, report);
    } catch (error) {
      const isOutOfReach = error instanceof CodedError;
      const left = isOutOfReach ? recorded.slice(index) : [{ file, report }];
      for (const one of left) await rememberFile(dataSource, source.kind, one.file, fateOf(one.report));
      if (isOutOfReach) throw error;
    }
  }
}

/**
 * The same for a file that was remembered.
 * @throws what the source says; it stays remembered
 */
export async function putAwayKnown(
  dataSource: DataSource,
  source: FileSource,
  file: KnownFile,
): Promise<void> {
  const { path, sha256, aside } = file;
  const report =
    aside === 'error' ? await selectReport(dataSource, source.kind, { path, sha256 }) : undefined;
  await move(dataSource, source, file, report);
  await forgetFile(dataSource, source.kind, path);
}

async function move(
  dataSource: DataSource,
  source: FileSource,
  file: KnownFile,
  report: ImportFileReport | undefined,
): Promise<void> {
  const { path, sha256, aside: into } = file;
  const isWritten = into === 'error' && report !== undefined;
  const written = isWritten ? { report: `${JSON.stringify(report, null, 2)}\n` } : {};
  const movedTo = await source.moveAside(file, { sha256, into, ...written });
  if (movedTo === undefined) return;
  await recordPlace(dataSource, { source: source.kind, path, sha256, movedTo });
}

function fateOf({ sha256, status }: RecordedWaiting['report']): { sha256: string; aside: AsideFolder } {
  return { sha256, aside: status === 'rejected' ? 'error' : 'parsed' };
}
