import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DataSource } from 'typeorm';
import { selectRun } from './imports.queries.js';
import { runReportText } from './run-report.js';
import { markReported, selectUnreported, type UnreportedRun } from './run-report.queries.js';

const runsPerPass = 100;

/** `2026/06/20260601T120000Z-<run id>.json`, relative to the folder of reports. */
function reportPath({ id, startedAt }: UnreportedRun): string {
  const instant = startedAt.toISOString();
  const compact = instant.replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  return path.join(instant.slice(0, 4), instant.slice(5, 7), `${compact}-${id}.json`);
}

/** The reports of runs as files. What could not be written is written after the next run. */
export class ReportArchive {
  constructor(
    private readonly dataSource: DataSource,
    private readonly folder: string,
    private readonly warn: (message: string, error: unknown) => void,
  ) {}

  /** Never throws: an import is done whether or not its report can be written. */
  async writeDue(): Promise<void> {
    try {
      for (const run of await selectUnreported(this.dataSource.manager, runsPerPass)) {
        await this.write(run);
        await markReported(this.dataSource.manager, run.id);
      }
    } catch (error) {
      const message = `Reports cannot be written into ${this.folder}; the next run tries again`;
      this.warn(message, error);
    }
  }

  private async write(run: UnreportedRun): Promise<void> {
    const detail = await selectRun(this.dataSource, run.id);
    // A run that found nothing to do would only fill the folder.
    if (detail === undefined || detail.totals.files === 0) return;
    const file = path.join(this.folder, reportPath(run));
    const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
    await mkdir(path.dirname(file), { recursive: true });
    try {
      const text = Readable.from(runReportText(this.dataSource.manager, detail));
      await pipeline(text, createWriteStream(unfinished, { flush: true }));
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }
}
