import type { DataSource, EntityManager } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';
import { isTransient } from '#libs/database';
import { CodedError } from '#libs/errors';
import type { MeterFileReport } from '#libs/meter-files';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import type { FetchedFile, FileSource } from '../collection/file-source.js';
import type { WaitingFile } from '../collection/waiting-file.js';
import { describeImported, describeRejected, describeUnchanged } from './file-report.js';
import { openContent, parseContent, type FileContent } from './file-content.js';
import { FileRowsWriter } from './file-rows.js';
import {
  identityKey,
  insertImportFile,
  lockImports,
  selectImported,
  type FileIdentity,
} from './imports.queries.js';
import { putAway } from './put-away.js';
import { siteTimeZone } from './site-time-zone.js';

export interface FileImporterOptions {
  source: FileSource;
  /** Of a site that is created and whose files name none. */
  timeZone: string;
}

const mostAttempts = 5;

/**
 * Reads one file and writes nothing: the report says what an import would do.
 * @throws CodedError when the source is out of reach
 */
export async function readOnly(source: FileSource, file: WaitingFile): Promise<ImportFileReport> {
  const started = performance.now();
  let fetched: FetchedFile | undefined;
  try {
    siteOf(file);
    fetched = await source.fetch(file);
    const report = await parseContent(fetched.open, file, new Date(), {});
    return describeImported(file, report, elapsed(started));
  } catch (error) {
    if (isOfFile(error)) return describeRejected(file, error, elapsed(started));
    throw error;
  } finally {
    await fetched?.release();
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

  /**
   * Small files in one transaction: most of what they cost is the transaction. Each is taken or refused for itself.
   * @param files in the order in which they came, as `together` groups them
   * @returns a report of each as soon as it is recorded; then the files are moved
   * @throws CodedError when the source is out of reach: what was fetched before is recorded, the others wait there
   */
  async *importTogether(runId: string, files: readonly WaitingFile[]): AsyncGenerator<ImportFileReport> {
    const opened: (FileContent | ImportFileReport)[] = [];
    const opening = this.openEach(files, opened);
    // What was opened before the source failed is imported all the same.
    await opening.catch((error: unknown) => error);
    const contents = opened.filter(isContent);
    try {
      const stored = await this.storeEach(runId, contents);
      for (const one of opened) yield reportOf(one, stored);
      await this.putAway(contents, stored);
    } finally {
      await Promise.all(contents.map(({ release }) => release()));
    }
    await opening;
  }

  private async openEach(
    files: readonly WaitingFile[],
    opened: (FileContent | ImportFileReport)[],
  ): Promise<void> {
    for (const file of files) {
      const started = performance.now();
      try {
        opened.push(await openContent(this.options.source, file, new Date()));
      } catch (error) {
        if (!isOfFile(error)) throw error;
        // It stays where it is: whoever can read it must be let in first, or it is still being sent.
        opened.push(describeRejected(file, error, elapsed(started)));
      }
    }
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
    if (!isOfFile(error)) throw error;
    const report = describeRejected(file, error, elapsed(started));
    // Changed while it was read, so it is still being sent: it waits where it is for the next run.
    if (isUnreadable(report)) return report;
    const refused = { ...report, sha256 };
    const origin = this.originOf(runId);
    await this.dataSource.transaction((manager) => insertImportFile(manager, origin, file, refused));
    return refused;
  }

  private async putAway(
    contents: readonly FileContent[],
    stored: ReadonlyMap<FileContent, ImportFileReport>,
  ): Promise<void> {
    const recorded = contents.flatMap((content) => {
      const { file, sha256 } = content;
      const report = reportOf(content, stored);
      const isLeft = file.uploadId !== undefined || isUnreadable(report);
      return isLeft ? [] : [{ file, report: { ...report, sha256 } }];
    });
    await putAway(this.dataSource, this.options.source, recorded);
  }

  private originOf(runId: string) {
    return { runId, source: this.options.source.kind };
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
    const rows = new FileRowsWriter(manager, outbox, (header) => siteTimeZone(header, this.options.timeZone));
    const imported = await selectImported(manager, contents.map(identityOf));
    const reports = new Map<FileContent, ImportFileReport>();
    try {
      for (const content of contents) {
        const report = await storeFile(content, imported, rows);
        const isNews = report.status !== 'unchanged' && !isUnreadable(report);
        if (isNews) await insertImportFile(manager, this.originOf(runId), content.file, report);
        if (report.status === 'imported') imported.add(identityKey(identityOf(content)));
        reports.set(content, report);
      }
      await rows.flush();
      return reports;
    } finally {
      await rows.settle();
    }
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

/** What is wrong with this file alone; when the source or the disk fails, the next file would fare no better. */
function isOfFile(error: unknown): error is CodedError {
  return error instanceof CodedError && /^(?:METER_FILE_|IMPORT_DEVICES_)/.test(error.code);
}

/** It waits where it is, and nothing is recorded of it. */
function isUnreadable({ error }: ImportFileReport): boolean {
  return error?.code === 'METER_FILE_UNREADABLE';
}

function reportOf(
  one: FileContent | ImportFileReport,
  stored: ReadonlyMap<FileContent, ImportFileReport>,
): ImportFileReport {
  const report = isContent(one) ? stored.get(one) : one;
  if (report === undefined) throw new Error('each file has a report');
  return report;
}

function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
