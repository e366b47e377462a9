import type { EntityManager } from 'typeorm';

type Queryable = Pick<EntityManager, 'query'>;

/** A source of files that cannot be reached or read. */
export interface SourceFailure {
  source: string;
  message: string;
  since: Date;
}

/** Keeps since when it fails. */
export async function upsertSourceFailure(
  database: Queryable,
  source: string,
  message: string,
): Promise<void> {
  await database.query(
    `INSERT INTO monitoring.import_source_failure (source, message, since, noted_at) VALUES ($1, $2, now(), now())
     ON CONFLICT (source) DO UPDATE SET message = excluded.message, noted_at = excluded.noted_at`,
    [source, message],
  );
}

export async function deleteSourceFailure(database: Queryable, source: string): Promise<void> {
  await database.query(`DELETE FROM monitoring.import_source_failure WHERE source = $1`, [source]);
}

/** Of sources that somebody still looks into. */
export function selectSourceFailures(database: Queryable, failingAt: Date): Promise<SourceFailure[]> {
  return database.query(
    `SELECT source, message, since FROM monitoring.import_source_failure
     WHERE since <= $1 AND noted_at > now() - INTERVAL '2 days' ORDER BY since, source`,
    [failingAt],
  );
}
