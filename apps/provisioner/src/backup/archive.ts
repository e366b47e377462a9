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
