import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { CodedError } from '#libs/errors';
import { reportBeside } from '../collection/aside.js';
import type { FileSource } from '../collection/file-source.js';
import { FileSources } from '../collection/file-sources.js';
import type { SourceKind } from '../collection/file-store.js';
import type { AsideFolder } from '../collection/waiting-file.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { defaultReportFolder } from './import-run.js';
import { ImportsService } from './imports.service.js';
import { markOriginalRemoved, selectOriginalsBefore, type KeptOriginal } from './originals.queries.js';
import { removeInside } from './remove-inside.js';
import { removeOldReports } from './report-retention.js';
import { findUpload, uploadAreaExists } from './upload-area.js';

const hourMs = 3_600_000;
const filesPerQuery = 200;

/** What became of an original: `elsewhere` is left alone, because it is not surely the one that was imported. */
type Outcome = 'removed' | 'gone' | 'elsewhere';

/** Removes a file, relative to its root; false where it was not removed. */
type Remove = (file: string) => Promise<boolean>;

/**
 * Removes originals, here and on the SFTP server, and reports that are older than they are kept, once an hour. The records of the
 * files stay.
 */
@Injectable()
export class OriginalRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Imports');
  private busy: Promise<number> | undefined;
  private source: FileSource | undefined;
  private stopped = false;
  /** Of the source that is being swept. */
  private refusals = 0;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly imports: ImportsService,
    private readonly sources: FileSources,
    private readonly scheduler: SchedulerRegistry,
  ) {}

  onApplicationBootstrap(): void {
    if (this.sources.kinds.length === 0) return;
    const interval = setInterval(() => void this.sweep(new Date()), hourMs);
    this.scheduler.addInterval('originals', interval);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.source?.interrupt();
    await this.busy;
  }

  /** @returns how many files were removed */
  async sweep(now: Date): Promise<number> {
    // What is being read for another try may be old, and is not to be taken away under the reader.
    if (this.busy !== undefined || this.stopped || this.imports.isRunning()) return 0;
    this.busy = this.sweepAll(now).finally(() => {
      this.busy = undefined;
    });
    return this.busy;
  }

  private async sweepAll(now: Date): Promise<number> {
    let removed = 0;
    // What is wrong with one source keeps nothing from being removed elsewhere.
    for (const kind of this.sources.kinds) removed += await this.attempt(() => this.sweepSource(kind, now));
    removed += await this.attempt(() => this.sweepReports(now));
    if (removed > 0)
      this.logger.log({ removed }, 'Originals and reports were removed: they are older than kept');
    return removed;
  }

  private async attempt(sweep: () => Promise<number>): Promise<number> {
    try {
      return await sweep();
    } catch (error) {
      if (!this.stopped) this.logger.error({ err: error }, 'Old originals and reports cannot be removed');
      return 0;
    }
  }

  private async sweepSource(kind: SourceKind, now: Date): Promise<number> {
    const { keepOriginalsDays, keepRefusedDays } = this.settings.import;
    const source = this.sources.open(kind);
    this.source = source;
    this.refusals = 0;
    try {
      return (
        (await this.sweepOriginals(source, 'imported', keepOriginalsDays, now)) +
        (await this.sweepOriginals(source, 'rejected', keepRefusedDays, now))
      );
    } finally {
      this.source = undefined;
      await source.close();
    }
  }

  /** @param days 0 keeps them for ever */
  private async sweepOriginals(
    source: FileSource,
    status: 'imported' | 'rejected',
    days: number,
    now: Date,
  ): Promise<number> {
    if (days === 0) return 0;
    const { manager } = this.dataSource;
    const wanted = { source: source.kind, status };
    let removed = 0;
    let last: KeptOriginal | undefined;
    while (!this.stopped) {
      const page = await selectOriginalsBefore(manager, wanted, daysBefore(now, days), last, filesPerQuery);
      for (const file of page) {
        const outcome = await this.remove(source, file, status === 'imported' ? 'parsed' : 'error');
        // Killed between the two, the next pass finds it gone and notes it then.
        if (outcome !== 'elsewhere') await markOriginalRemoved(manager, file, now);
        if (outcome === 'removed') removed += 1;
      }
      if (page.length < filesPerQuery) break;
      last = page.at(-1);
    }
    return removed;
  }

  /** One that may not be removed keeps none of the others. */
  private async remove(source: FileSource, file: KeptOriginal, into: AsideFolder): Promise<Outcome> {
    const { folder } = this.settings.import;
    const remove: Remove = source.isRemote
      ? (found) => source.remove(found).then(() => true)
      : (found) => removeInside(folder ?? '', found);
    try {
      if (file.uploadId !== null) return await removeUpload(this.imports.folder(), file.uploadId, remove);
      return await removeCollected(source, file, into, remove);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      this.refusals += 1;
      // The first speaks for all.
      if (this.refusals === 1)
        this.logger.warn({ err: error, path: file.path }, 'An original cannot be removed');
      return 'elsewhere';
    }
  }

  private async sweepReports(now: Date): Promise<number> {
    const { folder, reportFolder, keepReportsDays: days } = this.settings.import;
    const reports = reportFolder ?? (folder && defaultReportFolder(folder));
    return days === 0 || reports === undefined ? 0 : removeOldReports(reports, daysBefore(now, days));
  }
}

/** Only the very bytes that were imported are removed. */
async function removeCollected(
  source: FileSource,
  file: KeptOriginal,
  into: AsideFolder,
  remove: Remove,
): Promise<Outcome> {
  const found = await source.findAside(file, into);
  if (found !== undefined) {
    if (!(await remove(found))) return 'elsewhere';
    if (into === 'error') await remove(reportBeside(found));
    return 'removed';
  }
  // It has not been moved yet, or the folder is not there at all, such as a volume that is not mounted.
  const isWaiting = (await source.stat({ path: file.path }))?.bytes === file.bytes;
  return !isWaiting && (await source.asideExists(file.path, into)) ? 'gone' : 'elsewhere';
}

async function removeUpload(folder: string, id: string, remove: Remove): Promise<Outcome> {
  const found = await findUpload(folder, id);
  if (found !== undefined) return (await remove(found)) ? 'removed' : 'elsewhere';
  return (await uploadAreaExists(folder)) ? 'gone' : 'elsewhere';
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 24 * hourMs);
}
