import type { DataSource } from 'typeorm';
import type { CodedError } from '#libs/errors';
import type { SourceKind } from './file-store.js';
import type { Listing, SourceProblem } from './look.js';

/** What a source was like when somebody looked last, in whatever process. */
export interface SourceState {
  source: SourceKind;
  lookedAt: Date | null;
  waiting: number;
  problems: SourceProblem[];
  problemCount: number;
  stuckFiles: number;
  stuckReason: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  errorAt: Date | null;
}

export type Look = Pick<Listing, 'problems' | 'problemCount'> &
  Pick<SourceState, 'waiting' | 'stuckFiles' | 'stuckReason'>;

/** A look that went well: what was wrong before is no longer. */
export async function saveLook(dataSource: DataSource, source: SourceKind, look: Look): Promise<void> {
  await dataSource.query(
    `INSERT INTO monitoring.collection_state (source, looked_at, waiting, problems, problem_count, stuck_files, stuck_reason)
     VALUES ($1, now(), $2, $3, $4, $5, $6)
     ON CONFLICT (source) DO UPDATE SET looked_at = excluded.looked_at, waiting = excluded.waiting,
       problems = excluded.problems, problem_count = excluded.problem_count, stuck_files = excluded.stuck_files,
       stuck_reason = excluded.stuck_reason, error_code = NULL, error_message = NULL, error_at = NULL`,
    [
      source,
      look.waiting,
      JSON.stringify(look.problems),
      look.problemCount,
      look.stuckFiles,
      look.stuckReason,
    ],
  );
}

export async function saveError(
  dataSource: DataSource,
  source: SourceKind,
  { code, message }: Pick<CodedError, 'code' | 'message'>,
): Promise<void> {
  await dataSource.query(
    `INSERT INTO monitoring.collection_state (source, looked_at, error_code, error_message, error_at)
     VALUES ($1, now(), $2, $3, now())
     ON CONFLICT (source) DO UPDATE SET looked_at = excluded.looked_at, error_code = excluded.error_code,
       error_message = excluded.error_message, error_at = excluded.error_at`,
    [source, code, message],
  );
}

export async function selectStates(dataSource: DataSource): Promise<SourceState[]> {
  return dataSource.query(
    `SELECT source, looked_at AS "lookedAt", waiting, problems, problem_count AS "problemCount",
       stuck_files AS "stuckFiles", stuck_reason AS "stuckReason", error_code AS "errorCode",
       error_message AS "errorMessage", error_at AS "errorAt"
     FROM monitoring.collection_state`,
  );
}
