import type { DataSource, EntityManager } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { readMeterFile, type MeterFileHeader, type MeterFileReport } from '#libs/meter-files';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import { MeasurementWriter } from '../measurements/measurement-writer.js';
import { registerHeader } from '../sites/catalogue.js';
import { describeImported, describeRejected, describeUnchanged } from './file-report.js';
import { hashFile, moveAside, readFile, type WaitingFile } from './import-folder.js';
import { insertImportFile, isImported, lockImports } from './imports.queries.js';

export interface FileImporterOptions {
  folder: string;
  /** Of a site that is created and whose files name none. */
  timeZone: string;
}

/** Reads one file and writes nothing: the report says what an import would do. */
export async function readOnly(folder: string, file: WaitingFile): Promise<ImportFileReport> {
  const started = performance.now();
  try {
    const report = await parseFile(folder, file, {});
    return describeImported(file, report, elapsed(started));
  } catch (error) {
    if (error instanceof CodedError) return describeRejected(file, error, elapsed(started));
    throw error;
  }
}

/**
 * Imports one file: its rows, their outbox entries and the record of the file commit together, then the file is moved.
 * Killed in between, the next run finds the record, changes nothing and moves the file.
 */
export class FileImporter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly options: FileImporterOptions,
  ) {}

  async import(runId: string, file: WaitingFile): Promise<ImportFileReport> {
    const started = performance.now();
    const { folder } = this.options;
    const sha256 = await hashFile(folder, file).catch(unreadable);
    // It stays where it is: whoever can read it must be let in first.
    if (sha256 instanceof CodedError) return describeRejected(file, sha256, elapsed(started));
    let report: ImportFileReport;
    try {
      report = await this.dataSource.transaction((manager) =>
        this.store(manager, runId, file, sha256, started),
      );
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      // Changed while it was read, so it is still being sent: it waits where it is for the next run.
      if (error.code === 'METER_FILE_UNREADABLE') return describeRejected(file, error, elapsed(started));
      report = { ...describeRejected(file, error, elapsed(started)), sha256 };
      await this.dataSource.transaction((manager) => insertImportFile(manager, runId, file, report));
    }
    if (file.uploadId === undefined) {
      await moveAside(folder, file, sha256, report.status === 'rejected' ? 'error' : 'parsed');
    }
    return report;
  }

  private async store(
    manager: EntityManager,
    runId: string,
    file: WaitingFile,
    sha256: string,
    started: number,
  ): Promise<ImportFileReport> {
    const outbox = await OutboxWriter.open(manager);
    await lockImports(manager);
    if (await isImported(manager, file, sha256)) return describeUnchanged(file, sha256, elapsed(started));
    const read = await this.storeRows(manager, file, outbox);
    const report = describeImported(file, read, elapsed(started));
    await insertImportFile(manager, runId, file, report);
    return report;
  }

  private async storeRows(
    manager: EntityManager,
    file: WaitingFile,
    outbox: OutboxWriter | undefined,
  ): Promise<MeterFileReport> {
    let measurements: MeasurementWriter | undefined;
    const report = await parseFile(this.options.folder, file, {
      onHeader: async (header) => {
        const slug = file.place?.site ?? '';
        const { channels, changed } = await registerHeader(manager, slug, this.siteTimeZone(header), header);
        await outbox?.announce(changed);
        const keys = channels.map(({ id }) => id);
        const uids = channels.map(({ pushed }) => pushed.id);
        measurements = new MeasurementWriter(manager, keys, async (rows) => outbox?.write(uids, rows));
      },
      onRows: async (rows) => measurements?.write(rows),
    });
    await measurements?.flush();
    return report;
  }

  /** A V003 file written in UTC still says where the meter hangs. */
  private siteTimeZone(header: MeterFileHeader): string {
    const named = header.metadata['TimeZoneName'];
    if (header.timeZone !== 'UTC') return header.timeZone;
    return typeof named === 'string' && isTimeZone(named) ? named : this.options.timeZone;
  }
}

type Handlers = Pick<Parameters<typeof readMeterFile>[1], 'onHeader' | 'onRows'>;

async function parseFile(folder: string, file: WaitingFile, handlers: Handlers): Promise<MeterFileReport> {
  if (file.place === undefined) throw new CodedError('METER_FILE_PATH_INVALID', { detail: file.path });
  return readMeterFile(() => readFile(folder, file), { now: new Date(), mapping: file.mapping, ...handlers });
}

function unreadable(cause: unknown): CodedError {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new CodedError('METER_FILE_UNREADABLE', { detail, cause });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format();
    return true;
  } catch {
    return false;
  }
}

function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
