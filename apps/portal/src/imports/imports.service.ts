import { Readable } from 'node:stream';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type {
  ImportDatabaseTotals,
  ImportReport,
  ImportRunDetail,
  ImportRunsQuery,
  ImportRunSummary,
  ImportTrigger,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { FileSource } from '../collection/file-source.js';
import type { WaitingFile } from '../collection/waiting-file.js';
import { PusherService } from '../fleet-push/pusher.service.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { ImportMetrics } from './import-metrics.js';
import { defaultReportFolder, ImportRun } from './import-run.js';
import { selectRun, selectRuns, selectTotals } from './imports.queries.js';
import { runReportText } from './run-report.js';

/** What is to be imported, why and by whom. */
export interface RunRequest {
  trigger: ImportTrigger;
  source: FileSource;
  files: readonly WaitingFile[];
  /** E-mail of who started it. */
  account?: string;
  /** Recorded in the transaction that records the run. */
  onBegin?: (manager: EntityManager, runId: string) => Promise<void>;
  /** After the last file, and before the next run can begin. */
  onDone?: (report: ImportReport) => Promise<void>;
}

/** A run that has begun. */
export interface StartedRun {
  runId: string;
  /** Rejects when the database or the source failed in the middle of it; what waits is taken by the next run. */
  ended: Promise<void>;
}

/** How long a request waits for the run under way before it is refused. */
const patienceMs = 5_000;

/** Imports files of any source, one run at a time. */
@Injectable()
export class ImportsService implements OnModuleDestroy {
  private readonly logger = new Logger('Imports');
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly pusher: PusherService,
    private readonly metrics: ImportMetrics,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /**
   * Starts a run over files of the caller's choice and answers before it ends; then the source is closed. It waits a little for a
   * run under way: those of the clock are short.
   * @throws CodedError IMPORT_RUNNING
   */
  async startSoon(request: RunRequest): Promise<{ runId: string }> {
    if (this.running !== undefined) await Promise.race([this.running, passing(patienceMs)]);
    const close = () => request.source.close();
    try {
      const { runId, ended } = await this.startRun(request);
      void ended.then(close, close).catch(() => undefined);
      return { runId };
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** The same, after whatever runs now, however long that takes. */
  async startNext(request: RunRequest): Promise<StartedRun> {
    while (this.running !== undefined) await this.running;
    return this.startRun(request);
  }

  runs(query: ImportRunsQuery): Promise<{ runs: ImportRunSummary[]; total: number }> {
    return selectRuns(this.dataSource, query);
  }

  /** @throws CodedError NOT_FOUND */
  async find(id: string): Promise<ImportRunDetail> {
    const run = await selectRun(this.dataSource, id);
    if (run === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such run' });
    return run;
  }

  /**
   * The report of a run as JSON.
   * @throws CodedError NOT_FOUND
   */
  async report(id: string): Promise<Readable> {
    return Readable.from(runReportText(this.dataSource.manager, await this.find(id)), { objectMode: false });
  }

  totals(): Promise<ImportDatabaseTotals> {
    return selectTotals(this.dataSource);
  }

  /** The portal stops: no run begins any more that would import something. */
  isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  isRunning(): boolean {
    return this.running !== undefined;
  }

  /** @throws CodedError IMPORT_FOLDER_MISSING */
  folder(): string {
    const folder = this.folderIfAny();
    if (folder === undefined) throw new CodedError('IMPORT_FOLDER_MISSING');
    return folder;
  }

  folderIfAny(): string | undefined {
    return this.settings.import.folder;
  }

  private async startRun(request: RunRequest): Promise<StartedRun> {
    // `running` is set before the first await, so that two requests cannot both start.
    const begun = Promise.withResolvers<string>();
    if (this.running !== undefined) throw new CodedError('IMPORT_RUNNING');
    const ended = this.counted(request.trigger, this.run(request, begun.resolve));
    this.running = ended
      .catch((error: unknown) => {
        begun.reject(error);
        this.logger.error({ err: error }, 'The import ended early; what waits is taken by the next run');
      })
      .finally(() => {
        this.running = undefined;
      });
    return { runId: await begun.promise, ended };
  }

  private async counted(trigger: ImportTrigger, run: Promise<void>): Promise<void> {
    const started = performance.now();
    const count = (outcome: 'finished' | 'failed') =>
      this.metrics.countRun(trigger, outcome, performance.now() - started);
    try {
      await run;
    } catch (error) {
      count('failed');
      throw error;
    }
    count('finished');
  }

  private async run({ files, onDone, ...request }: RunRequest, begun: (id: string) => void): Promise<void> {
    const { timeZone, folder, reportFolder } = this.settings.import;
    const run = await ImportRun.begin(this.dataSource, {
      ...request,
      timeZone,
      reportFolder: reportFolder ?? (folder === undefined ? undefined : defaultReportFolder(folder)),
      signal: this.stopping.signal,
      warn: (message, error) => this.logger.warn({ err: error }, message),
      onFile: (report) => {
        this.logger.log(
          { path: report.path, status: report.status, points: report.points },
          'Meter file done',
        );
        this.metrics.countFile(report);
        this.pusher.wake();
      },
    });
    begun(run.id);
    const report = await run.import(files);
    await onDone?.(report);
  }
}

export function countFiles(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
