/** A complete backup of one tenant: what a listing knows of it. */
export interface BackupArchive {
  /** `<slug>-<UTC time>`, such as `abc0001-20261121T200732Z`. Sorts by time. */
  id: string;
  slug: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Where archives are kept: a folder, `rclone:remote:path` or `restic:repository`. */
  store: string;
  /** What `restore --from` takes: a folder, or the id in the store. */
  location: string;
  /** When a restore of it was tried and found right; undefined where it was not tried. */
  verifiedAt?: string;
}

/** To the second: a tenant has one backup at a time. */
export function archiveId(slug: string, at: Date): string {
  return `${slug}-${stampOf(at)}`;
}

/** `20261121T200732Z`. */
export function stampOf(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** @returns undefined for what is not the id of an archive */
export function parseArchiveId(id: string): Pick<BackupArchive, 'id' | 'slug' | 'createdAt'> | undefined {
  const found = /^([a-z][a-z0-9-]{1,30})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(id);
  if (found?.[1] === undefined) return undefined;
  const [, slug, year, month, day, hour, minute, second] = found;
  const createdAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(createdAt.getTime())) return undefined;
  return { id, slug, createdAt: createdAt.toISOString() };
}

/** Newest first. */
export function newestFirst(archives: readonly BackupArchive[]): BackupArchive[] {
  return archives.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}
