import type { DataSource, EntityManager } from 'typeorm';
import type { ColumnMapping, ImportFileReport } from '#libs/contracts';

/** `monitoring.import_upload`, with whether its bytes were imported for its site before. */
export interface StoredUpload {
  id: string;
  name: string;
  site: string | null;
  mapping: ColumnMapping | null;
  mappingName: string | null;
  bytes: number;
  sha256: string;
  mappable: boolean;
  report: ImportFileReport;
  uploadedBy: string;
  uploadedAt: Date;
  importedBefore: boolean;
}

type NewUpload = Omit<StoredUpload, 'uploadedAt' | 'importedBefore'>;

/** An upload waits until a file was recorded for it. */
const waiting = `NOT EXISTS (SELECT 1 FROM monitoring.import_file WHERE upload_id = upload.id)`;

export async function insertUpload(manager: EntityManager, upload: NewUpload): Promise<void> {
  await manager.query(
    `INSERT INTO monitoring.import_upload (id, name, site, mapping, mapping_name, bytes, sha256, mappable, report, uploaded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      upload.id,
      upload.name,
      upload.site,
      upload.mapping,
      upload.mappingName,
      upload.bytes,
      upload.sha256,
      upload.mappable,
      upload.report,
      upload.uploadedBy,
    ],
  );
}

export async function updateUpload(
  dataSource: DataSource,
  { id, site, mapping, mappingName, report }: NewUpload,
): Promise<void> {
  await dataSource.query(
    `UPDATE monitoring.import_upload SET site = $2, mapping = $3, mapping_name = $4, report = $5 WHERE id = $1`,
    [id, site, mapping, mappingName, report],
  );
}

/**
 * Those that wait, oldest first.
 * @param ids only these
 */
export async function selectUploads(
  dataSource: DataSource,
  ids?: readonly string[],
): Promise<StoredUpload[]> {
  return dataSource.query(
    `SELECT id, name, site, mapping, mapping_name AS "mappingName", bytes::float8 AS bytes, sha256, mappable, report,
       uploaded_by AS "uploadedBy", uploaded_at AS "uploadedAt",
       EXISTS (SELECT 1 FROM monitoring.import_file AS file
         WHERE file.sha256 = upload.sha256 AND file.site = upload.site AND status = 'imported') AS "importedBefore"
     FROM monitoring.import_upload AS upload
     WHERE ${waiting} AND ($1::uuid[] IS NULL OR id = ANY($1)) ORDER BY uploaded_at, id`,
    [ids ?? null],
  );
}

export async function countUploads(dataSource: DataSource): Promise<number> {
  const [row]: { count: number }[] = await dataSource.query(
    `SELECT count(*)::int AS count FROM monitoring.import_upload AS upload WHERE ${waiting}`,
  );
  return row?.count ?? 0;
}

/** @returns the ids of those that still waited */
export async function deleteUploads(dataSource: DataSource, ids: readonly string[]): Promise<string[]> {
  return deleteWhere(dataSource, `id = ANY($1::uuid[])`, ids);
}

/** What nobody has imported, and what another upload of the same file has taken the place of. */
export async function deleteUploadsBefore(dataSource: DataSource, time: Date): Promise<string[]> {
  return deleteWhere(dataSource, `uploaded_at < $1`, time);
}

/** @param where a constant of ours */
async function deleteWhere(dataSource: DataSource, where: string, value: unknown): Promise<string[]> {
  const [rows]: [{ id: string }[], number] = await dataSource.query(
    `DELETE FROM monitoring.import_upload AS upload WHERE ${waiting} AND ${where} RETURNING id`,
    [value],
  );
  return rows.map(({ id }) => id);
}

export async function selectKnownUploads(
  dataSource: DataSource,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows: { id: string }[] = await dataSource.query(
    `SELECT id FROM monitoring.import_upload WHERE id = ANY($1::uuid[])`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The site of a device where there is only one with this serial number: it most probably was measured there again. */
export async function selectOnlySite(dataSource: DataSource, serial: string): Promise<string | undefined> {
  const rows: { slug: string }[] = await dataSource.query(
    `SELECT slug FROM monitoring.device JOIN monitoring.site ON site.id = site_id WHERE serial = $1 LIMIT 2`,
    [serial],
  );
  return rows.length === 1 ? rows[0]?.slug : undefined;
}
