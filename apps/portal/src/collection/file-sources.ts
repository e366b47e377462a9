import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '#libs/errors';
import { PORTAL_SETTINGS, type PortalSettings } from '../portal.settings.js';
import { FileSource } from './file-source.js';
import type { SourceKind } from './file-store.js';
import { FolderStore } from './folder-store.js';
import { SftpStore } from './sftp-store.js';

/** The sources that this portal is told of. */
@Injectable()
export class FileSources {
  constructor(@Inject(PORTAL_SETTINGS) private readonly settings: PortalSettings) {}

  get kinds(): SourceKind[] {
    const { folder, sftp } = this.settings.import;
    return [
      ...(folder === undefined ? [] : ['folder' as const]),
      ...(sftp === undefined ? [] : ['sftp' as const]),
    ];
  }

  /**
   * A source to use and to close. It connects when it is first asked.
   * @throws CodedError IMPORT_FOLDER_MISSING when the portal is not told of it
   */
  open(kind: SourceKind): FileSource {
    const { folder, sftp } = this.settings.import;
    if (kind === 'folder' && folder !== undefined) return new FileSource(new FolderStore(folder));
    // The import folder is on a disk; the system's folder is often a small one in memory.
    if (kind === 'sftp' && sftp !== undefined) return new FileSource(new SftpStore(sftp), folder);
    throw new CodedError('IMPORT_FOLDER_MISSING');
  }
}
