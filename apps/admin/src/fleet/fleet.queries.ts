import type { DataSource } from 'typeorm';
import type { FleetTotals } from '#libs/contracts';

export const fleetBucketSeconds = 300;

export async function selectTotals(dataSource: DataSource): Promise<FleetTotals> {
  const [totals]: FleetTotals[] = await dataSource.query(
    `SELECT (SELECT count(*)::int FROM fleet.customer) AS customers,
       (SELECT count(*)::float8 FROM fleet.measurement) AS measurements,
       (SELECT count(*)::float8 FROM fleet.ingest_batch) AS batches`,
  );
  if (totals === undefined) throw new Error('a select without a table has one row');
  return totals;
}

/** Of the last five minutes, up to now: a bucket that has just begun would show too little. */
export async function selectRowsPerSecond(dataSource: DataSource): Promise<number> {
  const [row]: { rate: number }[] = await dataSource.query(
    `SELECT (coalesce(sum(rows_received), 0) / ${fleetBucketSeconds}.0)::float8 AS rate FROM fleet.ingest_event
     WHERE received_at > now() - INTERVAL '${fleetBucketSeconds} seconds'`,
  );
  return row?.rate ?? 0;
}

/** The last 24 hours of all customers, ascending; time in epoch milliseconds. */
export async function selectFleetIngest(
  dataSource: DataSource,
): Promise<{ time: number; rows: number; rejected: number }[]> {
  return dataSource.query(
    `SELECT (extract(epoch FROM bucket) * 1000)::float8 AS time, rows_received::float8 AS rows,
       rows_rejected::float8 AS rejected
     FROM fleet.pushes_of_fleet_5min WHERE bucket > now() - INTERVAL '1 day' ORDER BY bucket`,
  );
}

/** Health and lag (seconds) of every customer. */
export async function selectHealthAndLag(
  dataSource: DataSource,
  healthSql: string,
  lagSql: string,
): Promise<{ code: string; health: string; lagSeconds: number | null }[]> {
  return dataSource.query(
    `SELECT code, ${healthSql} AS health, ${lagSql} AS "lagSeconds" FROM fleet.customer`,
  );
}
