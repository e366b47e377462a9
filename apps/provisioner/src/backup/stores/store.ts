import path from 'node:path';
import { CodedError } from '#libs/errors';
import { backupStorePattern, type TenantSpec } from '#libs/stack';
import type { ProvisionerConfig } from '../../provisioner.config.js';
import type { BackupArchive } from '../archive.js';
import { FolderStore } from './folder-store.js';
import { RcloneStore } from './rclone-store.js';
import { ResticStore } from './restic-store.js';

/** A place where archives are kept. It lists complete ones only. */
export interface Store {
  /** As `--to` names it. */
  readonly name: string;
  /** The complete archives of a tenant, newest first. */
  list(slug: string): Promise<BackupArchive[]>;
  /** Folder in which an archive is to be made: nothing that is listed, and emptied of what was left in it. */
  draft(slug: string, id: string): Promise<string>;
  /** Takes a complete archive over; its draft is gone then. */
  put(draft: string, slug: string, id: string): Promise<BackupArchive>;
  /** Does `work` with an archive as a folder of this machine. */
  open<T>(archive: BackupArchive, work: (folder: string) => Promise<T>): Promise<T>;
  remove(archive: BackupArchive): Promise<void>;
  /** Records that a restore of the archive was tried and found right. */
  markVerified(archive: BackupArchive, at: string): Promise<BackupArchive>;
}

/**
 * The store that `--to` or `--store` names, else `backup.to` of the tenant, else `backups/` below the root.
 * @throws CodedError USAGE for what names none
 */
export function storeOf(
  config: ProvisionerConfig,
  given: string | undefined,
  spec?: Pick<TenantSpec, 'backup'>,
): Store {
  const isOption = given !== undefined;
  const name = given ?? spec?.backup.to ?? path.join(config.root, 'backups');
  const wanted = isOption && !/^(rclone|restic):/.test(name) ? path.resolve(name) : name;
  if (!backupStorePattern.test(wanted)) {
    const message = `must be a folder, rclone:REMOTE:PATH or restic:REPOSITORY; it is ${name}`;
    throw new CodedError('USAGE', {
      problems: [{ path: given === undefined ? 'backup.to' : '--to or --store', message }],
    });
  }
  if (wanted.startsWith('rclone:')) return new RcloneStore(config.root, wanted);
  if (wanted.startsWith('restic:')) return new ResticStore(config.root, wanted);
  return new FolderStore(wanted);
}
