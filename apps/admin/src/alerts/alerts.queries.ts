import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Alert, AlertKind, AlertRule, AlertsQuery, EditAlertRuleBody } from '#libs/contracts';
import type { DueAlert } from './conditions.queries.js';

type Queryable = Pick<EntityManager, 'query'>;

const ruleColumns = `kind, enabled, threshold, hold_minutes AS "holdMinutes"`;

export function selectRules(database: Queryable): Promise<AlertRule[]> {
  return database.query(
    `SELECT ${ruleColumns} FROM fleet.alert_rule
     ORDER BY array_position(ARRAY['offline', 'auth-failure', 'rejection', 'lag'], kind)`,
  );
}

export async function updateRule(
  manager: EntityManager,
  kind: AlertKind,
  { enabled, threshold, holdMinutes }: EditAlertRuleBody,
): Promise<void> {
  await manager.query(
    `UPDATE fleet.alert_rule SET enabled = $2, threshold = $3, hold_minutes = $4 WHERE kind = $1`,
    [kind, enabled, threshold, holdMinutes],
  );
}

export interface NewAlert extends DueAlert {
  kind: AlertKind;
  summary: string;
}

/**
 * Raises alerts, a millisecond before one another: a list that is paged by this instant loses none.
 * @returns their ids, in the same order
 */
export async function insertAlerts(
  manager: EntityManager,
  alerts: readonly NewAlert[],
  now: Date,
): Promise<string[]> {
  const ids = alerts.map(() => uuid());
  await manager.query(
    `INSERT INTO fleet.alert (id, kind, customer_id, customer_code, customer_name, summary, raised_at)
     SELECT id, kind, customer_id, code, name, summary, $7::timestamptz - (place - 1) * INTERVAL '1 ms'
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
       WITH ORDINALITY AS raised (id, kind, customer_id, code, name, summary, place)`,
    [
      ids,
      alerts.map(({ kind }) => kind),
      alerts.map(({ customerId }) => customerId),
      alerts.map(({ code }) => code),
      alerts.map(({ name }) => name),
      alerts.map(({ summary }) => summary),
      now,
    ],
  );
  return ids;
}

const alertColumns = `alert.id, kind, json_build_object('code', customer_code, 'name', customer_name) AS customer,
  summary, raised_at AS "raisedAt", resolved_at AS "resolvedAt", acknowledged_at AS "acknowledgedAt",
  acknowledged_by AS "acknowledgedBy", (
    SELECT coalesce(json_agg(json_build_object('destination', destination, 'event', event, 'sentAt', sent_at,
      'attempts', attempts, 'lastError', last_error) ORDER BY notice.id), '[]')
    FROM fleet.alert_notice AS notice WHERE notice.alert_id = alert.id) AS notices`;

/** Newest first; one more than the limit where there are more. */
export async function selectAlerts(
  database: Queryable,
  { state, customer, kind, before, limit }: AlertsQuery,
): Promise<Alert[]> {
  const rows: AlertRow[] = await database.query(
    `SELECT ${alertColumns} FROM fleet.alert
     WHERE ($1 = 'all' OR ($1 = 'open') = (resolved_at IS NULL))
       AND ($2::text IS NULL OR customer_code = $2) AND ($3::text IS NULL OR kind = $3)
       AND ($4::timestamptz IS NULL OR raised_at < $4)
     ORDER BY raised_at DESC, id LIMIT $5`,
    [state, customer ?? null, kind ?? null, before ?? null, limit + 1],
  );
  return rows.map(toAlert);
}

export async function selectAlert(database: Queryable, id: string): Promise<Alert | undefined> {
  const rows: AlertRow[] = await database.query(`SELECT ${alertColumns} FROM fleet.alert WHERE id = $1`, [
    id,
  ]);
  return rows.map(toAlert)[0];
}

/** @returns whether it was not acknowledged before */
export async function acknowledge(manager: EntityManager, id: string, account: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `WITH acknowledged AS (
       UPDATE fleet.alert SET acknowledged_at = now(), acknowledged_by = $2
       WHERE id = $1 AND acknowledged_at IS NULL RETURNING 1)
     SELECT FROM acknowledged`,
    [id, account],
  );
  return rows.length > 0;
}

export async function countOpen(database: Queryable): Promise<Record<AlertKind, number>> {
  const rows: { kind: AlertKind; count: number }[] = await database.query(
    `SELECT kind, count(*)::int AS count FROM fleet.alert WHERE resolved_at IS NULL GROUP BY kind`,
  );
  const counts = { lag: 0, rejection: 0, 'auth-failure': 0, offline: 0 };
  for (const { kind, count } of rows) counts[kind] = count;
  return counts;
}

type Dates = 'raisedAt' | 'resolvedAt' | 'acknowledgedAt';
type AlertRow = Omit<Alert, Dates> & {
  raisedAt: Date;
  resolvedAt: Date | null;
  acknowledgedAt: Date | null;
};

function toAlert(row: AlertRow): Alert {
  return {
    ...row,
    raisedAt: row.raisedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    // JSON of the database has its own spelling of an instant.
    notices: row.notices.map((notice) => ({
      ...notice,
      sentAt: notice.sentAt === null ? null : new Date(notice.sentAt).toISOString(),
    })),
  };
}
