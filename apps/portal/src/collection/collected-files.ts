import type { DataSource } from 'typeorm';
import type { ColumnMapping } from '#libs/contracts';
import type { SourceKind } from './file-store.js';
import { waitingFile, type AsideFolder, type WaitingFile } from './waiting-file.js';

/** A file that was dealt with and lies where it lay. */
export interface KnownFile extends WaitingFile {
  sha256: string;
  aside: AsideFolder;
}

const pathsAtOnce = 1_000;

/** What could not be moved is not read again as long as it stays as it is. */
export async function rememberFile(
  dataSource: DataSource,
  source: SourceKind,
  { path, bytes, modifiedMs = 0 }: WaitingFile,
  { sha256, aside }: Pick<KnownFile, 'sha256' | 'aside'>,
): Promise<void> {
  await dataSource.query(
    `INSERT INTO monitoring.collected_file (source, path, bytes, modified_ms, sha256, aside)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (source, path) DO UPDATE SET bytes = excluded.bytes, modified_ms = excluded.modified_ms,
       sha256 = excluded.sha256, aside = excluded.aside, collected_at = now()`,
    [source, path, bytes, modifiedMs, sha256, aside],
  );
}

export async function forgetFile(dataSource: DataSource, source: SourceKind, path: string): Promise<void> {
  await dataSource.query(`DELETE FROM monitoring.collected_file WHERE source = $1 AND path = $2`, [
    source,
    path,
  ]);
}

/** Parts the files that are as they were when they were dealt with from the others. */
export async function partKnown(
  dataSource: DataSource,
  source: SourceKind,
  files: readonly WaitingFile[],
): Promise<{ known: KnownFile[]; fresh: WaitingFile[] }> {
  const known: KnownFile[] = [];
  const fresh: WaitingFile[] = [];
  for (let start = 0; start < files.length; start += pathsAtOnce) {
    const part = files.slice(start, start + pathsAtOnce);
    const rows = await selectCollected(dataSource, source, part);
    for (const file of part) {
      const row = rows.get(file.path);
      const isSame = row?.bytes === file.bytes && row.modifiedMs === file.modifiedMs;
      if (isSame) known.push({ ...file, sha256: row.sha256, aside: row.aside });
      else fresh.push(file);
    }
  }
  return { known, fresh };
}

type CollectedRow = Pick<KnownFile, 'path' | 'bytes' | 'sha256' | 'aside'> & { modifiedMs: number };

async function selectCollected(
  dataSource: DataSource,
  source: SourceKind,
  files: readonly WaitingFile[],
): Promise<ReadonlyMap<string, CollectedRow>> {
  const rows: CollectedRow[] = await dataSource.query(
    `SELECT path, bytes::float8 AS bytes, modified_ms::float8 AS "modifiedMs", sha256, aside
     FROM monitoring.collected_file WHERE source = $1 AND path = ANY($2)`,
    [source, files.map(({ path }) => path)],
  );
  return new Map(rows.map((row) => [row.path, row]));
}

interface GrowingRow {
  path: string;
  movedTo: string;
  bytes: number;
  mapping: ColumnMapping | null;
}

/** How long after its import a file may still grow where it was moved to: when it was cut off, and when it seemed to be whole. */
const growing = { cutOffHours: 24, wholeMinutes: 10 };
const mostGrowing = 500;

/**
 * Files that may still grow: whoever held one open when it was moved goes on writing to it there.
 * @returns with the size that was imported, the mapping that read them, and `source` where they lie
 */
export async function selectGrowing(dataSource: DataSource, source: SourceKind): Promise<WaitingFile[]> {
  const rows: GrowingRow[] = await dataSource.query(
    `SELECT path, moved_to AS "movedTo", (report ->> 'bytes')::float8 AS bytes, mapping FROM monitoring.import_file
     WHERE imported_at > now() - make_interval(hours => $2) AND source = $1 AND moved_to IS NOT NULL
       AND (incomplete OR error_code IN ('METER_FILE_EMPTY', 'METER_FILE_HEADER_MISSING')
         OR imported_at > now() - make_interval(mins => $3))
     ORDER BY imported_at DESC LIMIT $4`,
    [source, growing.cutOffHours, growing.wholeMinutes, mostGrowing],
  );
  return rows.map(({ path, movedTo, bytes, mapping }) => {
    const file = { ...waitingFile(path, { bytes, modifiedMs: 0 }), source: movedTo };
    return mapping === null ? file : { ...file, mapping };
  });
}
