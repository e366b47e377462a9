import type { DataSource } from 'typeorm';
import type {
  ColumnMapping,
  ImportChoices,
  ImportFileReport,
  ImportFilesQuery,
  ImportFileSummary,
} from '#libs/contracts';
import type { SourceKind } from '../collection/file-store.js';
import { isoTime } from '../measurements/newest-samples.js';

/** A recorded file with what its downloads need. */
export interface RecordedFile extends ImportFileSummary {
  report: ImportFileReport;
  sha256: string;
  uploadId: string | null;
  /** The name that it was uploaded by. */
  uploadName: string | null;
  uploadedBy: string | null;
  mapping: ColumnMapping | null;
  source: SourceKind;
  /** Where it was moved to; null of what came before this was recorded. */
  movedTo: string | null;
  originalRemovedAt: string | null;
}

const columns = `file.id, run_id AS "runId", path, file.site, device, format, status, error_code AS "errorCode", rows,
  points, rejected_rows AS "rejectedRows", rejected_values AS "rejectedValues", imported_at AS "importedAt"`;

const where = `WHERE ($1::text[] IS NULL OR status = ANY($1)) AND ($2::text IS NULL OR site = $2)
  AND ($3::text IS NULL OR device = $3) AND ($4::text IS NULL OR strpos(lower(path), lower($4)) > 0)
  AND (NOT $5::boolean OR rejected_rows > 0 OR rejected_values > 0 OR status = 'rejected')
  AND ($6::uuid IS NULL OR run_id = $6) AND imported_at >= coalesce($7::timestamptz, '-infinity')
  AND imported_at < coalesce($8::timestamptz, 'infinity')`;

/** Newest first. */
export async function selectFiles(
  dataSource: DataSource,
  query: ImportFilesQuery,
): Promise<{ files: ImportFileSummary[]; total: number }> {
  const { status, site, device, q, problems, runId, from, to, page, pageSize } = query;
  const filter = [status, site, device, q, problems === 'true', runId, from, to].map(
    (value) => value ?? null,
  );
  const rows: FileRow[] = await dataSource.query(
    `SELECT ${columns} FROM monitoring.import_file AS file ${where}
     ORDER BY imported_at DESC, id DESC LIMIT $9 OFFSET $10`,
    [...filter, pageSize, (page - 1) * pageSize],
  );
  const [count]: { total: number }[] = await dataSource.query(
    `SELECT count(*)::int AS total FROM monitoring.import_file AS file ${where}`,
    filter,
  );
  return { files: rows.map(withIsoTime), total: count?.total ?? 0 };
}

export async function selectFile(dataSource: DataSource, id: string): Promise<RecordedFile | undefined> {
  const rows: (FileRow & RecordedFile)[] = await dataSource.query(
    `SELECT ${columns}, file.report, file.sha256, file.upload_id AS "uploadId", upload.name AS "uploadName",
       uploaded_by AS "uploadedBy", coalesce(upload.mapping, file.mapping) AS mapping, file.source,
       file.moved_to AS "movedTo", ${isoTime('original_removed_at')} AS "originalRemovedAt"
     FROM monitoring.import_file AS file LEFT JOIN monitoring.import_upload AS upload ON upload.id = upload_id
     WHERE file.id = $1`,
    [id],
  );
  return rows.map(withIsoTime)[0];
}

export async function selectChoices(dataSource: DataSource): Promise<ImportChoices> {
  const [row]: ImportChoices[] = await dataSource.query(
    `SELECT coalesce((SELECT json_agg(DISTINCT site ORDER BY site) FROM monitoring.import_file
         WHERE site IS NOT NULL), '[]') AS sites,
       coalesce((SELECT json_agg(DISTINCT device ORDER BY device) FROM monitoring.import_file
         WHERE device IS NOT NULL), '[]') AS devices`,
  );
  return row ?? { sites: [], devices: [] };
}

type FileRow = Omit<ImportFileSummary, 'importedAt'> & { importedAt: Date };

function withIsoTime<T extends { importedAt: Date | string }>(row: T) {
  return { ...row, importedAt: new Date(row.importedAt).toISOString() };
}
