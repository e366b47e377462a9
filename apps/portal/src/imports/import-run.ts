import path from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import type { ImportFileReport, ImportReport, ImportTrigger } from '#libs/contracts';
import { FileImporter, readOnly, type FileImporterOptions } from './file-importer.js';
import { sumUp } from './file-report.js';
import type { WaitingFile } from './import-folder.js';
import { finishRun, insertRun } from './imports.queries.js';
import { ReportArchive } from './report-archive.js';

export interface ImportRunOptions extends FileImporterOptions {
  trigger: ImportTrigger;
  /** E-mail of who started it. */
  account?: string;
  /** Runs in the transaction that records the run. */
  onBegin?: (manager: EntityManager, runId: string) => Promise<void>;
  /** Folder of the JSON reports; `.reports` in the import folder when undefined. */
  reportFolder: string | undefined;
  /** Aborted when the program stops: the file under way is finished, the others are left to the next run. */
  signal?: AbortSignal;
  /** Told what went wrong beside the import, which goes on. */
  warn?: (message: string, error: unknown) => void;
  /** Told after each file. */
  onFile?: (report: ImportFileReport, done: number, of: number) => void;
}

/** One pass of the collector over files that wait. Files are taken one after the other, each on its own. */
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

  /** A file that cannot be taken for a reason of its own is in the report; a database that fails ends the run. */
  async import(files: readonly WaitingFile[]): Promise<ImportReport> {
    const importer = new FileImporter(this.dataSource, this.options);
    const reports: ImportFileReport[] = [];
    for (const file of files) {
      if (this.options.signal?.aborted) break;
      const report = await importer.import(this.id, file);
      reports.push(report);
      this.options.onFile?.(report, reports.length, files.length);
    }
    const result = { dryRun: false, files: reports, totals: sumUp(reports) };
    await finishRun(this.dataSource, this.id, reports.filter(isUnrecorded));
    const { reportFolder, folder, warn = () => undefined } = this.options;
    const archive = new ReportArchive(this.dataSource, reportFolder ?? defaultReportFolder(folder), warn);
    await archive.writeDue();
    return result;
  }
}

/** Where reports lie unless the configuration says so. */
export function defaultReportFolder(folder: string): string {
  return path.join(folder, '.reports');
}

/** One that was imported before, or waits for the next run. */
function isUnrecorded({ status, error }: ImportFileReport): boolean {
  return status === 'unchanged' || error?.code === 'METER_FILE_UNREADABLE';
}

/** What an import of these files would do; needs no database. */
export async function dryRun(
  folder: string,
  files: readonly WaitingFile[],
  onFile?: ImportRunOptions['onFile'],
): Promise<ImportReport> {
  const reports: ImportFileReport[] = [];
  for (const file of files) {
    const report = await readOnly(folder, file);
    reports.push(report);
    onFile?.(report, reports.length, files.length);
  }
  return { dryRun: true, files: reports, totals: sumUp(reports) };
}
