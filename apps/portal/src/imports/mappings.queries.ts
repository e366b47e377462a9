import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { ImportMapping, SaveMappingBody } from '#libs/contracts';

const columns = `id, name, mapping, header, files, saved_by AS "savedBy", saved_at AS "savedAt"`;

/** By name. */
export async function selectMappings(database: DataSource | EntityManager): Promise<ImportMapping[]> {
  const rows: Row[] = await database.query(
    `SELECT ${columns} FROM monitoring.import_mapping ORDER BY lower(name), name`,
  );
  return rows.map(withIsoTime);
}

/** One of the same name is replaced, and keeps its id. */
export async function upsertMapping(
  manager: EntityManager,
  { name, mapping, header, files }: SaveMappingBody,
  account: string,
): Promise<ImportMapping> {
  const [row]: Row[] = await manager.query(
    `INSERT INTO monitoring.import_mapping (id, name, mapping, header, saved_by, files)
     VALUES ($1, $2, $3, $4::jsonb, $5, $6)
     ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, header = excluded.header,
       files = CASE WHEN $7 THEN import_mapping.files ELSE excluded.files END, saved_by = excluded.saved_by,
       saved_at = now()
     RETURNING ${columns}`,
    // An array would become one of PostgreSQL's.
    [uuid(), name, mapping, JSON.stringify(header), account, files ?? null, files === undefined],
  );
  if (row === undefined) throw new Error('an upsert returns its row');
  return withIsoTime(row);
}

/** @returns its name, undefined when there is no such mapping */
export async function deleteMapping(manager: EntityManager, id: string): Promise<string | undefined> {
  const [rows]: [{ name: string }[], number] = await manager.query(
    `DELETE FROM monitoring.import_mapping WHERE id = $1 RETURNING name`,
    [id],
  );
  return rows[0]?.name;
}

type Row = Omit<ImportMapping, 'savedAt'> & { savedAt: Date };

function withIsoTime(row: Row): ImportMapping {
  return { ...row, savedAt: row.savedAt.toISOString() };
}
