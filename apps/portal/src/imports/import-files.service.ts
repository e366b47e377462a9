import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
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
import { findAside, readFile, type WaitingFile } from './import-folder.js';
import { selectChoices, selectFile, selectFiles, type RecordedFile } from './import-files.queries.js';
import { ImportsService } from './imports.service.js';
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
    private readonly audit: AuditService,
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
    const { sha256: _sha256, uploadId: _id, uploadName: _name, mapping: _mapping, ...file } = recorded;
    return { ...file, hasOriginal: (await this.locate(recorded, false)) !== undefined };
  }

  /** @throws CodedError NOT_FOUND, ORIGINAL_GONE, ORIGINAL_REMOVED */
  async original(id: string): Promise<Download> {
    const file = await this.recorded(id);
    const source = await this.source(file);
    const stream = createReadStream(path.join(this.imports.folder(), source));
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
    const waiting = this.waiting(file, await this.source(file));
    const lines = rejectedLines(() => readFile(this.imports.folder(), waiting), {
      mapping: file.mapping ?? undefined,
    });
    const { name } = path.parse(fileName(file));
    return { stream: rejectsCsv(lines), name: `${name}-rejected.csv` };
  }

  /**
   * Imports a refused file once more: for a site that it was not given, or because the portal can read it now.
   * @throws CodedError NOT_FOUND, ORIGINAL_GONE, ORIGINAL_REMOVED, RETRY_REFUSED, IMPORT_RUNNING
   */
  async retry(id: string, { site }: RetryFileBody, actor: Actor): Promise<{ runId: string }> {
    const file = await this.recorded(id);
    if (file.status !== 'rejected') throw new CodedError('RETRY_REFUSED');
    const waiting = this.waiting(file, await this.source(file), site);
    const subject = file.path.slice(0, 200);
    return this.imports.startSoon({
      trigger: 'retry',
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

  private async source(file: RecordedFile): Promise<string> {
    const source = await this.locate(file, true);
    const { originalRemovedAt } = file;
    if (source === undefined && originalRemovedAt !== null) {
      throw new CodedError('ORIGINAL_REMOVED', { detail: `removed on ${originalRemovedAt.slice(0, 10)}` });
    }
    if (source === undefined) throw new CodedError('ORIGINAL_GONE', { detail: file.path });
    return source;
  }

  /**
   * Where the file lies, relative to the import folder; undefined where there is none.
   * @param surely its bytes are compared; a large file takes a second then
   */
  private async locate(file: RecordedFile, surely: boolean): Promise<string | undefined> {
    const folder = this.imports.folderIfAny();
    if (folder === undefined) return undefined;
    if (file.uploadId !== null) return findUpload(folder, file.uploadId);
    const { path: name, sha256, report } = file;
    const wanted = { path: name, bytes: report.bytes, ...(surely && { sha256 }) };
    return findAside(folder, wanted, file.status === 'rejected' ? 'error' : 'parsed');
  }

  private waiting(file: RecordedFile, source: string, site = file.site ?? undefined): WaitingFile {
    const { path: name, uploadId, mapping, report } = file;
    return {
      path: name,
      place: site === undefined ? undefined : { site, ...deviceFolder(file) },
      bytes: report.bytes,
      source: uploadId === null ? source : uploadSource(uploadId),
      ...(uploadId !== null && { uploadId }),
      ...(mapping !== null && { mapping }),
    };
  }
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
