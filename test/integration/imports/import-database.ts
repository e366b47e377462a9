import path from 'node:path';
import type { DataSource } from 'typeorm';
import type { ImportReport } from '#libs/contracts';
import { FileSource } from '../../../apps/portal/src/collection/file-source.js';
import { FolderStore } from '../../../apps/portal/src/collection/folder-store.js';
import { ImportRun } from '../../../apps/portal/src/imports/import-run.js';
import { portalDatabase } from '../../../apps/portal/src/portal.database.js';
import type { MeterFolder } from '../meter-folder.js';
import { openTestDatabase } from '../test-database.js';

/** What an import writes, counted. */
export interface Counts {
  measurements: number;
  files: number;
  outboxEntries: number;
  outboxRows: number;
}

export interface ImportOptions {
  /** Most rows of an outbox entry; null writes no outbox. */
  pushBatchRows?: number | null;
}

/** Imports what waits in the folder. */
export async function importInto(
  dataSource: DataSource,
  folder: MeterFolder,
  { pushBatchRows = 5_000 }: ImportOptions = {},
): Promise<ImportReport> {
  await dataSource.query(
    `UPDATE monitoring.fleet_push_state SET enabled = $1::int IS NOT NULL, batch_rows = coalesce($1, batch_rows)`,
    [pushBatchRows],
  );
  const source = new FileSource(new FolderStore(folder.path));
  const run = await ImportRun.begin(dataSource, {
    trigger: 'command',
    source,
    timeZone: 'Europe/Paris',
    reportFolder: path.join(folder.path, '.reports'),
  });
  return run.import((await source.look()).files);
}

/** A portal database of the test's own, and imports into it. */
export async function openImportDatabase() {
  const { dataSource, address, close } = await openTestDatabase(portalDatabase);
  return {
    dataSource,
    address,
    close,
    import: (folder: MeterFolder, options?: ImportOptions) => importInto(dataSource, folder, options),
    async counts(): Promise<Counts> {
      const [counts]: Counts[] = await dataSource.query(
        `SELECT (SELECT count(*)::int FROM monitoring.measurement) AS measurements,
           (SELECT count(*)::int FROM monitoring.import_file) AS files,
           (SELECT count(*)::int FROM monitoring.outbox) AS "outboxEntries",
           (SELECT coalesce(sum(rows), 0)::int FROM monitoring.outbox) AS "outboxRows"`,
      );
      if (counts === undefined) throw new Error('a select without a table has one row');
      return counts;
    },
    /** Forgets everything, so that tests can share a database. */
    async clear(): Promise<void> {
      await dataSource.query(
        `TRUNCATE monitoring.site, monitoring.device, monitoring.channel, monitoring.measurement,
           monitoring.import_run, monitoring.import_file, monitoring.outbox CASCADE`,
      );
    },
  };
}

export type ImportDatabase = Awaited<ReturnType<typeof openImportDatabase>>;
