import type { DataSource, EntityManager } from 'typeorm';

type Queryable = Pick<DataSource | EntityManager, 'query'>;

/** A continuous aggregate, or a plain view of the same name and columns where the licence has none. */
export interface Rollup {
  /** `schema.name`, a constant of ours. */
  name: string;
  /** The `SELECT … GROUP BY` over a hypertable or another rollup. */
  select: string;
  /**
   * Buckets that end before `endOffset` ago are materialised; of older ones, those whose rows have changed since, back
   * to `startOffset` ago, or of any age.
   */
  refresh: { startOffset?: string; endOffset: string; every: string };
}

export interface Compression {
  /** `schema.table`, a constant of ours. */
  hypertable: string;
  segmentBy: string;
  orderBy: string;
  /** Chunks older than this are compressed. */
  after: string;
}

/** `timescale` (Community) or `apache`, which has no continuous aggregates, compression or policies. */
export async function timescaleLicence(database: Queryable): Promise<string> {
  const rows: { licence: string }[] = await database.query(
    `SELECT current_setting('timescaledb.license') AS licence`,
  );
  return rows[0]?.licence ?? 'apache';
}

/** Creates the rollup and its refresh policy, or leaves them as they are. Call outside of a transaction. */
export async function ensureRollup(database: Queryable, rollup: Rollup, licence: string): Promise<void> {
  if (licence === 'apache') {
    await database.query(`CREATE OR REPLACE VIEW ${rollup.name} AS ${rollup.select}`);
    return;
  }
  await dropPlainView(database, rollup.name);
  await database.query(
    `CREATE MATERIALIZED VIEW IF NOT EXISTS ${rollup.name}
     WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS ${rollup.select} WITH NO DATA`,
  );
  await ensureRefresh(database, rollup);
}

async function ensureRefresh(database: Queryable, { name, refresh }: Rollup): Promise<void> {
  // Without a start: a meter file may bring rows of last year, which a window would leave out for ever.
  const { startOffset = null, endOffset, every } = refresh;
  const policies: { isWanted: boolean }[] = await database.query(
    `SELECT schedule_interval = $4::interval
         AND (config ->> 'start_offset')::interval IS NOT DISTINCT FROM $2::interval
         AND (config ->> 'end_offset')::interval = $3::interval
         AND config ->> 'buckets_per_batch' = '0' AS "isWanted"
     FROM timescaledb_information.jobs AS job JOIN timescaledb_information.continuous_aggregates AS rollup
       ON (job.hypertable_schema, job.hypertable_name)
         IN ((materialization_hypertable_schema, materialization_hypertable_name), (view_schema, view_name))
     WHERE proc_name = 'policy_refresh_continuous_aggregate' AND format('%I.%I', view_schema, view_name) = $1`,
    [name, startOffset, endOffset, every],
  );
  if (policies.length > 0 && policies.every(({ isWanted }) => isWanted)) return;
  await database.query(`SELECT remove_continuous_aggregate_policy($1::regclass, if_exists => true)`, [name]);
  await database.query(
    // In one piece: bucket by bucket, the refresh of a few late rows takes minutes.
    `SELECT add_continuous_aggregate_policy($1::regclass, start_offset => $2::interval, end_offset => $3::interval,
       schedule_interval => $4::interval, buckets_per_batch => 0)`,
    [name, startOffset, endOffset, every],
  );
}

/**
 * Schedules that what is older goes, by whole chunks; or that it stays.
 * @param relation `schema.name` of a hypertable or rollup, a constant of ours
 * @param days 0 to keep it for ever
 */
export async function ensureRetention(
  database: Queryable,
  relation: string,
  days: number,
  licence: string,
): Promise<void> {
  if (licence === 'apache') return;
  const policies: { days: number }[] = await database.query(
    `SELECT (extract(epoch FROM (config ->> 'drop_after')::interval) / 86400)::float8 AS days
     FROM timescaledb_information.jobs AS job LEFT JOIN timescaledb_information.continuous_aggregates AS rollup
       ON (job.hypertable_schema, job.hypertable_name) = (materialization_hypertable_schema, materialization_hypertable_name)
     WHERE proc_name = 'policy_retention'
       AND $1 IN (job.hypertable_schema || '.' || job.hypertable_name, view_schema || '.' || view_name)`,
    [relation],
  );
  if ((policies[0]?.days ?? 0) === days) return;
  await database.query(`SELECT remove_retention_policy($1::regclass, if_exists => true)`, [relation]);
  if (days === 0) return;
  await database.query(`SELECT add_retention_policy($1::regclass, drop_after => make_interval(days => $2))`, [
    relation,
    days,
  ]);
}

/** Turns compression on and schedules it, or leaves both as they are. */
export async function ensureCompression(
  database: Queryable,
  compression: Compression,
  licence: string,
): Promise<void> {
  if (licence === 'apache') return;
  const enabled: unknown[] = await database.query(
    `SELECT 1 FROM timescaledb_information.hypertables
     WHERE format('%I.%I', hypertable_schema, hypertable_name) = $1 AND compression_enabled`,
    [compression.hypertable],
  );
  if (enabled.length === 0) {
    await database.query(
      `ALTER TABLE ${compression.hypertable} SET (timescaledb.compress,
         timescaledb.compress_segmentby = '${compression.segmentBy}',
         timescaledb.compress_orderby = '${compression.orderBy}')`,
    );
  }
  await database.query(
    `SELECT add_compression_policy($1::regclass, compress_after => $2::interval, if_not_exists => true)`,
    [compression.hypertable, compression.after],
  );
}

/**
 * Until the end of the transaction, as many compressed rows may be touched as it takes. Limit otherwise what one request
 * can touch; older servers have no limit.
 */
export async function liftDecompressionLimit(database: Queryable): Promise<void> {
  await database.query(
    `SELECT set_config(name, '0', true) FROM pg_settings
     WHERE name = 'timescaledb.max_tuples_decompressed_per_dml_transaction'`,
  );
}

/** Runs the policies as the background workers of a server would, where there are none. */
export class PolicyRunner {
  readonly #lastRuns = new Map<number, number>();

  constructor(private readonly database: Queryable) {}

  /**
   * Runs every policy that is due.
   * @param now epoch milliseconds
   * @returns how many ran
   */
  async runDue(now: number): Promise<number> {
    const jobs: { id: number; intervalMs: string }[] = await this.database.query(
      `SELECT job_id AS id, extract(epoch FROM schedule_interval) * 1000 AS "intervalMs"
       FROM timescaledb_information.jobs WHERE job_id >= 1000 AND scheduled ORDER BY job_id`,
    );
    const due = jobs.filter((job) => now - (this.#lastRuns.get(job.id) ?? 0) >= Number(job.intervalMs));
    for (const job of due) {
      this.#lastRuns.set(job.id, now);
      await this.database.query(`CALL run_job(${job.id})`);
    }
    return due.length;
  }
}

/** A view left from the time before the licence was changed stands in the way of the continuous aggregate. */
async function dropPlainView(database: Queryable, name: string): Promise<void> {
  const plain: unknown[] = await database.query(
    `SELECT 1 FROM pg_views WHERE format('%I.%I', schemaname, viewname) = $1
       AND NOT EXISTS (SELECT 1 FROM timescaledb_information.continuous_aggregates
                       WHERE format('%I.%I', view_schema, view_name) = $1)`,
    [name],
  );
  if (plain.length > 0) await database.query(`DROP VIEW ${name} CASCADE`);
}
