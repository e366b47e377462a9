import type { DataSource, EntityManager } from 'typeorm';
import type { CustomerSize } from '#libs/contracts';

/** Instants as PostgreSQL writes them; `to` is not part of it. */
export interface TimeRange {
  from: string;
  to: string;
}

const ledgerStep = 10_000;

/** Measurements are counted when they come in, so this costs the same for large and small. */
export async function selectSize(dataSource: DataSource, code: string): Promise<CustomerSize | undefined> {
  const rows: CustomerSize[] = await dataSource.query(
    `SELECT (SELECT count(*)::int FROM fleet.site WHERE customer_id = customer.id) AS sites,
       (SELECT count(*)::int FROM fleet.device WHERE customer_id = customer.id) AS devices,
       (SELECT count(*)::int FROM fleet.channel WHERE customer_id = customer.id) AS channels,
       measurement_count::float8 AS measurements,
       (SELECT count(*)::int FROM fleet.ingest_event WHERE customer_id = customer.id) AS events
     FROM fleet.customer WHERE code = $1`,
    [code],
  );
  return rows[0];
}

/** Disables the customer for good. */
export async function markDeletion(manager: EntityManager, customerId: number): Promise<void> {
  await manager.query(
    `UPDATE fleet.customer SET disabled_at = coalesce(disabled_at, now()), deletion_started_at = now() WHERE id = $1`,
    [customerId],
  );
  await manager.query(
    `UPDATE fleet.customer_token SET revoked_at = coalesce(revoked_at, now()) WHERE customer_id = $1`,
    [customerId],
  );
}

/** The times that the chunks of a hypertable of ours cover, oldest first. */
export async function selectChunkRanges(dataSource: DataSource, table: string): Promise<TimeRange[]> {
  return dataSource.query(
    `SELECT range_start::text AS "from", range_end::text AS "to" FROM timescaledb_information.chunks
     WHERE hypertable_schema = 'fleet' AND hypertable_name = $1 ORDER BY range_start`,
    [table],
  );
}

/** Deletes what the customer has in the range, compressed or not, and takes it off the customer's count. */
export async function deleteMeasurements(
  manager: EntityManager,
  customerId: number,
  range: TimeRange,
): Promise<void> {
  await allowDecompression(manager);
  await manager.query(
    `WITH gone AS (
       DELETE FROM fleet.measurement WHERE customer_id = $1 AND time >= $2 AND time < $3 RETURNING 1)
     UPDATE fleet.customer
     SET measurement_count = greatest(0, measurement_count - (SELECT count(*) FROM gone)) WHERE id = $1`,
    [customerId, range.from, range.to],
  );
}

export async function deleteEvents(
  manager: EntityManager,
  customerId: number,
  range: TimeRange,
): Promise<void> {
  await allowDecompression(manager);
  await manager.query(
    `DELETE FROM fleet.ingest_event WHERE customer_id = $1 AND received_at >= $2 AND received_at < $3`,
    [customerId, range.from, range.to],
  );
}

/** @returns how many rows of the ledger went in this step */
export async function deleteLedger(dataSource: DataSource, customerId: number): Promise<number> {
  const [, count]: [unknown[], number] = await dataSource.query(
    `DELETE FROM fleet.ingest_batch WHERE customer_id = $1 AND idempotency_key IN (
       SELECT idempotency_key FROM fleet.ingest_batch WHERE customer_id = $1 LIMIT ${ledgerStep})`,
    [customerId],
  );
  return count;
}

/** Sites, devices, channels, tokens, streams and energy go with it. */
export async function deleteCustomer(manager: EntityManager, customerId: number): Promise<void> {
  await manager.query(`DELETE FROM fleet.customer WHERE id = $1`, [customerId]);
}

/** One customer's part of a chunk may be more than TimescaleDB decompresses in a transaction unasked. */
async function allowDecompression(manager: EntityManager): Promise<void> {
  await manager.query(
    `SELECT set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true)`,
  );
}
