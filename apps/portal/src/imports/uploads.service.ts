import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type {
  ImportReport,
  ImportUpload,
  ImportUploadList,
  UploadChange,
  UploadQuery,
  UploadSample,
  UploadSampleBody,
} from '#libs/contracts';
import { CodedError } from '#libs/errors';
import type { Actor } from '#libs/nest-kit';
import { AuditService } from '../audit/audit.service.js';
import { FileSources } from '../collection/file-sources.js';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { countFiles, ImportsService } from './imports.service.js';
import { MappingsService } from './mappings.service.js';
import { removeUpload, storeUpload, tooLarge } from './upload-area.js';
import {
  describeUpload,
  findMapping,
  isMappable,
  previewUpload,
  readHead,
  waitingUpload,
  type Previewed,
} from './upload-preview.js';
import { sampleUpload } from './upload-sample.js';
import {
  countUploads,
  deleteUploads,
  insertUpload,
  selectOnlySite,
  selectUploads,
  updateUpload,
  type StoredUpload,
} from './uploads.queries.js';

/** Uploads that wait: each costs space until somebody decides. */
const maxWaiting = 200;

/** Files from a browser: stored, looked into, and imported when somebody says so. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly imports: ImportsService,
    private readonly sources: FileSources,
    private readonly mappings: MappingsService,
    private readonly audit: AuditService,
    @Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings,
  ) {}

  async list(): Promise<ImportUploadList> {
    const uploads = await selectUploads(this.dataSource);
    return { uploads: uploads.map(describeUpload), maxBytes: this.maxBytes };
  }

  /**
   * Stores a file and says what importing it would do.
   * @param announcedBytes size that the sender says it has
   * @throws CodedError IMPORT_FOLDER_MISSING, UPLOAD_TOO_LARGE, UPLOADS_WAITING
   */
  async store(
    { name, site }: UploadQuery,
    body: Readable,
    announcedBytes: number,
    actor: Actor,
  ): Promise<ImportUpload> {
    const folder = this.imports.folder();
    if (announcedBytes > this.maxBytes) throw tooLarge(this.maxBytes);
    if ((await countUploads(this.dataSource)) >= maxWaiting) throw new CodedError('UPLOADS_WAITING');
    const id = uuid();
    const written = await storeUpload(folder, id, body, this.maxBytes);
    try {
      const upload = await this.lookInto(folder, { id, name, site: site ?? null, ...written });
      const summary = `Uploaded ${name} (${written.bytes} bytes)`;
      await this.dataSource.transaction(async (manager) => {
        await insertUpload(manager, { ...upload, uploadedBy: actor.account });
        await this.audit.record(manager, { ...actor, action: 'import.uploaded', subject: name, summary });
      });
      return await this.find(id);
    } catch (error) {
      await removeUpload(folder, id);
      throw error;
    }
  }

  /** @throws CodedError NOT_FOUND */
  async find(id: string): Promise<ImportUpload> {
    return describeUpload(await this.waiting(id));
  }

  /** @throws CodedError NOT_FOUND */
  async change(id: string, change: UploadChange): Promise<ImportUpload> {
    const upload = await this.waiting(id);
    const { site = upload.site, mapping = upload.mapping } = change;
    const mappingName = change.mapping === undefined ? upload.mappingName : (change.mappingName ?? null);
    const changed = { ...upload, site, mapping, mappingName };
    const report = await previewUpload(this.imports.folder(), changed);
    await updateUpload(this.dataSource, { ...changed, report });
    return this.find(id);
  }

  /** @throws CodedError NOT_FOUND */
  async sample(id: string, body: UploadSampleBody): Promise<UploadSample> {
    const upload = await this.waiting(id);
    const head = await readHead(this.imports.folder(), upload.id);
    return sampleUpload(head, head.length < upload.bytes, body, this.settings.import.timeZone);
  }

  /**
   * Imports uploads in one run and answers when it has begun.
   * @throws CodedError NOT_FOUND, UPLOAD_NOT_READY naming them, IMPORT_RUNNING
   */
  async import(ids: readonly string[], actor: Actor): Promise<{ runId: string }> {
    const found = await selectUploads(this.dataSource, ids);
    if (found.length < new Set(ids).size) throw notFound();
    const notReady = found
      .map(describeUpload)
      .filter(({ state }) => state !== 'ready' && state !== 'unchanged');
    if (notReady.length > 0) {
      const problems = notReady.map(({ name, state }) => ({ path: name, message: `is ${state}` }));
      throw new CodedError('UPLOAD_NOT_READY', { problems });
    }
    const summary = `Imported ${countFiles(found.length)} from the browser: ${found.map(({ name }) => name).join(', ')}`;
    return this.imports.startSoon({
      trigger: 'upload',
      source: this.sources.open('folder'),
      files: found.map(waitingUpload),
      account: actor.account,
      onBegin: (manager) =>
        this.audit.record(manager, { ...actor, action: 'import.started', summary: summary.slice(0, 500) }),
      onDone: (report) => this.dropUnchanged(found, report),
    });
  }

  /** @throws CodedError NOT_FOUND */
  async cancel(id: string): Promise<void> {
    const removed = await deleteUploads(this.dataSource, [id]);
    if (removed.length === 0) throw notFound();
    await removeUpload(this.imports.folder(), id);
  }

  private get maxBytes(): number {
    return this.settings.import.maxUploadBytes;
  }

  /** As a meter file, else by the mapping that a file with the same header was read by. */
  private async lookInto(folder: string, stored: Omit<Previewed, 'mapping'> & { sha256: string }) {
    const plain = { ...stored, mapping: null, mappingName: null };
    const report = await previewUpload(folder, plain);
    const head = await readHead(folder, stored.id);
    const mappable = isMappable(head, report);
    const saved = mappable ? await findMapping(head, await this.mappings.list()) : undefined;
    if (saved === undefined) return this.place({ ...plain, mappable, report });
    const mapped = { ...plain, mapping: saved.mapping, mappingName: saved.name };
    return this.place({ ...mapped, mappable, report: await previewUpload(folder, mapped) });
  }

  /** Where nobody has said where it was measured, the only site of the device is taken. */
  private async place<T extends Pick<StoredUpload, 'site' | 'report'>>(upload: T): Promise<T> {
    const { site, report } = upload;
    if (site !== null || report.device === null) return upload;
    const only = (await selectOnlySite(this.dataSource, report.device)) ?? null;
    return { ...upload, site: only, report: { ...report, site: only } };
  }

  private async waiting(id: string): Promise<StoredUpload> {
    const [upload] = await selectUploads(this.dataSource, [id]);
    if (upload === undefined) throw notFound();
    return upload;
  }

  /** What was imported before leaves no record, and nothing to keep. */
  private async dropUnchanged(uploads: readonly StoredUpload[], { files }: ImportReport): Promise<void> {
    const unchanged = uploads.filter((_, index) => files[index]?.status === 'unchanged').map(({ id }) => id);
    for (const id of await deleteUploads(this.dataSource, unchanged)) {
      await removeUpload(this.imports.folder(), id);
    }
  }
}

function notFound(): CodedError {
  return new CodedError('NOT_FOUND', { detail: 'no such upload waits' });
}
