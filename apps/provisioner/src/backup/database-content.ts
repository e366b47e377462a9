import { z } from 'zod';
import { CodedError, type InputProblem } from '#libs/errors';
import type { Docker } from '../docker/docker.js';
import type { DatabaseServer } from './database-server.js';
import { databaseSchema, tableSchema, type DatabaseContent, type TableContent } from './manifest.js';

/**
 * psql statements that print what a database holds, one JSON object a line. The checksum of a table is the sum of a hash
 * of each row's text: it does not depend on the order of rows or on where they lie, so a restored table has the same.
 * A chunk is part of its hypertable; a rollup's rows are counted only.
 */
export const contentScript = String.raw`
SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
SET extra_float_digits = 1; SET bytea_output = 'hex'; SET search_path = pg_catalog;
SELECT json_build_object('postgresql', split_part(current_setting('server_version'), ' ', 1),
  'timescaledb', (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'));
SELECT to_regclass('monitoring.migration') IS NOT NULL AS has_migrations \gset
\if :has_migrations
SELECT json_build_object('migrations', json_agg(name ORDER BY id)) FROM monitoring.migration;
\endif
SELECT format('SELECT json_build_object(''table'', %L, ''rows'', count(*), ''checksum'', %s) FROM %I.%I AS content_row',
    schema || '.' || name,
    CASE WHEN hashed THEN 'coalesce(sum(hashtextextended(content_row::text, 0)), 0)::text' ELSE 'NULL' END,
    schema, name)
  FROM (SELECT nspname AS schema, relname AS name, true AS hashed
        FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p') AND NOT relispartition AND relpersistence <> 't'
          AND nspname !~ '^(pg_|_?timescaledb_|information_schema$)'
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
        UNION ALL
        SELECT view_schema, view_name, false FROM timescaledb_information.continuous_aggregates) AS relation
  ORDER BY schema, name \gexec
`;

const lineSchema = z.union([
  databaseSchema.pick({ postgresql: true, timescaledb: true }),
  databaseSchema.pick({ migrations: true }),
  tableSchema,
]);

/** Reads what `contentScript` has printed. @throws ZodError, SyntaxError for anything else */
export function parseContent(text: string): DatabaseContent {
  const lines = text.split('\n').filter((line) => line !== '');
  const content: Partial<DatabaseContent> = { migrations: [] };
  const tables: TableContent[] = [];
  for (const line of lines) {
    const value = lineSchema.parse(JSON.parse(line));
    if ('table' in value) tables.push(value);
    else Object.assign(content, value);
  }
  return databaseSchema.parse({ ...content, tables });
}

export async function readContent(
  docker: Docker,
  server: DatabaseServer,
  database: string,
): Promise<DatabaseContent> {
  return parseContent(await docker.run(server.psql(database), { input: contentScript }));
}

/** Where `restored` is not what was dumped, table by table. */
export function differences(dumped: DatabaseContent, restored: DatabaseContent): InputProblem[] {
  const found = new Map(restored.tables.map((table) => [table.table, table]));
  const problems = dumped.tables.flatMap(({ table, rows, checksum }) => {
    const now = found.get(table);
    found.delete(table);
    if (now === undefined) return [{ path: table, message: 'is missing' }];
    if (now.rows !== rows) return [{ path: table, message: `has ${now.rows} rows instead of ${rows}` }];
    return now.checksum === checksum ? [] : [{ path: table, message: 'has other values' }];
  });
  const more = [...found.keys()].map((table) => ({ path: table, message: 'was not in the dump' }));
  const isMigrated = restored.migrations.join() === dumped.migrations.join();
  const migrations = isMigrated ? [] : [{ path: 'migrations', message: 'are others' }];
  return [...problems, ...more, ...migrations];
}

/** @throws CodedError RESTORE_DIFFERS */
export function assertSame(dumped: DatabaseContent, restored: DatabaseContent): void {
  const problems = differences(dumped, restored);
  if (problems.length > 0) throw new CodedError('RESTORE_DIFFERS', { problems });
}
