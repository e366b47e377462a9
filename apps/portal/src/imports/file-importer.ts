import type { DataSource, EntityManager } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';
import { isTransient } from '#libs/database';
import { CodedError } from '#libs/errors';
import type { MeterFileHeader } from '#libs/meter-files';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import { describeImported, describeRejected, describeUnchanged } from './file-report.js';
import { openContent, parseContent, smallBytes, type FileContent } from './file-content.js';
import { FileRowsWriter } from './file-rows.js';
import { moveAside, readFile, type WaitingFile } from './import-folder.js';
import {
  identityKey,
  insertImportFile,
  lockImports,
  selectImported,
  type FileIdentity,
} from './imports.queries.js';

export interface FileImporterOptions {
  folder: string;
  /** Of a site that is created and whose files name none. */
  timeZone: string;
}

const mostAttempts = 5;

/** Of files in one transaction. Another collector waits for as long. */
const mostTogether = { files: 50, bytes: 2 * 1024 * 1024 };

/** Cuts a list into what `importTogether` takes at a time: a large file alone, small ones with their neighbours. */
export function together(files: readonly WaitingFile[]): WaitingFile[][] {
  const groups: WaitingFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const group = groups.at(-1);
    bytes += file.bytes;
    const isFull = bytes > mostTogether.bytes || group?.length === mostTogether.files;
    if (group === undefined || isFull || file.bytes > smallBytes) {
      groups.push([file]);
      bytes = file.bytes > smallBytes ? mostTogether.bytes : file.bytes;
    } else group.push(file);
  }
  return groups;
}

/** Reads one file and writes nothing: the report says what an import would do. */
export async function readOnly(folder: string, file: WaitingFile): Promise<ImportFileReport> {
  const started = performance.now();
  try {
    siteOf(file);
    const report = await parseContent(() => readFile(folder, file), file, new Date(), {});
    return describeImported(file, report, elapsed(started));
  } catch (error) {
    if (error instanceof CodedError) return describeRejected(file, error, elapsed(started));
    throw error;
  }
}

/**
 * Imports files: rows, their outbox entries and the records of the files commit together, then the files are moved.
 * Killed in between, the next run finds the records, changes nothing and moves the files.
 */
export class FileImporter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly options: FileImporterOptions,
  ) {}

  async import(runId: string, file: WaitingFile): Promise<ImportFileReport> {
    const [report] = await this.importTogether(runId, [file]);
    if (report === undefined) throw new Error('each file has a report');
    return report;
  }

  /**
   * Small files in one transaction: most of what they cost is the transaction. Each is taken or refused for itself.
   * @param files in the order in which they came, as `together` groups them
   */
  async importTogether(runId: string, files: readonly WaitingFile[]): Promise<ImportFileReport[]> {
    const started = performance.now();
    const opened: (FileContent | ImportFileReport)[] = [];
    for (const file of files) {
      const content = await openContent(this.options.folder, file, new Date()).catch(unreadable);
      // It stays where it is: whoever can read it must be let in first.
      opened.push(
        content instanceof CodedError ? describeRejected(file, content, elapsed(started)) : content,
      );
    }
    const stored = await this.storeEach(runId, opened.filter(isContent));
    const reports: ImportFileReport[] = [];
    for (const one of opened) {
      const report = isContent(one) ? stored.get(one) : one;
      if (report === undefined) throw new Error('each file has a report');
      if (isContent(one)) await this.putAway(one, report);
      reports.push(report);
    }
    return reports;
  }

  /** What spoils a transaction may lie in one file of it: the others must not wait for that one. */
  private async storeEach(
    runId: string,
    contents: readonly FileContent[],
  ): Promise<ReadonlyMap<FileContent, ImportFileReport>> {
    if (contents.length === 0) return new Map();
    try {
      return await this.storeAnew(runId, contents);
    } catch (error) {
      const [only, ...others] = contents;
      if (only === undefined) throw error;
      if (others.length === 0) return new Map([[only, await this.refuse(runId, only, error)]]);
    }
    const reports = new Map<FileContent, ImportFileReport>();
    for (const content of contents) {
      for (const [one, report] of await this.storeEach(runId, [content])) reports.set(one, report);
    }
    return reports;
  }

  /** @throws what is no problem of the file */
  private async refuse(
    runId: string,
    { file, sha256, started }: FileContent,
    error: unknown,
  ): Promise<ImportFileReport> {
    if (!(error instanceof CodedError)) throw error;
    const report = describeRejected(file, error, elapsed(started));
    // Changed while it was read, so it is still being sent: it waits where it is for the next run.
    if (error.code === 'METER_FILE_UNREADABLE') return report;
    const refused = { ...report, sha256 };
    await this.dataSource.transaction((manager) => insertImportFile(manager, runId, file, refused));
    return refused;
  }

  private async putAway({ file, sha256 }: FileContent, report: ImportFileReport): Promise<void> {
    if (file.uploadId !== undefined || report.error?.code === 'METER_FILE_UNREADABLE') return;
    await moveAside(this.options.folder, file, sha256, report.status === 'rejected' ? 'error' : 'parsed');
  }

  /** What programs send meanwhile may write the same rows in another order. */
  private async storeAnew(runId: string, contents: readonly FileContent[]) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.dataSource.transaction((manager) => this.storeIn(manager, runId, contents));
      } catch (error) {
        if (!isTransient(error) || attempt === mostAttempts) throw error;
      }
    }
  }

  private async storeIn(manager: EntityManager, runId: string, contents: readonly FileContent[]) {
    const outbox = await OutboxWriter.open(manager);
    await lockImports(manager);
    const rows = new FileRowsWriter(manager, outbox, (header) => this.siteTimeZone(header));
    const imported = await selectImported(manager, contents.map(identityOf));
    const reports = new Map<FileContent, ImportFileReport>();
    try {
      for (const content of contents) {
        const report = await storeFile(content, imported, rows);
        if (report.status !== 'unchanged') await insertImportFile(manager, runId, content.file, report);
        if (report.status === 'imported') imported.add(identityKey(identityOf(content)));
        reports.set(content, report);
      }
      await rows.flush();
      return reports;
    } finally {
      await rows.settle();
    }
  }

  /** A V003 file written in UTC still says where the meter hangs. */
  private siteTimeZone(header: MeterFileHeader): string {
    const named = header.metadata['TimeZoneName'];
    if (header.timeZone !== 'UTC') return header.timeZone;
    return typeof named === 'string' && isTimeZone(named) ? named : this.options.timeZone;
  }
}

async function storeFile(
  content: FileContent,
  imported: ReadonlySet<string>,
  rows: FileRowsWriter,
): Promise<ImportFileReport> {
  const { file, sha256, started, isWhole } = content;
  if (imported.has(identityKey(identityOf(content))))
    return describeUnchanged(file, sha256, elapsed(started));
  try {
    return describeImported(file, await rows.write(siteOf(file), content), elapsed(started));
  } catch (error) {
    // Where rows of it may have been written, the transaction must go.
    if (!isWhole || !(error instanceof CodedError)) throw error;
    return { ...describeRejected(file, error, elapsed(started)), sha256 };
  }
}

function identityOf({ file, sha256 }: FileContent): FileIdentity {
  return { sha256, site: file.place?.site };
}

function isContent(one: FileContent | ImportFileReport): one is FileContent {
  return 'parse' in one;
}

/** @throws CodedError METER_FILE_PATH_INVALID */
function siteOf({ place, path }: WaitingFile): string {
  if (place === undefined) throw new CodedError('METER_FILE_PATH_INVALID', { detail: path });
  return place.site;
}

function unreadable(cause: unknown): CodedError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new CodedError('METER_FILE_UNREADABLE', { detail, cause });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format();
    return true;
  } catch {
    return false;
  }
}

function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
