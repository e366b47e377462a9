import type { DataSource, EntityManager } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { readMeterFile, type MeterFileHeader, type MeterFileReport } from '#libs/meter-files';
import { OutboxWriter } from '../fleet-push/outbox-writer.js';
import { MeasurementWriter } from '../measurements/measurement-writer.js';
import { registerHeader } from '../sites/catalogue.js';
import type { FetchedFile, FileSource } from '../collection/file-source.js';
import type { WaitingFile } from '../collection/waiting-file.js';
import { describeImported, describeRejected, describeUnchanged } from './file-report.js';
import { insertImportFile, isImported, lockImports } from './imports.queries.js';
import { putAway } from './put-away.js';

export interface FileImporterOptions {
  source: FileSource;
  /** Of a site that is created and whose files name none. */
  timeZone: string;
}

/** A file whose bytes are at hand. */
interface ReadableFile {
  file: WaitingFile;
  fetched: FetchedFile;
  started: number;
}

/**
 * Reads one file and writes nothing: the report says what an import would do.
 * @throws CodedError when the source is out of reach
 */
export async function readOnly(source: FileSource, file: WaitingFile): Promise<ImportFileReport> {
  const started = performance.now();
  let fetched: FetchedFile | undefined;
  try {
    fetched = await source.fetch(file);
    const report = await parseFile(fetched, file, {});
    return describeImported(file, report, elapsed(started));
  } catch (error) {
    if (isOfFile(error)) return describeRejected(file, error, elapsed(started));
    throw error;
  } finally {
    await fetched?.release();
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

  /** @throws CodedError when the source is out of reach: the file waits there */
  async import(runId: string, file: WaitingFile): Promise<ImportFileReport> {
    const started = performance.now();
    const { source } = this.options;
    const fetched = await source.fetch(file).catch(ofFile);
    // It stays where it is: whoever can read it must be let in first, or it is still being sent.
    if (fetched instanceof CodedError) return describeRejected(file, fetched, elapsed(started));
    try {
      const report = await this.record(runId, { file, fetched, started });
      const isRecorded = report.error?.code !== 'METER_FILE_UNREADABLE';
      if (isRecorded && file.uploadId === undefined) {
        await putAway(this.dataSource, source, file, { ...report, sha256: fetched.sha256 });
      }
      return report;
    } finally {
      await fetched.release();
    }
  }

  private async record(runId: string, readable: ReadableFile): Promise<ImportFileReport> {
    const { file, fetched, started } = readable;
    try {
      return await this.dataSource.transaction((manager) => this.store(manager, runId, readable));
    } catch (error) {
      if (!isOfFile(error)) throw error;
      const report = describeRejected(file, error, elapsed(started));
      // Changed while it was read, so it is still being sent: it waits where it is for the next run.
      if (error.code === 'METER_FILE_UNREADABLE') return report;
      const refused = { ...report, sha256: fetched.sha256 };
      const origin = { runId, source: this.options.source.kind };
      await this.dataSource.transaction((manager) => insertImportFile(manager, origin, file, refused));
      return refused;
    }
  }

  private async store(
    manager: EntityManager,
    runId: string,
    { file, fetched, started }: ReadableFile,
  ): Promise<ImportFileReport> {
    const { sha256 } = fetched;
    const outbox = await OutboxWriter.open(manager);
    await lockImports(manager);
    if (await isImported(manager, file, sha256)) return describeUnchanged(file, sha256, elapsed(started));
    const read = await this.storeRows(manager, file, fetched, outbox);
    if (read.sha256 !== sha256) throw unreadable(`${file.path} changed while it was read`);
    await fetched.confirm();
    const report = describeImported(file, read, elapsed(started));
    await insertImportFile(manager, { runId, source: this.options.source.kind }, file, report);
    return report;
  }

  private async storeRows(
    manager: EntityManager,
    file: WaitingFile,
    fetched: FetchedFile,
    outbox: OutboxWriter | undefined,
  ): Promise<MeterFileReport> {
    let measurements: MeasurementWriter | undefined;
    const report = await parseFile(fetched, file, {
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

async function parseFile(
  { open }: FetchedFile,
  file: WaitingFile,
  handlers: Handlers,
): Promise<MeterFileReport> {
  if (file.place === undefined) throw new CodedError('METER_FILE_PATH_INVALID', { detail: file.path });
  return readMeterFile(open, { now: new Date(), mapping: file.mapping, ...handlers });
}

/** What is wrong with this file alone; when the source or the disk fails, the next file would fare no better. */
function isOfFile(error: unknown): error is CodedError {
  return error instanceof CodedError && /^(?:METER_FILE_|IMPORT_DEVICES_)/.test(error.code);
}

function ofFile(error: unknown): CodedError {
  if (isOfFile(error)) return error;
  throw error;
}

function unreadable(detail: string): CodedError {
  return new CodedError('METER_FILE_UNREADABLE', { detail });
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
