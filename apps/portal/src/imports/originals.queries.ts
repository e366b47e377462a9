import type { EntityManager } from 'typeorm';
import type { SourceKind } from '../collection/file-store.js';

type Queryable = Pick<EntityManager, 'query'>;

/** A recorded file whose original has not been removed. */
export interface KeptOriginal {
  id: string;
  path: string;
  sha256: string;
  bytes: number;
  /** Where it was moved to; null of what came before this was recorded. */
  movedTo: string | null;
  uploadId: string | null;
  importedAt: Date;
}

/**
 * Of one source, oldest first, a page at a time; uploads are of the folder. What could never be moved on a server is left to its
 * owner.
 */
export function selectOriginalsBefore(
  database: Queryable,
  { source, status }: { source: SourceKind; status: 'imported' | 'rejected' },
  before: Date,
  after: KeptOriginal | undefined,
  limit: number,
): Promise<KeptOriginal[]> {
  return database.query(
    `SELECT id, path, sha256, (report ->> 'bytes')::float8 AS bytes, moved_to AS "movedTo",
       upload_id AS "uploadId", imported_at AS "importedAt"
     FROM monitoring.import_file
     WHERE original_removed_at IS NULL AND status = $1 AND imported_at < $2 AND source = $5
       AND (source = 'folder' OR moved_to IS NOT NULL)
       AND ($3::uuid IS NULL OR (imported_at, id) > (SELECT imported_at, id FROM monitoring.import_file WHERE id = $3))
     ORDER BY imported_at, id LIMIT $4`,
    [status, before, after?.id ?? null, limit, source],
  );
}

/** One that was imported again meanwhile has its original again. */
export async function markOriginalRemoved(
  database: Queryable,
  { id, importedAt }: KeptOriginal,
  now: Date,
): Promise<void> {
  await database.query(
    `UPDATE monitoring.import_file SET original_removed_at = $3
     WHERE id = $1 AND imported_at < $2::timestamptz + INTERVAL '1 second'`,
    [id, importedAt, now],
  );
}
