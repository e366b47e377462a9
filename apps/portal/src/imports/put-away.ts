import type { DataSource } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { forgetFile, rememberFile, type KnownFile } from '../collection/collected-files.js';
import type { FileSource } from '../collection/file-source.js';
import type { AsideFolder, WaitingFile } from '../collection/waiting-file.js';
import { recordPlaces, selectReport, type FilePlace } from './imports.queries.js';

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
  // One move on a server takes as long as all of them here: its place is written down at once.
  const atOnce = source.isRemote ? 1 : recorded.length;
  for (let start = 0; start < recorded.length; start += atOnce) {
    const end = start + atOnce;
    const { places, left, failure } = await moveEach(source, recorded.slice(start, end));
    await recordPlaces(dataSource, source.kind, places);
    if (failure !== undefined) left.push(...recorded.slice(end));
    for (const { file, report } of left) await rememberFile(dataSource, source.kind, file, fateOf(report));
    if (failure !== undefined) throw failure;
  }
}

/** @returns where they lie now, which of them could not be moved, and why there is no use in going on */
async function moveEach(source: FileSource, recorded: readonly RecordedWaiting[]) {
  const places: FilePlace[] = [];
  const left: RecordedWaiting[] = [];
  for (const [index, { file, report }] of recorded.entries()) {
    try {
      places.push(...(await move(source, { ...file, ...fateOf(report) }, report)));
    } catch (error) {
      if (error instanceof CodedError) {
        return { places, left: [...left, ...recorded.slice(index)], failure: error };
      }
      left.push({ file, report });
    }
  }
  return { places, left, failure: undefined };
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
  await recordPlaces(dataSource, source.kind, await move(source, file, report));
  await forgetFile(dataSource, source.kind, path);
}

/** @returns where it lies now; nothing when it has been sent anew meanwhile */
async function move(
  source: FileSource,
  file: KnownFile,
  report: ImportFileReport | undefined,
): Promise<FilePlace[]> {
  const { path, sha256, aside: into } = file;
  const isWritten = into === 'error' && report !== undefined;
  const written = isWritten ? { report: `${JSON.stringify(report, null, 2)}\n` } : {};
  const movedTo = await source.moveAside(file, { sha256, into, ...written });
  return movedTo === undefined ? [] : [{ path, sha256, movedTo }];
}

function fateOf({ sha256, status }: RecordedWaiting['report']): { sha256: string; aside: AsideFolder } {
  return { sha256, aside: status === 'rejected' ? 'error' : 'parsed' };
}
