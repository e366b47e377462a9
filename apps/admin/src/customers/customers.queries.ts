import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import {
  pushHealth,
  type CustomerDetail,
  type CustomerSort,
  type CustomersQuery,
  type CustomerSummary,
  type PushHealth,
  type RegisterCustomerBody,
} from '#libs/contracts';
import { healthRankSql, lagSecondsSql, pushHealthSql, type HealthThresholds } from './push-health.js';

/** What a list is made of; without a page it is all of it. */
export type CustomersFilter = Pick<CustomersQuery, 'q' | 'health' | 'sort' | 'order'>;

/** `fleet.customer` by what the database itself needs. */
export interface CustomerKey {
  id: number;
  code: string;
  name: string;
  disabledAt: Date | null;
  deletionStartedAt: Date | null;
}

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

/** Locks the row, so that what is decided on it still holds when it is written. */
export async function lockCustomer(manager: EntityManager, code: string): Promise<CustomerKey | undefined> {
  const rows: CustomerKey[] = await manager.query(
    `SELECT id, code, name, disabled_at AS "disabledAt", deletion_started_at AS "deletionStartedAt"
     FROM fleet.customer WHERE code = $1 FOR UPDATE`,
    [code],
  );
  return rows[0];
}

export async function findCustomerId(
  database: DataSource | EntityManager,
  code: string,
): Promise<number | undefined> {
  const rows: { id: number }[] = await database.query(`SELECT id FROM fleet.customer WHERE code = $1`, [
    code,
  ]);
  return rows[0]?.id;
}

export async function updateName(manager: EntityManager, id: number, name: string): Promise<void> {
  await manager.query(`UPDATE fleet.customer SET name = $2 WHERE id = $1`, [id, name]);
}

export async function setDisabled(manager: EntityManager, id: number, disabled: boolean): Promise<void> {
  await manager.query(
    `UPDATE fleet.customer SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, now()) END WHERE id = $1`,
    [id, disabled],
  );
}

/** Customers of each health, of all and of those that match the search. */
export async function countByHealth(
  dataSource: DataSource,
  thresholds: HealthThresholds,
  search?: string,
): Promise<Record<PushHealth, { all: number; matching: number }>> {
  const rows: { health: PushHealth; all: number; matching: number }[] = await dataSource.query(
    `SELECT ${pushHealthSql(thresholds)} AS health, count(*)::int AS "all",
       count(*) FILTER (WHERE ${matchesSearch('$1')})::int AS matching
     FROM fleet.customer GROUP BY 1`,
    [search ?? null],
  );
  const none = pushHealth.options.map((health) => [health, { all: 0, matching: 0 }] as const);
  const counted = rows.map(({ health, all, matching }) => [health, { all, matching }] as const);
  return Object.fromEntries([...none, ...counted]) as Record<PushHealth, { all: number; matching: number }>;
}

/** One page of the list, or all of it without a page. */
export async function selectCustomers(
  dataSource: DataSource,
  thresholds: HealthThresholds,
  { q, health, sort, order }: CustomersFilter,
  page?: { limit: number; offset: number },
): Promise<CustomerSummary[]> {
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const rows: SummaryRow[] = await dataSource.query(
    `SELECT ${summaryColumns} FROM (${withFigures(thresholds)}) AS customer
     WHERE ${matchesSearch('$1')} AND ($2::text[] IS NULL OR health = ANY($2))
     ORDER BY ${sortExpressions[sort]} ${direction} NULLS LAST, code LIMIT $3 OFFSET $4`,
    [q ?? null, health ?? null, page?.limit ?? null, page?.offset ?? 0],
  );
  return rows.map(summarise);
}

export async function selectCustomer(
  database: DataSource | EntityManager,
  thresholds: HealthThresholds,
  code: string,
): Promise<CustomerDetail | undefined> {
  const rows: DetailRow[] = await database.query(
    `SELECT ${summaryColumns}, measurement_count::float8 AS "measurementCount",
       last_rejected_at AS "lastRejectedAt", last_auth_failed_at AS "lastAuthFailedAt", disabled_at AS "disabledAt",
       (SELECT count(*)::int FROM fleet.site WHERE customer_id = customer.id) AS "siteCount",
       (SELECT count(*)::int FROM fleet.device WHERE customer_id = customer.id) AS "deviceCount",
       (SELECT count(*)::int FROM fleet.channel WHERE customer_id = customer.id) AS "channelCount"
     FROM (${withFigures(thresholds, '$1')}) AS customer`,
    [code],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    ...summarise(row),
    siteCount: row.siteCount,
    deviceCount: row.deviceCount,
    channelCount: row.channelCount,
    measurementCount: row.measurementCount,
    lastRejectedAt: row.lastRejectedAt?.toISOString() ?? null,
    lastAuthFailedAt: row.lastAuthFailedAt?.toISOString() ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
  };
}

const sortExpressions: Readonly<Record<CustomerSort, string>> = {
  code: 'code',
  name: 'lower(name)',
  health: healthRankSql('health'),
  lastContactAt: 'last_contact_at',
  lastAcceptedAt: 'last_accepted_at',
  newestDataAt: 'newest_data_at',
  lagSeconds: lagSecondsSql,
  rowsPerHour: 'rows_per_hour',
  rejectedPercent: 'rejected_percent',
  backlogBatches: 'backlog_batches',
  stackVersion: 'stack_version',
  tokenCreatedAt: 'token_created_at',
};

const summaryColumns = `uid AS id, code, name, health, created_at AS "createdAt",
  last_contact_at AS "lastContactAt", last_accepted_at AS "lastAcceptedAt", newest_data_at AS "newestDataAt",
  ${lagSecondsSql} AS "lagSeconds",
  rows_per_hour AS "rowsPerHour", rejected_percent AS "rejectedPercent", backlog_batches AS "backlogBatches",
  oldest_unsent_at AS "oldestUnsentAt", stack_version AS "stackVersion", token_created_at AS "tokenCreatedAt"`;

/** Part of code or name, in any case; all when there is nothing to look for. */
function matchesSearch(search: string): string {
  return `(${search}::text IS NULL OR strpos(lower(code), lower(${search})) > 0
    OR strpos(lower(name), lower(${search})) > 0)`;
}

/** Customers with their health, the rates of the last hour and their newest valid token. */
function withFigures(thresholds: HealthThresholds, code?: string): string {
  const only =
    code === undefined ? '' : `WHERE customer_id = (SELECT id FROM fleet.customer WHERE code = ${code})`;
  const and = only === '' ? 'WHERE' : `${only} AND`;
  return `SELECT customer.*, ${pushHealthSql(thresholds)} AS health,
      coalesce(hour.accepted, 0)::int AS rows_per_hour,
      (100.0 * hour.rejected / nullif(hour.received, 0))::float8 AS rejected_percent, token.token_created_at
    FROM fleet.customer
    LEFT JOIN (
      SELECT customer_id, sum(rows_accepted) AS accepted, sum(rows_rejected) AS rejected, sum(rows_received) AS received
      FROM fleet.pushes_5min ${and} bucket > now() - INTERVAL '1 hour' GROUP BY 1
    ) AS hour ON hour.customer_id = customer.id
    LEFT JOIN (
      SELECT customer_id, max(created_at) AS token_created_at FROM fleet.customer_token
      ${and} revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) GROUP BY 1
    ) AS token ON token.customer_id = customer.id
    ${code === undefined ? '' : `WHERE code = ${code}`}`;
}

type SummaryDates =
  | 'createdAt'
  | 'lastContactAt'
  | 'lastAcceptedAt'
  | 'newestDataAt'
  | 'oldestUnsentAt'
  | 'tokenCreatedAt';
type SummaryRow = Omit<CustomerSummary, SummaryDates> & { createdAt: Date } & {
  [Name in Exclude<SummaryDates, 'createdAt'>]: Date | null;
};
type DetailRow = SummaryRow & {
  siteCount: number;
  deviceCount: number;
  channelCount: number;
  measurementCount: number;
  lastRejectedAt: Date | null;
  lastAuthFailedAt: Date | null;
  disabledAt: Date | null;
};

function summarise(row: SummaryRow): CustomerSummary {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    health: row.health,
    lastContactAt: row.lastContactAt?.toISOString() ?? null,
    lastAcceptedAt: row.lastAcceptedAt?.toISOString() ?? null,
    newestDataAt: row.newestDataAt?.toISOString() ?? null,
    lagSeconds: row.lagSeconds,
    rowsPerHour: row.rowsPerHour,
    rejectedPercent: row.rejectedPercent,
    backlogBatches: row.backlogBatches,
    oldestUnsentAt: row.oldestUnsentAt?.toISOString() ?? null,
    stackVersion: row.stackVersion,
    tokenCreatedAt: row.tokenCreatedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
