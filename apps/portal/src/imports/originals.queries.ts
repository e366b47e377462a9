import type { EntityManager } from 'typeorm';

type Queryable = Pick<EntityManager, 'query'>;

/** A recorded file whose original has not been removed. */
export interface KeptOriginal {
  id: string;
  path: string;
  sha256: string;
  bytes: number;
  uploadId: string | null;
  importedAt: Date;
}

/** Oldest first, a page at a time. */
export function selectOriginalsBefore(
  database: Queryable,
  status: 'imported' | 'rejected',
  before: Date,
  after: KeptOriginal | undefined,
  limit: number,
): Promise<KeptOriginal[]> {
  return database.query(
    `SELECT id, path, sha256, (report ->> 'bytes')::float8 AS bytes, upload_id AS "uploadId",
       imported_at AS "importedAt"
     FROM monitoring.import_file
     WHERE original_removed_at IS NULL AND status = $1 AND imported_at < $2
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
