import type { DataSource, EntityManager } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';
import { isTransient } from '#libs/database';
import type { CodedError } from '#libs/errors';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import type { FetchedFile, FileSource } from '../collection/file-source.js';
import type { WaitingFile } from '../collection/waiting-file.js';
import { describeImported, describeRejected } from './file-report.js';
import { openContent, parseContent, type FileContent } from './file-content.js';
import { FileRowsWriter } from './file-rows.js';
import { FileNotStored, isOfData } from './file-not-stored.js';
import { identityKey, insertImportFile, lockImports, selectImported } from './imports.queries.js';
import { putAway } from './put-away.js';
import { siteTimeZone } from './site-time-zone.js';
import { elapsed, identityOf, isOfFile, isUnreadable, siteOf, storeFile } from './store-file.js';

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
   * @throws CodedError when the source is out of reach: what was fetched before is recorded, the others wait there; FileNotStored
   *   after the others; and when the database fails
   */
  async *importTogether(runId: string, files: readonly WaitingFile[]): AsyncGenerator<ImportFileReport> {
    const opened: (FileContent | ImportFileReport)[] = [];
    const opening = this.openEach(files, opened);
    // What was opened before the source failed is imported all the same.
    await opening.catch((error: unknown) => error);
    const contents = opened.filter(isContent);
    const stored = new Map<FileContent, ImportFileReport>();
    try {
      const failure = await this.storeEach(runId, contents, stored);
      for (const one of opened) {
        const report = isContent(one) ? stored.get(one) : one;
        if (report !== undefined) yield report;
      }
      await this.putAway(stored);
      if (failure !== undefined) throw failure;
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

  /**
   * What spoils a transaction may lie in one file of it: the others must not wait for that one.
   * @param stored is given the report of each that is recorded, or waits where it is
   * @returns what failed; nothing was tried after it, unless it lies in the file
   */
  private async storeEach(
    runId: string,
    contents: readonly FileContent[],
    stored: Map<FileContent, ImportFileReport>,
  ): Promise<Error | undefined> {
    const together =
      contents.length > 1 ? await this.storeAnew(runId, contents).catch(() => undefined) : undefined;
    for (const [content, report] of together ?? []) stored.set(content, report);
    if (together !== undefined) return undefined;
    let failure: Error | undefined;
    for (const content of contents) {
      try {
        stored.set(content, await this.storeAlone(runId, content));
      } catch (error) {
        failure ??= error as Error;
        if (!(error instanceof FileNotStored)) return failure;
      }
    }
    return failure;
  }

  /** @throws FileNotStored, and what is no problem of the file */
  private async storeAlone(runId: string, content: FileContent): Promise<ImportFileReport> {
    try {
      const stored = await this.storeAnew(runId, [content]);
      return stored.get(content) as ImportFileReport;
    } catch (error) {
      if (isOfFile(error)) return this.refuse(runId, content, error);
      throw isOfData(error) ? new FileNotStored(content.file.path, error) : error;
    }
  }

  private async refuse(
    runId: string,
    { file, sha256, started }: FileContent,
    error: CodedError,
  ): Promise<ImportFileReport> {
    const report = describeRejected(file, error, elapsed(started));
    // Changed while it was read, so it is still being sent: it waits where it is for the next run.
    if (isUnreadable(report)) return report;
    const refused = { ...report, sha256 };
    const origin = this.originOf(runId);
    await this.dataSource.transaction((manager) => insertImportFile(manager, origin, file, refused));
    return refused;
  }

  private async putAway(stored: ReadonlyMap<FileContent, ImportFileReport>): Promise<void> {
    const recorded = [...stored].flatMap(([{ file, sha256 }, report]) => {
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

function isContent(one: FileContent | ImportFileReport): one is FileContent {
  return 'parse' in one;
}
