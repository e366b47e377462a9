import type { EntityManager } from 'typeorm';

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

/** Of the folder and of uploads, oldest first, a page at a time. What lies on a server is left to its owner. */
export function selectOriginalsBefore(
  database: Queryable,
  status: 'imported' | 'rejected',
  before: Date,
  after: KeptOriginal | undefined,
  limit: number,
): Promise<KeptOriginal[]> {
  return database.query(
    `SELECT id, path, sha256, (report ->> 'bytes')::float8 AS bytes, moved_to AS "movedTo",
       upload_id AS "uploadId", imported_at AS "importedAt"
     FROM monitoring.import_file
     WHERE original_removed_at IS NULL AND source = 'folder' AND status = $1 AND imported_at < $2
       AND ($3::uuid IS NULL OR (imported_at, id) > (SELECT imported_at, id FROM monitoring.import_file WHERE id = $3))
     ORDER BY imported_at, id LIMIT $4`,
    [status, before, after?.id ?? null, limit],
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
