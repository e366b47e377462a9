import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { isPlain, scramVerifier, type Secret } from '#libs/config';

/** Longer than any panel should take: a question that somebody types into Grafana does not hold the server for ever. */
const statementTimeout = '30s';

/** Two portals that start at once change the role and the views one after the other. */
const readerLock = 7_738_301;

/** What Grafana may read. */
export interface GrafanaSource {
  /** `SELECT …` by name of the view in the schema `grafana`; constants of ours. */
  views: Readonly<Record<string, string>>;
  /** Schema of the tables, none of which it may read. */
  tables: string;
}

/**
 * Makes views for Grafana and its role `grafana_reader`, and takes from the role whatever else it may do; idempotent, at
 * every start. A migration that changes a column which a view shows first drops the schema `grafana`.
 */
export async function ensureGrafanaReader(
  dataSource: DataSource,
  { views, tables }: GrafanaSource,
  password: Secret | undefined,
): Promise<void> {
  const inTurn = (work: (manager: EntityManager) => Promise<void>) =>
    dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [readerLock]);
      await work(manager);
    });
  await inTurn(ensureRole);
  await inTurn((manager) => ensureViews(manager, views));
  await revokeTables(dataSource, tables);
  if (password !== undefined) await inTurn((manager) => setPassword(manager, password));
}

async function ensureRole(manager: EntityManager): Promise<void> {
  const known: unknown[] = await manager.query(`SELECT 1 FROM pg_roles WHERE rolname = 'grafana_reader'`);
  if (known.length === 0) await manager.query('CREATE ROLE grafana_reader NOLOGIN');
  const settings: { setting: string }[] = await manager.query(
    `SELECT unnest(rolconfig) AS setting FROM pg_roles WHERE rolname = 'grafana_reader'`,
  );
  const wanted = { statement_timeout: statementTimeout, default_transaction_read_only: 'on' };
  for (const [name, value] of Object.entries(wanted)) {
    if (settings.some(({ setting }) => setting === `${name}=${value}`)) continue;
    await manager.query(`ALTER ROLE grafana_reader SET ${name} = '${value}'`);
  }
}

/**
 * Makes the views where they are not the wanted ones; which ones they are stands in the schema's comment. Replaced in one
 * transaction, so that no panel finds them missing.
 */
async function ensureViews(manager: EntityManager, views: GrafanaSource['views']): Promise<void> {
  const digest = createHash('sha256').update(JSON.stringify(views)).digest('hex');
  const names = Object.keys(views);
  const [found]: { views: number; digest: string | null }[] = await manager.query(
    `SELECT (SELECT count(*)::int FROM pg_views WHERE schemaname = 'grafana' AND viewname = ANY($1)) AS views,
       obj_description(to_regnamespace('grafana'), 'pg_namespace') AS digest`,
    [names],
  );
  if (found?.views !== names.length || found.digest !== digest) await replaceViews(manager, views, digest);
  await manager.query('GRANT USAGE ON SCHEMA grafana TO grafana_reader');
  await manager.query('GRANT SELECT ON ALL TABLES IN SCHEMA grafana TO grafana_reader');
}

async function replaceViews(
  manager: EntityManager,
  views: GrafanaSource['views'],
  digest: string,
): Promise<void> {
  await manager.query('DROP SCHEMA IF EXISTS grafana CASCADE');
  await manager.query('CREATE SCHEMA grafana');
  for (const [name, select] of Object.entries(views)) {
    await manager.query(`CREATE VIEW grafana.${name} AS ${select}`);
  }
  await manager.query(`COMMENT ON SCHEMA grafana IS '${digest}'`);
}

/**
 * Before it had views of its own, the role read tables. On a hypertable a revocation touches every chunk, and so does
 * TimescaleDB's scheduler, which policies made a moment ago have woken: of two that change the catalogue's row of a chunk,
 * one fails.
 */
async function revokeTables(dataSource: DataSource, schema: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const granted: { name: string }[] = await dataSource.query(
      `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname = $1 AND relkind IN ('r', 'v', 'm', 'p') AND relacl::text LIKE '%grafana_reader=%'`,
      [schema],
    );
    try {
      if (granted.length > 0) {
        await dataSource.query(
          `REVOKE ALL ON ${granted.map(({ name }) => name).join(', ')} FROM grafana_reader`,
        );
      }
      await dataSource.query(`REVOKE ALL ON SCHEMA ${schema} FROM grafana_reader`);
      return;
    } catch (error) {
      const isBusy = error instanceof Error && error.message === 'tuple concurrently updated';
      if (!isBusy || attempt === 10) throw error;
      await setTimeout(100 * attempt);
    }
  }
}

async function setPassword(manager: EntityManager, password: Secret): Promise<void> {
  // As a verifier, where it can be made: what the server logs of the statement is then no password.
  const plain = password.reveal();
  const shown = isPlain(plain) ? await scramVerifier(plain) : plain;
  // ALTER ROLE takes no parameters; format() quotes the literal on the server.
  const [statement]: { sql: string }[] = await manager.query(
    `SELECT format('ALTER ROLE grafana_reader LOGIN PASSWORD %L', $1::text) AS sql`,
    [shown],
  );
  await manager.query(statement?.sql ?? '');
}
