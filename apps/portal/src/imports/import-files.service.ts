import path from 'node:path';
import { finished, type Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type {
  ImportChoices,
  ImportFileDetail,
  ImportFilesQuery,
  ImportFileSummary,
  RetryFileBody,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { rejectedLines } from '#libs/meter-files';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { FileSources } from '../collection/file-sources.js';
import type { FetchedFile, FileSource } from '../collection/file-source.js';
import type { AsideFolder, WaitingFile } from '../collection/waiting-file.js';
import { selectChoices, selectFile, selectFiles, type RecordedFile } from './import-files.queries.js';
import { ImportsService } from './imports.service.js';
import { MappingsService } from './mappings.service.js';
import { rejectsCsv } from './rejects-csv.js';
import { findUpload, uploadSource } from './upload-area.js';

/** A file to send: its bytes and what it is called. */
interface Download {
  stream: Readable;
  name: string;
  bytes: number;
}

/** The history of files: reports, what was rejected, the files themselves, and another try. */
@Injectable()
export class ImportFilesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly imports: ImportsService,
    private readonly sources: FileSources,
    private readonly audit: AuditService,
    private readonly mappings: MappingsService,
  ) {}

  list(query: ImportFilesQuery): Promise<{ files: ImportFileSummary[]; total: number }> {
    return selectFiles(this.dataSource, query);
  }

  choices(): Promise<ImportChoices> {
    return selectChoices(this.dataSource);
  }

  /** @throws CodedError NOT_FOUND */
  async find(id: string): Promise<ImportFileDetail> {
    const recorded = await this.recorded(id);
    const { sha256: _sha256, uploadId: _id, uploadName: _name, mapping: _mapping, ...shown } = recorded;
    const { source: _source, movedTo: _movedTo, ...file } = shown;
    return { ...file, hasOriginal: await this.seemsThere(recorded) };
  }

  /** @throws CodedError NOT_FOUND, ORIGINAL_GONE, ORIGINAL_REMOVED, and when its source is out of reach */
  async original(id: string): Promise<Download> {
    const file = await this.recorded(id);
    const fetched = await this.fetch(file);
    const stream = fetched.open();
    finished(stream, () => void fetched.release());
    return { stream, name: fileName(file), bytes: file.report.bytes };
  }

  /**
   * Every line of which something was rejected, found by reading the file once more.
   * @throws CodedError NOT_FOUND (also for a file that was refused as a whole), ORIGINAL_GONE, ORIGINAL_REMOVED
   */
  async rejects(id: string): Promise<Omit<Download, 'bytes'>> {
    const file = await this.recorded(id);
    if (file.status === 'rejected') {
      throw new CodedError('NOT_FOUND', { detail: 'the file was refused as a whole; download the original' });
    }
    const fetched = await this.fetch(file);
    const stream = rejectsCsv(rejectedLines(fetched.open, { mapping: file.mapping ?? undefined }));
    finished(stream, () => void fetched.release());
    const { name } = path.parse(fileName(file));
    return { stream, name: `${name}-rejected.csv` };
  }

  /**
   * Imports a refused file once more: for a site that it was not given, or because the portal can read it now.
   * @throws CodedError NOT_FOUND, ORIGINAL_GONE, ORIGINAL_REMOVED, RETRY_REFUSED, IMPORT_RUNNING
   */
  async retry(id: string, { site }: RetryFileBody, actor: Actor): Promise<{ runId: string }> {
    const file = await this.recorded(id);
    if (file.status !== 'rejected') throw new CodedError('RETRY_REFUSED');
    const bindings = await this.mappings.bindings();
    const source = this.sources.open(file.source);
    const place = await this.locate(source, file).catch(async (error: unknown) => {
      await source.close();
      throw error;
    });
    const waiting = bindings.bind(this.waiting(file, place, site));
    const subject = file.path.slice(0, 200);
    return this.imports.startSoon({
      trigger: 'retry',
      source,
      files: [waiting],
      account: actor.account,
      onBegin: (manager) =>
        this.audit.record(manager, {
          ...actor,
          action: 'import.retried',
          subject,
          summary: `Tried a refused file again${site === undefined ? '' : ` for the site ${site}`}`,
        }),
    });
  }

  private async recorded(id: string): Promise<RecordedFile> {
    const file = await selectFile(this.dataSource, id);
    if (file === undefined) throw new CodedError('NOT_FOUND', { detail: 'no such file' });
    return file;
  }

  /** Its bytes; release them. The source is closed when they are here. */
  private async fetch(file: RecordedFile): Promise<FetchedFile> {
    const source = this.sources.open(file.source);
    try {
      const fetched = await source.fetch(this.waiting(file, await this.locate(source, file)));
      if (fetched.sha256 === file.sha256) return fetched;
      await fetched.release();
      throw gone(file);
    } catch (error) {
      throw error instanceof CodedError && error.code === 'METER_FILE_UNREADABLE' ? gone(file) : error;
    } finally {
      await source.close();
    }
  }

  /** A server is not asked for every look at a report. */
  private async seemsThere(file: RecordedFile): Promise<boolean> {
    if (!this.sources.kinds.includes(file.source)) return false;
    if (file.source === 'sftp') return file.movedTo !== null && file.originalRemovedAt === null;
    if (file.uploadId !== null) return (await findUpload(this.imports.folder(), file.uploadId)) !== undefined;
    const { path: name, report, movedTo } = file;
    const source = this.sources.open(file.source);
    return (
      (await source.findAside({ path: name, bytes: report.bytes, movedTo }, asideOf(file))) !== undefined
    );
  }

  /**
   * Where the file lies at its source.
   * @throws CodedError ORIGINAL_GONE, ORIGINAL_REMOVED
   */
  private async locate(source: FileSource, file: RecordedFile): Promise<string> {
    const { path: name, sha256, report, movedTo, uploadId } = file;
    if (uploadId !== null) {
      if ((await findUpload(this.imports.folder(), uploadId)) === undefined) throw gone(file);
      return uploadSource(uploadId);
    }
    const entry = movedTo === null ? undefined : await source.stat({ path: movedTo });
    if (movedTo !== null && entry?.kind === 'file' && entry.bytes === report.bytes) return movedTo;
    // Recorded before places were, or put elsewhere by somebody.
    const found = await source.findAside({ path: name, bytes: report.bytes, sha256 }, asideOf(file));
    if (found !== undefined) return found;
    // Where nothing may be moved it lies where it came; whether it is still the same file its bytes tell.
    if ((await source.stat({ path: name }))?.bytes === report.bytes) return name;
    throw gone(file);
  }

  private waiting(file: RecordedFile, source: string, site = file.site ?? undefined): WaitingFile {
    const { path: name, uploadId, mapping, report } = file;
    return {
      path: name,
      place: site === undefined ? undefined : { site, ...deviceFolder(file) },
      bytes: report.bytes,
      source,
      ...(uploadId !== null && { uploadId }),
      ...(mapping !== null && { mapping }),
    };
  }
}

function asideOf({ status }: RecordedFile): AsideFolder {
  return status === 'rejected' ? 'error' : 'parsed';
}

function gone({ path: name, originalRemovedAt }: RecordedFile): CodedError {
  if (originalRemovedAt !== null) {
    return new CodedError('ORIGINAL_REMOVED', { detail: `removed on ${originalRemovedAt.slice(0, 10)}` });
  }
  return new CodedError('ORIGINAL_GONE', { detail: name });
}

/** Of a file of the import folder; the path of an upload has none. */
function deviceFolder({ path: name, uploadId }: RecordedFile): { deviceSerial?: string } {
  const [, deviceSerial, file, ...more] = name.split('/');
  const isPlaced = uploadId === null && deviceSerial !== undefined && file !== undefined && more.length === 0;
  return isPlaced ? { deviceSerial } : {};
}

function fileName({ uploadName, path: name }: RecordedFile): string {
  return uploadName ?? path.posix.basename(name);
}
