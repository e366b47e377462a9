import type { DataSource } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { rememberFile } from '../collection/collected-files.js';
import type { FileSource } from '../collection/file-source.js';
import type { WaitingFile } from '../collection/waiting-file.js';
import { recordPlace } from './imports.queries.js';

/**
 * Moves a recorded file to `parsed/`, or to `error/` with its report beside it. Where it may not be moved it is remembered, so that
 * it is not read again.
 * @throws CodedError when the source is out of reach; the next run finds the record and moves the file
 */
export async function putAway(
  dataSource: DataSource,
  source: FileSource,
  file: WaitingFile,
  report: ImportFileReport & { sha256: string },
): Promise<void> {
  const { sha256, status } = report;
  const into = status === 'rejected' ? ('error' as const) : ('parsed' as const);
  const written = into === 'error' ? { report: `${JSON.stringify(report, null, 2)}\n` } : {};
  try {
    const movedTo = await source.moveAside(file, { sha256, into, ...written });
    if (movedTo === undefined) return;
    await recordPlace(dataSource, { source: source.kind, path: file.path, sha256, movedTo });
  } catch (error) {
    if (error instanceof CodedError) throw error;
    await rememberFile(dataSource, source.kind, file, { sha256, aside: into });
  }
}
