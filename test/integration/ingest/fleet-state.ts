import type { DataSource } from 'typeorm';
import type { RunningApp } from '../running-app.js';

type Fleet = Pick<RunningApp, 'dataSource'>;

/** What Admin knows of a customer. */
export interface CustomerState {
  last_contact_at: Date | null;
  last_accepted_at: Date | null;
  last_rejected_at: Date | null;
  last_auth_failed_at: Date | null;
  contact_resumed_at: Date | null;
  newest_data_at: Date | null;
  oldest_unsent_at: Date | null;
  measurement_count: number;
  catalogue_version: number;
  backlog_batches: number | null;
  stack_version: string | null;
  sites: number;
  devices: number;
  channels: number;
}

export async function customerState({ dataSource }: Fleet, code: string): Promise<CustomerState> {
  const [row]: CustomerState[] = await dataSource.query(
    `SELECT customer.*, measurement_count::int AS measurement_count,
       (SELECT count(*)::int FROM fleet.site WHERE customer_id = customer.id) AS sites,
       (SELECT count(*)::int FROM fleet.device WHERE customer_id = customer.id) AS devices,
       (SELECT count(*)::int FROM fleet.channel WHERE customer_id = customer.id) AS channels
     FROM fleet.customer WHERE code = $1`,
    [code],
  );
  if (row === undefined) throw new Error(`there is no customer ${code}`);
  return row;
}

/** One line of the record of pushes. */
export interface StoredEvent {
  outcome: string;
  type: string;
  code: string | null;
  message: string | null;
  requests: number;
  rows_received: number;
  rows_accepted: number;
  rows_duplicate: number;
  rows_rejected: number;
  bytes: number;
  sender_version: string | null;
  lag_seconds: number | null;
}

/** Newest first. */
export function events({ dataSource }: Fleet, code: string): Promise<StoredEvent[]> {
  return dataSource.query(
    `SELECT event.* FROM fleet.ingest_event AS event JOIN fleet.customer ON customer.id = customer_id
     WHERE customer.code = $1 ORDER BY received_at DESC`,
    [code],
  );
}

/** The customer's rows, as `label time value`. */
export async function storedRows({ dataSource }: Fleet, code: string): Promise<string[]> {
  const rows: { row: string }[] = await dataSource.query(
    `SELECT channel.label || ' ' || (extract(epoch FROM time) * 1000)::bigint || ' ' || value AS row
     FROM fleet.measurement JOIN fleet.channel ON channel.id = channel_id
       JOIN fleet.customer ON customer.id = measurement.customer_id
     WHERE customer.code = $1 AND channel.customer_id = customer.id ORDER BY 1`,
    [code],
  );
  return rows.map(({ row }) => row);
}

export async function countOf(dataSource: DataSource, table: string): Promise<number> {
  const rows: { count: number }[] = await dataSource.query(`SELECT count(*)::int AS count FROM ${table}`);
  return rows[0]?.count ?? 0;
}
