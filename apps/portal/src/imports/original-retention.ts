import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { reportBeside } from '../collection/aside.js';
import type { FileSource } from '../collection/file-source.js';
import { FileSources } from '../collection/file-sources.js';
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

/** Removes originals and reports that are older than they are kept, once an hour. The records of the files stay. */
@Injectable()
export class OriginalRetention implements OnApplicationBootstrap {
  private readonly logger = new Logger('Imports');

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
    private readonly imports: ImportsService,
    private readonly sources: FileSources,
    private readonly scheduler: SchedulerRegistry,
  ) {}

  onApplicationBootstrap(): void {
    if (this.imports.folderIfAny() === undefined) return;
    const interval = setInterval(() => void this.sweep(new Date()), hourMs);
    this.scheduler.addInterval('originals', interval);
  }

  /** @returns how many files were removed */
  async sweep(now: Date): Promise<number> {
    const folder = this.imports.folderIfAny();
    // What is being read for another try may be old, and is not to be taken away under the reader.
    if (folder === undefined || this.imports.isRunning()) return 0;
    const { keepOriginalsDays, keepRefusedDays, keepReportsDays, reportFolder } = this.settings.import;
    try {
      const removed =
        (await this.sweepOriginals(folder, 'imported', keepOriginalsDays, now)) +
        (await this.sweepOriginals(folder, 'rejected', keepRefusedDays, now)) +
        (await sweepReports(reportFolder ?? defaultReportFolder(folder), keepReportsDays, now));
      if (removed > 0)
        this.logger.log({ removed }, 'Originals and reports were removed: they are older than kept');
      return removed;
    } catch (error) {
      this.logger.error({ err: error }, 'Old originals and reports cannot be removed');
      return 0;
    }
  }

  /** @param days 0 keeps them for ever */
  private async sweepOriginals(
    folder: string,
    status: 'imported' | 'rejected',
    days: number,
    now: Date,
  ): Promise<number> {
    if (days === 0) return 0;
    const into = status === 'imported' ? 'parsed' : 'error';
    const source = this.sources.open('folder');
    let removed = 0;
    let last: KeptOriginal | undefined;
    for (;;) {
      const { manager } = this.dataSource;
      const page = await selectOriginalsBefore(manager, status, daysBefore(now, days), last, filesPerQuery);
      for (const file of page) {
        const outcome = await removeOriginal(folder, source, file, into);
        // Killed between the two, the next pass finds it gone and notes it then.
        if (outcome !== 'elsewhere') await markOriginalRemoved(manager, file, now);
        if (outcome === 'removed') removed += 1;
      }
      if (page.length < filesPerQuery) return removed;
      last = page.at(-1);
    }
  }
}

/** Only the very bytes that were imported are removed. */
async function removeOriginal(
  folder: string,
  source: FileSource,
  file: KeptOriginal,
  into: AsideFolder,
): Promise<Outcome> {
  const found =
    file.uploadId === null ? await source.findAside(file, into) : await findUpload(folder, file.uploadId);
  if (found !== undefined) {
    if (!(await removeInside(folder, found))) return 'elsewhere';
    if (into === 'error') await removeInside(folder, reportBeside(found));
    return 'removed';
  }
  // It has not been moved yet, or the folder is not there at all, such as a volume that is not mounted.
  if (file.uploadId !== null) return (await uploadAreaExists(folder)) ? 'gone' : 'elsewhere';
  const isWaiting = (await source.stat({ path: file.path }))?.bytes === file.bytes;
  return !isWaiting && (await source.asideExists(file.path, into)) ? 'gone' : 'elsewhere';
}

function sweepReports(folder: string, days: number, now: Date): Promise<number> {
  return days === 0 ? Promise.resolve(0) : removeOldReports(folder, daysBefore(now, days));
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 24 * hourMs);
}
