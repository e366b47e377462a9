import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import type { ImportDatabaseTotals, ImportFileDetail, ImportRunSummary } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { PusherService } from '../fleet-push/pusher.service.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { listWaitingFiles, type WaitingFile } from './import-folder.js';
import { ImportRun } from './import-run.js';
import { selectFile, selectFiles, selectRuns, selectTotals, type ImportTrigger } from './imports.queries.js';

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
   * Starts a run over the files that wait now, and answers before it ends.
   * @throws CodedError IMPORT_FOLDER_MISSING, IMPORT_RUNNING
   */
  async start(trigger: ImportTrigger): Promise<{ runId: string }> {
    if (this.running !== undefined) throw new CodedError('IMPORT_RUNNING');
    const folder = this.folder();
    return this.startWith(trigger, folder, await listWaitingFiles(folder));
  }

  runs(): Promise<ImportRunSummary[]> {
    return selectRuns(this.dataSource, 50);
  }

  files(page: number, pageSize: number) {
    return selectFiles(this.dataSource, page, pageSize);
  }

  async file(id: string): Promise<ImportFileDetail> {
    const file = await selectFile(this.dataSource, id);
    if (file === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such file' });
    return file;
  }

  totals(): Promise<ImportDatabaseTotals> {
    return selectTotals(this.dataSource);
  }

  private folder(): string {
    const { folder } = this.settings.import;
    if (folder === undefined) throw new CodedError('IMPORT_FOLDER_MISSING');
    return folder;
  }

  /** A run without files would only fill the list of runs. */
  private async importOnSchedule(): Promise<void> {
    try {
      if (this.running !== undefined) return;
      const folder = this.folder();
      const files = await listWaitingFiles(folder);
      if (files.length > 0) await this.startWith('schedule', folder, files);
    } catch (error) {
      this.logger.error({ err: error }, 'The import folder cannot be read');
    }
  }

  private async startWith(
    trigger: ImportTrigger,
    folder: string,
    files: WaitingFile[],
  ): Promise<{ runId: string }> {
    // `running` is set before the first await, so that two requests cannot both start.
    const begun = Promise.withResolvers<string>();
    if (this.running !== undefined) throw new CodedError('IMPORT_RUNNING');
    this.running = this.run(trigger, folder, files, begun.resolve)
      .catch((error: unknown) => {
        begun.reject(error);
        this.logger.error({ err: error }, 'The import ended early; what waits is taken by the next run');
      })
      .finally(() => {
        this.running = undefined;
      });
    return { runId: await begun.promise };
  }

  private async run(
    trigger: ImportTrigger,
    folder: string,
    files: WaitingFile[],
    begun: (id: string) => void,
  ): Promise<void> {
    const { timeZone, reportFolder } = this.settings.import;
    const run = await ImportRun.begin(this.dataSource, {
      trigger,
      folder,
      timeZone,
      reportFolder,
      signal: this.stopping.signal,
      onFile: (report) => {
        this.logger.log(
          { path: report.path, status: report.status, points: report.points },
          'Meter file done',
        );
        this.pusher.wake();
      },
    });
    begun(run.id);
    await run.import(files);
  }
}
