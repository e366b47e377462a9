import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { ImportsService } from './imports.service.js';
import { removeStrays, removeUpload } from './upload-area.js';
import { uploadHours } from './upload-preview.js';
import { deleteUploadsBefore, selectKnownUploads } from './uploads.queries.js';

const hourMs = 3_600_000;

/** Removes uploads that nobody has imported, once an hour. */
@Injectable()
export class UploadExpiry implements OnApplicationBootstrap {
  private readonly logger = new Logger('Uploads');

  constructor(
    private readonly dataSource: DataSource,
    private readonly imports: ImportsService,
    private readonly scheduler: SchedulerRegistry,
  ) {}

  onApplicationBootstrap(): void {
    if (this.imports.folderIfAny() === undefined) return;
    const interval = setInterval(() => void this.sweep(new Date()), hourMs);
    this.scheduler.addInterval('uploads', interval);
  }

  /** @returns how many were removed */
  async sweep(now: Date): Promise<number> {
    const folder = this.imports.folderIfAny();
    // What is being imported may be old, and is not to be taken away under the reader.
    if (folder === undefined || this.imports.isRunning()) return 0;
    try {
      const before = new Date(now.getTime() - uploadHours * hourMs);
      const expired = await deleteUploadsBefore(this.dataSource, before);
      for (const id of expired) await removeUpload(folder, id);
      const known = (ids: string[]) => selectKnownUploads(this.dataSource, ids);
      const removed = expired.length + (await removeStrays(folder, known, before));
      if (removed > 0) this.logger.log({ removed }, 'Uploads that nobody imported were removed');
      return removed;
    } catch (error) {
      this.logger.error({ err: error }, 'Old uploads cannot be removed');
      return 0;
    }
  }
}
