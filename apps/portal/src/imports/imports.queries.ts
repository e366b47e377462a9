import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type {
  ImportDatabaseTotals,
  ImportFileReport,
  ImportRunDetail,
  ImportRunsQuery,
  ImportRunSummary,
  ImportTrigger,
} from '#libs/contracts';
import type { SourceKind } from '../collection/file-store.js';
import type { WaitingFile } from '../collection/waiting-file.js';

const importLock = 7_738_202;

/** Until the transaction ends, no other collector of this database stores a file. */
export async function lockImports(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [importLock]);
}

/** A file by its bytes and the site that they were measured at. */
export interface FileIdentity {
  sha256: string;
  site: string | undefined;
}

export function identityKey({ sha256, site }: FileIdentity): string {
  return `${sha256} ${site ?? ''}`;
}

/** @returns keys of those whose bytes were imported for their site before, under whatever name */
export async function selectImported(
  manager: EntityManager,
  files: readonly FileIdentity[],
): Promise<Set<string>> {
  const rows: FileIdentity[] = await manager.query(
    `SELECT sha256, site FROM unnest($1::text[], $2::text[]) AS wanted (sha256, site)
     WHERE EXISTS (SELECT FROM monitoring.import_file AS file
       WHERE file.sha256 = wanted.sha256 AND file.site = wanted.site AND status = 'imported')`,
    [files.map(({ sha256 }) => sha256), files.map(({ site }) => site ?? null)],
  );
  return new Set(rows.map(identityKey));
}

/**
 * Records a file; one that is refused again replaces its own record, and a whole file takes the place of those of its path that
 * were cut off. An upload that somebody cancels in the middle of it is not referred to.
 */
export async function insertImportFile(
  manager: EntityManager,
  { runId, source }: { runId: string; source: SourceKind },
  { uploadId, mapping }: Pick<WaitingFile, 'uploadId' | 'mapping'>,
  report: ImportFileReport,
): Promise<void> {
  await manager.query(
    `WITH replaced AS (UPDATE monitoring.import_file SET incomplete = false
       WHERE path = $3 AND incomplete AND sha256 <> $9 AND $7 = 'imported' AND NOT $17::boolean)
     INSERT INTO monitoring.import_file (id, run_id, path, site, device, format, status, error_code, sha256, rows,
       points, rejected_rows, rejected_values, report, upload_id, source, incomplete, mapping)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
       (SELECT id FROM monitoring.import_upload WHERE id = $15), $16, $17, $18)
     ON CONFLICT (path, sha256) DO UPDATE SET run_id = excluded.run_id, site = excluded.site,
       upload_id = excluded.upload_id, device = excluded.device, format = excluded.format, status = excluded.status, error_code = excluded.error_code,
       rows = excluded.rows, points = excluded.points, rejected_rows = excluded.rejected_rows,
       rejected_values = excluded.rejected_values, report = excluded.report, source = excluded.source,
       incomplete = excluded.incomplete, mapping = excluded.mapping, imported_at = now(), original_removed_at = NULL`,
    [
      uuid(),
      runId,
      report.path,
      report.site,
      report.device,
      report.format,
      report.status,
      report.error?.code ?? null,
      report.sha256 ?? '',
      report.rows,
      report.points,
      report.rejectedRows.truncated + report.rejectedRows.timestamp,
      report.rejectedValues,
      report,
      uploadId ?? null,
      source,
      report.incomplete,
      // An upload has a copy of its own.
      uploadId === undefined ? (mapping ?? null) : null,
    ],
  );
}

/** Where a recorded file lies now, after its move. */
export interface FilePlace {
  path: string;
  sha256: string;
  movedTo: string;
}

/**
 * What lay at a place before has grown into what lies there now. One that was removed and has come again, to the byte, has its
 * original again.
 */
export async function recordPlaces(
  dataSource: DataSource,
  source: SourceKind,
  places: readonly FilePlace[],
): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.import_file AS file SET moved_to = CASE WHEN file.sha256 = moved.sha256 THEN moved.place END,
       original_removed_at = CASE WHEN file.sha256 <> moved.sha256 THEN file.original_removed_at END
     FROM unnest($2::text[], $3::text[], $4::text[]) AS moved (path, sha256, place)
     WHERE source = $1 AND file.path = moved.path AND (file.sha256 = moved.sha256 OR moved_to = moved.place)`,
    [
      source,
      places.map(({ path }) => path),
      places.map(({ sha256 }) => sha256),
      places.map(({ movedTo }) => movedTo),
    ],
  );
}

/** What a file's record says of it; undefined when there is none. */
export async function selectReport(
  dataSource: DataSource,
  source: SourceKind,
  { path, sha256 }: { path: string; sha256: string },
): Promise<ImportFileReport | undefined> {
  const rows: { report: ImportFileReport }[] = await dataSource.query(
    `SELECT report FROM monitoring.import_file WHERE source = $1 AND path = $2 AND sha256 = $3`,
    [source, path, sha256],
  );
  return rows[0]?.report;
}

/** @param account e-mail of who started it */
export async function insertRun(
  manager: EntityManager,
  trigger: ImportTrigger,
  account: string | undefined,
): Promise<string> {
  const id = uuid();
  await manager.query(`INSERT INTO monitoring.import_run (id, trigger, account) VALUES ($1, $2, $3)`, [
    id,
    trigger,
    account ?? null,
  ]);
  return id;
}

/** Of files that are unchanged, or cannot be read: enough to look into, and no more than a row should hold. */
const mostUnrecorded = 1_000;

/** @param unrecorded reports of files that have no record of their own */
export async function finishRun(
  dataSource: DataSource,
  id: string,
  unrecorded: readonly ImportFileReport[],
): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.import_run SET finished_at = now(), reported_at = NULL, unchanged = $2, unreadable = $3,
       unrecorded = $4 WHERE id = $1`,
    [
      id,
      unrecorded.filter(({ status }) => status === 'unchanged').length,
      unrecorded.filter(({ status }) => status !== 'unchanged').length,
      JSON.stringify(unrecorded.slice(0, mostUnrecorded)),
    ],
  );
}

const countFiles = `
  'files', count(file.id) + coalesce(max(run.unchanged + run.unreadable), 0),
  'imported', count(file.id) FILTER (WHERE status = 'imported'),
  'rejected', count(file.id) FILTER (WHERE status = 'rejected') + coalesce(max(run.unreadable), 0),
  'unchanged', coalesce(max(run.unchanged), 0),
  'rows', coalesce(sum(rows), 0), 'points', coalesce(sum(points), 0),
  'rejectedRows', coalesce(sum(rejected_rows), 0), 'rejectedValues', coalesce(sum(rejected_values), 0)`;

/** Newest first. */
export async function selectRuns(
  dataSource: DataSource,
  { trigger, from, to, page, pageSize }: ImportRunsQuery,
): Promise<{ runs: ImportRunSummary[]; total: number }> {
  const filter = [trigger ?? null, from ?? null, to ?? null];
  const where = `WHERE ($1::text[] IS NULL OR trigger = ANY($1)) AND started_at >= coalesce($2::timestamptz, '-infinity')
    AND started_at < coalesce($3::timestamptz, 'infinity')`;
  const rows: RunRow[] = await dataSource.query(
    `SELECT run.id, run.trigger, run.account, run.started_at AS "startedAt", run.finished_at AS "finishedAt",
       json_build_object(${countFiles}) AS totals
     FROM (SELECT * FROM monitoring.import_run ${where} ORDER BY started_at DESC, id DESC LIMIT $4 OFFSET $5) AS run
     LEFT JOIN monitoring.import_file AS file ON file.run_id = run.id
     GROUP BY run.id, run.trigger, run.account, run.started_at, run.finished_at
     ORDER BY run.started_at DESC, run.id DESC`,
    [...filter, pageSize, (page - 1) * pageSize],
  );
  const [count]: { total: number }[] = await dataSource.query(
    `SELECT count(*)::int AS total FROM monitoring.import_run ${where}`,
    filter,
  );
  return { runs: rows.map(withIsoTimes), total: count?.total ?? 0 };
}

export async function selectRun(dataSource: DataSource, id: string): Promise<ImportRunDetail | undefined> {
  const rows: (RunRow & Pick<ImportRunDetail, 'unrecorded'>)[] = await dataSource.query(
    `SELECT run.id, run.trigger, run.account, run.started_at AS "startedAt", run.finished_at AS "finishedAt",
       run.unrecorded, json_build_object(${countFiles}) AS totals
     FROM monitoring.import_run AS run LEFT JOIN monitoring.import_file AS file ON file.run_id = run.id
     WHERE run.id = $1 GROUP BY run.id`,
    [id],
  );
  return rows.map((row) => ({ ...withIsoTimes(row), unrecorded: row.unrecorded }))[0];
}

export async function selectTotals(dataSource: DataSource): Promise<ImportDatabaseTotals> {
  const [row]: { totals: ImportDatabaseTotals }[] = await dataSource.query(
    `SELECT json_build_object(${countFiles}, 'measurements', (SELECT count(*) FROM monitoring.measurement)) AS totals
     FROM monitoring.import_file AS file LEFT JOIN (SELECT 0 AS unchanged, 0 AS unreadable) AS run ON true`,
  );
  if (row === undefined) throw new Error('an aggregate without groups has one row');
  return row.totals;
}

type RunRow = Omit<ImportRunSummary, 'startedAt' | 'finishedAt'> & {
  startedAt: Date;
  finishedAt: Date | null;
};

function withIsoTimes(row: RunRow): ImportRunSummary {
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
