import { Readable } from 'node:stream';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
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
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { PusherService } from '../fleet-push/pusher.service.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { listWaitingFiles, type WaitingFile } from './import-folder.js';
import { ImportMetrics } from './import-metrics.js';
import { ImportRun } from './import-run.js';
import { SourceHealth } from './source-health.js';
import { selectRun, selectRuns, selectTotals } from './imports.queries.js';
import { runReportText } from './run-report.js';

/** What is to be imported, why and by whom. */
export interface RunRequest {
  trigger: ImportTrigger;
  files: readonly WaitingFile[];
  /** E-mail of who started it. */
  account?: string;
  /** Recorded in the transaction that records the run. */
  onBegin?: (manager: EntityManager, runId: string) => Promise<void>;
  /** After the last file, and before the next run can begin. */
  onDone?: (report: ImportReport) => Promise<void>;
}

/** What people call the folder where it is one of several sources. */
const folderSource = 'import folder';

/** How long a request waits for the run under way before it is refused. */
const patienceMs = 5_000;

/** Imports the folder on a schedule and on demand, one run at a time. */
@Injectable()
export class ImportsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Imports');
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly scheduler: SchedulerRegistry,
    private readonly pusher: PusherService,
    private readonly audit: AuditService,
    private readonly sources: SourceHealth,
    private readonly metrics: ImportMetrics,
  ) {}

  onApplicationBootstrap(): void {
    const { folder, intervalSeconds } = this.settings.import;
    if (folder === undefined) return;
    const interval = setInterval(() => void this.importOnSchedule(), intervalSeconds * 1_000);
    this.scheduler.addInterval('imports', interval);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /**
   * Starts a run over the files that wait in the folder now, and answers before it ends.
   * @throws CodedError IMPORT_FOLDER_MISSING, IMPORT_RUNNING
   */
  async start(actor: Actor): Promise<{ runId: string }> {
    if (this.running !== undefined) throw new CodedError('IMPORT_RUNNING');
    const files = await this.listFolder();
    const summary = `Started an import of the folder: ${countFiles(files.length)}`;
    return this.startRun({
      trigger: 'manual',
      files,
      account: actor.account,
      onBegin: (manager) => this.audit.record(manager, { ...actor, action: 'import.started', summary }),
    });
  }

  /**
   * The same over files of the caller's choice. It waits a little for a run under way: those of the clock are short.
   * @throws CodedError IMPORT_FOLDER_MISSING, IMPORT_RUNNING
   */
  async startSoon(request: RunRequest): Promise<{ runId: string }> {
    if (this.running !== undefined) await Promise.race([this.running, passing(patienceMs)]);
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

  /** A run without files would only fill the list of runs. */
  private async importOnSchedule(): Promise<void> {
    try {
      if (this.running !== undefined) return;
      const files = await this.listFolder();
      if (files.length > 0) await this.startRun({ trigger: 'schedule', files });
    } catch (error) {
      this.logger.error({ err: error }, 'The import folder cannot be read');
    }
  }

  private async listFolder(): Promise<WaitingFile[]> {
    try {
      const files = await listWaitingFiles(this.folder());
      await this.sources.note(folderSource, null);
      return files;
    } catch (error) {
      await this.sources.note(folderSource, reasonOf(error));
      throw error;
    }
  }

  private async startRun(request: RunRequest): Promise<{ runId: string }> {
    // `running` is set before the first await, so that two requests cannot both start.
    const begun = Promise.withResolvers<string>();
    if (this.running !== undefined) throw new CodedError('IMPORT_RUNNING');
    const started = performance.now();
    const count = (outcome: 'finished' | 'failed') =>
      this.metrics.countRun(request.trigger, outcome, performance.now() - started);
    this.running = this.run(request, begun.resolve)
      .then(() => count('finished'))
      .catch((error: unknown) => {
        count('failed');
        begun.reject(error);
        this.logger.error({ err: error }, 'The import ended early; what waits is taken by the next run');
      })
      .finally(() => {
        this.running = undefined;
      });
    return { runId: await begun.promise };
  }

  private async run({ files, onDone, ...request }: RunRequest, begun: (id: string) => void): Promise<void> {
    const { timeZone, reportFolder } = this.settings.import;
    const run = await ImportRun.begin(this.dataSource, {
      ...request,
      folder: this.folder(),
      timeZone,
      reportFolder,
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

/** For people: what the system says of a folder, without its own words for an error. */
function reasonOf(error: unknown): string {
  if (error instanceof CodedError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
