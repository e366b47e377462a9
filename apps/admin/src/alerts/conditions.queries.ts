import type { EntityManager } from 'typeorm';
import type { AlertKind, AlertRule } from '#libs/contracts';
import { catalogue } from '#libs/errors';
import type { EvaluationTime } from '#libs/nest-kit';

/** Refused for what they hold. Not 413: a portal splits such a batch and sends the parts. */
const refusalCodes = Object.entries(catalogue)
  .filter(([, { status }]) => [400, 409, 422].includes(status))
  .map(([code]) => code);

/** A customer for which a condition has held long enough, and what the summary says of it. */
export interface DueAlert {
  customerId: number;
  code: string;
  name: string;
  /** Minutes behind for `lag`, of silence for `offline`; rejected rows, percent, for `rejection`; else 0. */
  measure: number;
  /** Batches that were refused in the last hour, for `rejection`; else 0. */
  refusedBatches: number;
}

/**
 * Brings the conditions of a kind up to date.
 * @returns the customers for which it has held for the rule's time and that have no open alert of the kind
 */
export async function observe(
  manager: EntityManager,
  rule: AlertRule,
  { now, resumedAt }: EvaluationTime,
): Promise<DueAlert[]> {
  const due: DueAlert[] = await manager.query(
    `WITH holding AS (${conditions[rule.kind]}),
     begun AS (
       INSERT INTO fleet.alert_condition (kind, customer_id, holds, since)
       SELECT $1::text, customer_id, true, $2::timestamptz FROM holding
       ON CONFLICT (kind, customer_id) DO UPDATE SET holds = true, since = excluded.since
         WHERE NOT alert_condition.holds OR alert_condition.since > excluded.since),
     gone AS (
       UPDATE fleet.alert_condition SET holds = false, since = $2::timestamptz
       WHERE kind = $1::text AND holds AND customer_id NOT IN (SELECT customer_id FROM holding))
     SELECT customer.id AS "customerId", customer.code, customer.name, measure,
       refused_batches AS "refusedBatches"
     FROM holding JOIN fleet.customer ON customer.id = holding.customer_id
       LEFT JOIN fleet.alert_condition AS known
         ON known.kind = $1::text AND known.customer_id = holding.customer_id AND known.holds
     WHERE greatest(coalesce(known.since, $2::timestamptz), $3::timestamptz) <= $2::timestamptz - make_interval(mins => $4::int)
       AND NOT EXISTS (SELECT FROM fleet.alert WHERE alert.kind = $1::text AND resolved_at IS NULL
                         AND alert.customer_id = holding.customer_id)
     ORDER BY customer.code`,
    [rule.kind, now, resumedAt, rule.holdMinutes, ...conditionParameters(rule)],
  );
  return due;
}

/**
 * Resolves what has been gone for its rule's time, and at once what is no longer watched: the customer is disabled
 * or deleted, or the rule is off.
 * @returns ids of the alerts
 */
export async function resolveGone(
  manager: EntityManager,
  { now, resumedAt }: EvaluationTime,
): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `WITH resolved AS (
       UPDATE fleet.alert SET resolved_at = $1::timestamptz FROM fleet.alert_rule AS rule
       WHERE alert.resolved_at IS NULL AND rule.kind = alert.kind AND (
         NOT rule.enabled
         OR NOT EXISTS (SELECT FROM fleet.customer WHERE id = alert.customer_id AND disabled_at IS NULL)
         OR NOT EXISTS (
           SELECT FROM fleet.alert_condition AS condition
           WHERE condition.kind = alert.kind AND condition.customer_id = alert.customer_id
             AND (holds OR greatest(least(since, $1::timestamptz), $2::timestamptz)
                             > $1::timestamptz - make_interval(mins => rule.hold_minutes))))
       RETURNING alert.id, alert.raised_at)
     SELECT id FROM resolved ORDER BY raised_at`,
    [now, resumedAt],
  );
  return rows.map(({ id }) => id);
}

/** Conditions that neither hold nor keep an alert open, and those of rules that are off. */
export async function forgetConditions(manager: EntityManager): Promise<void> {
  await manager.query(
    `DELETE FROM fleet.alert_condition AS condition USING fleet.alert_rule AS rule
     WHERE rule.kind = condition.kind AND (NOT rule.enabled OR NOT holds AND NOT EXISTS (
       SELECT FROM fleet.alert WHERE resolved_at IS NULL
         AND alert.kind = condition.kind AND alert.customer_id = condition.customer_id))`,
  );
}

/** Who is not disabled and was in contact once. */
const watched = 'customer.disabled_at IS NULL AND customer.last_contact_at IS NOT NULL';

/**
 * For whom the condition of each kind holds at $2. From $5 on come the parameters of `conditionParameters`.
 * A customer whose token is refused is not silent, so `offline` counts that as contact.
 */
const conditions: Record<AlertKind, string> = {
  lag: `
    SELECT id AS customer_id, extract(epoch FROM $2::timestamptz - newest_data_at)::float8 / 60 AS measure,
      0 AS refused_batches
    FROM fleet.customer WHERE ${watched} AND newest_data_at < $2::timestamptz - make_interval(secs => 60 * $5::float8)`,
  offline: `
    SELECT id AS customer_id,
      extract(epoch FROM $2::timestamptz - greatest(last_contact_at, last_auth_failed_at))::float8 / 60 AS measure,
      0 AS refused_batches
    FROM fleet.customer WHERE ${watched}
      AND greatest(last_contact_at, last_auth_failed_at) < $2::timestamptz - make_interval(secs => 60 * $5::float8)`,
  // The second half finds two portals that push for one customer, one of them with an old token. It asks for a window
  // as long as the hold time, so that one failed request among good ones is over before it has held.
  'auth-failure': `
    SELECT id AS customer_id, 0::float8 AS measure, 0 AS refused_batches
    FROM fleet.customer WHERE ${watched}
      AND (last_auth_failed_at > last_contact_at OR last_auth_failed_at > $2::timestamptz - make_interval(mins => $4::int))`,
  // Events are read through their index, and only of customers of whom something was rejected.
  rejection: `
    SELECT id AS customer_id, coalesce(hour.row_share, 0) AS measure, coalesce(hour.refused, 0)::int AS refused_batches
    FROM fleet.customer CROSS JOIN LATERAL (
      SELECT 100 * sum(rows_rejected)::float8 / nullif(sum(rows_received), 0) AS row_share,
        sum(requests) FILTER (WHERE outcome = 'refused') AS refused,
        100 * coalesce(sum(requests) FILTER (WHERE outcome = 'refused'), 0)::float8 / sum(requests) AS refused_share
      FROM fleet.ingest_event
      WHERE ingest_event.customer_id = customer.id
        AND received_at > $2::timestamptz - INTERVAL '1 hour' AND received_at <= $2::timestamptz
        AND (outcome = 'accepted' OR outcome = 'refused' AND ingest_event.code = ANY($6::text[]))) AS hour
    WHERE ${watched} AND last_rejected_at > $2::timestamptz - INTERVAL '1 hour'
      AND (row_share > $5::float8 OR refused_share > $5::float8
           OR last_rejected_at > coalesce(last_accepted_at, '-infinity'))`,
};

function conditionParameters({ kind, threshold }: AlertRule): unknown[] {
  if (kind === 'auth-failure') return [];
  return kind === 'rejection' ? [threshold, refusalCodes] : [threshold];
}
