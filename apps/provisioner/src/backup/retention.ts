import type { BackupArchive } from './archive.js';
import { newestFirst } from './archive.js';

/** `backup.keep` of `tenant.yaml`. */
export interface Keep {
  last: number;
  daily: number;
  weekly: number;
  monthly: number;
}

/**
 * The archives of one tenant that may go: all but the newest of the last so many days, weeks and months that have one
 * (UTC; a week begins on Monday), the last few and the newest that was verified.
 */
export function expired(archives: readonly BackupArchive[], keep: Keep): BackupArchive[] {
  const sorted = newestFirst(archives);
  const kept = new Set<BackupArchive | undefined>([
    ...sorted.slice(0, keep.last),
    sorted.find(({ verifiedAt }) => verifiedAt !== undefined),
    ...newestOfEach(sorted, keep.daily, ({ createdAt }) => createdAt.slice(0, 10)),
    ...newestOfEach(sorted, keep.weekly, ({ createdAt }) => mondayOf(createdAt)),
    ...newestOfEach(sorted, keep.monthly, ({ createdAt }) => createdAt.slice(0, 7)),
  ]);
  return sorted.filter((archive) => !kept.has(archive));
}

function newestOfEach(
  sorted: readonly BackupArchive[],
  count: number,
  periodOf: (archive: BackupArchive) => string,
): BackupArchive[] {
  const newest = new Map<string, BackupArchive>();
  for (const archive of sorted) if (!newest.has(periodOf(archive))) newest.set(periodOf(archive), archive);
  return [...newest.values()].slice(0, count);
}

function mondayOf(createdAt: string): string {
  const day = new Date(`${createdAt.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
