import type { EntityManager } from 'typeorm';
import type { ImportFileReport } from '#libs/contracts';

type Queryable = Pick<EntityManager, 'query'>;

/** A run of which no report was written since it ended. */
export interface UnreportedRun {
  id: string;
  startedAt: Date;
}

/** Oldest first. One that has not ended within a day lost its process, and is reported as it is. */
export function selectUnreported(database: Queryable, limit: number): Promise<UnreportedRun[]> {
  return database.query(
    `SELECT id, started_at AS "startedAt" FROM monitoring.import_run
     WHERE reported_at IS NULL AND (finished_at IS NOT NULL OR started_at < now() - INTERVAL '1 day')
     ORDER BY started_at LIMIT $1`,
    [limit],
  );
}

export async function markReported(database: Queryable, id: string): Promise<void> {
  await database.query(`UPDATE monitoring.import_run SET reported_at = now() WHERE id = $1`, [id]);
}

/** Reports of the files that a run recorded, in their order, a page at a time. */
export async function selectReports(
  database: Queryable,
  runId: string,
  after: string | null,
  limit: number,
): Promise<{ id: string; report: ImportFileReport }[]> {
  return database.query(
    `SELECT id, report FROM monitoring.import_file WHERE run_id = $1 AND ($2::uuid IS NULL OR id > $2)
     ORDER BY id LIMIT $3`,
    [runId, after, limit],
  );
}
