import path from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import type { ImportFileReport, ImportReport, ImportTrigger } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { FileSource } from '../collection/file-source.js';
import type { WaitingFile } from '../collection/waiting-file.js';
import { FileNotStored } from './file-not-stored.js';
import { FileImporter, readOnly, type FileImporterOptions } from './file-importer.js';
import { sumUp } from './file-report.js';
import { finishRun, insertRun } from './imports.queries.js';
import { ReportArchive } from './report-archive.js';
import { isUnreadable } from './store-file.js';
import { together } from './together.js';

export interface ImportRunOptions extends FileImporterOptions {
  trigger: ImportTrigger;
  /** E-mail of who started it. */
  account?: string;
  /** Runs in the transaction that records the run. */
  onBegin?: (manager: EntityManager, runId: string) => Promise<void>;
  /** Folder of the JSON reports; none are written when undefined. */
  reportFolder: string | undefined;
  /** Aborted when the program stops: what is under way is finished, unless a server is waited for; the rest is left to the next run. */
  signal?: AbortSignal;
  /** Told what went wrong beside the import, which goes on. */
  warn?: (message: string, error: unknown) => void;
  /** Told after each file. */
  onFile?: (report: ImportFileReport, done: number, of: number) => void;
}

/** One pass of the collector over files that wait. Files are taken one after the other, small ones together. */
export class ImportRun {
  private constructor(
    readonly id: string,
    private readonly dataSource: DataSource,
    private readonly options: ImportRunOptions,
  ) {}

  static async begin(dataSource: DataSource, options: ImportRunOptions): Promise<ImportRun> {
    const id = await dataSource.transaction(async (manager) => {
      const runId = await insertRun(manager, options.trigger, options.account);
      await options.onBegin?.(manager, runId);
      return runId;
    });
    return new ImportRun(id, dataSource, options);
  }

  /**
   * A file that cannot be taken for a reason of its own is in the report; a database that fails ends the run.
   * @throws CodedError when the source is out of reach, FileNotStored when all others were dealt with; what was imported is in the
   *   record of the run
   */
  async import(files: readonly WaitingFile[]): Promise<ImportReport> {
    const { signal, source } = this.options;
    const interrupt = () => source.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    const reports: ImportFileReport[] = [];
    try {
      await this.importEach(files, reports);
    } catch (error) {
      if (error instanceof CodedError || error instanceof FileNotStored) await this.finish(reports);
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
    return this.finish(reports);
  }

  private async importEach(files: readonly WaitingFile[], reports: ImportFileReport[]): Promise<void> {
    const importer = new FileImporter(this.dataSource, this.options);
    let failure: FileNotStored | undefined;
    for (const group of together(files)) {
      if (this.options.signal?.aborted) break;
      try {
        for await (const report of importer.importTogether(this.id, group)) {
          reports.push(report);
          this.options.onFile?.(report, reports.length, files.length);
        }
      } catch (error) {
        if (!(error instanceof FileNotStored)) throw error;
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
  }

  private async finish(reports: ImportFileReport[]): Promise<ImportReport> {
    const result = { dryRun: false, files: reports, totals: sumUp(reports) };
    await finishRun(this.dataSource, this.id, reports.filter(isUnrecorded));
    const { reportFolder, warn = () => undefined } = this.options;
    if (reportFolder !== undefined) {
      await new ReportArchive(this.dataSource, reportFolder, warn).writeDue();
    }
    return result;
  }
}

/** Where reports lie unless the configuration says so. */
export function defaultReportFolder(folder: string): string {
  return path.join(folder, '.reports');
}

/** One that was imported before, or waits for the next run. */
function isUnrecorded(report: ImportFileReport): boolean {
  return report.status === 'unchanged' || isUnreadable(report);
}

/** What an import of these files would do; needs no database. */
export async function dryRun(
  source: FileSource,
  files: readonly WaitingFile[],
  onFile?: ImportRunOptions['onFile'],
): Promise<ImportReport> {
  const reports: ImportFileReport[] = [];
  for (const file of files) {
    const report = await readOnly(source, file);
    reports.push(report);
    onFile?.(report, reports.length, files.length);
  }
  return { dryRun: true, files: reports, totals: sumUp(reports) };
}
