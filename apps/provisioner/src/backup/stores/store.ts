import type { BackupArchive } from '../archive.js';

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
