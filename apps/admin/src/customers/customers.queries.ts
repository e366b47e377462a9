import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { CustomerSummary, IngestEvent, RegisterCustomerBody } from '#libs/contracts';
import { derivePushHealth, type PushTimes } from './push-health.js';
import { hashToken, tokenPrefix } from './token.js';

/** @returns the key of the new customer, or undefined when the code is taken */
export async function insertCustomer(
  manager: EntityManager,
  { code, name }: RegisterCustomerBody,
): Promise<number | undefined> {
  const rows: { id: number }[] = await manager.query(
    `INSERT INTO fleet.customer (uid, code, name) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING RETURNING id`,
    [uuid(), code, name],
  );
  return rows[0]?.id;
}

export async function insertToken(manager: EntityManager, customerId: number, token: string): Promise<void> {
  await manager.query(
    `INSERT INTO fleet.customer_token (id, customer_id, prefix, sha256) VALUES ($1, $2, $3, $4)`,
    [uuid(), customerId, tokenPrefix(token), hashToken(token)],
  );
}

export async function findCustomerId(manager: EntityManager, code: string): Promise<number | undefined> {
  const rows: { id: number }[] = await manager.query(`SELECT id FROM fleet.customer WHERE code = $1`, [code]);
  return rows[0]?.id;
}

/** @param code of one customer, or null for all */
export async function selectCustomers(
  database: DataSource | EntityManager,
  code: string | null,
): Promise<CustomerSummary[]> {
  const rows: CustomerRow[] = await database.query(
    `SELECT uid AS id, code, name, disabled_at AS "disabledAt", created_at AS "createdAt",
       last_contact_at AS "lastContactAt", last_accepted_at AS "lastAcceptedAt", last_refused_at AS "lastRefusedAt",
       newest_data_at AS "newestDataAt", measurement_count::float8 AS "measurementCount",
       backlog_batches AS "backlogBatches", stack_version AS "stackVersion",
       (SELECT count(*)::int FROM fleet.site WHERE customer_id = customer.id) AS "siteCount",
       (SELECT count(*)::int FROM fleet.device WHERE customer_id = customer.id) AS "deviceCount",
       (SELECT count(*)::int FROM fleet.channel WHERE customer_id = customer.id) AS "channelCount"
     FROM fleet.customer WHERE $1::text IS NULL OR code = $1 ORDER BY code`,
    [code],
  );
  const now = Date.now();
  return rows.map((row) => summarise(row, now));
}

/** Newest first. */
export async function selectEvents(
  dataSource: DataSource,
  code: string,
  limit: number,
): Promise<IngestEvent[]> {
  const rows: (Omit<IngestEvent, 'receivedAt'> & { receivedAt: Date })[] = await dataSource.query(
    `SELECT received_at AS "receivedAt", outcome, event.code, message, rows_received AS "rowsReceived",
       rows_accepted AS "rowsAccepted", rows_duplicate AS "rowsDuplicate", rows_rejected AS "rowsRejected", bytes,
       duration_ms AS "durationMs", sender_version AS "senderVersion"
     FROM fleet.ingest_event AS event JOIN fleet.customer ON customer.id = customer_id
     WHERE customer.code = $1 ORDER BY received_at DESC LIMIT $2`,
    [code, limit],
  );
  return rows.map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }));
}

type Dates = 'createdAt' | 'lastContactAt' | 'lastAcceptedAt' | 'newestDataAt';
type CustomerRow = Omit<CustomerSummary, Dates | 'health'> &
  PushTimes & { createdAt: Date; newestDataAt: Date | null };

function summarise(row: CustomerRow, now: number): CustomerSummary {
  const { disabledAt, lastRefusedAt, ...shown } = row;
  return {
    ...shown,
    health: derivePushHealth({ ...row, disabledAt, lastRefusedAt }, now),
    createdAt: row.createdAt.toISOString(),
    lastContactAt: row.lastContactAt?.toISOString() ?? null,
    lastAcceptedAt: row.lastAcceptedAt?.toISOString() ?? null,
    newestDataAt: row.newestDataAt?.toISOString() ?? null,
  };
}
