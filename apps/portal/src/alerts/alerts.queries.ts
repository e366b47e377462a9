import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { PortalAlert, PortalAlertKind, PortalAlertsQuery, PortalAlertSubject } from '#libs/contracts';

type Queryable = Pick<EntityManager, 'query'>;

export interface NewAlert {
  kind: PortalAlertKind;
  /** Of an overdue device. */
  deviceId: number | null;
  /** That cannot be reached. */
  source: string | null;
  subject: PortalAlertSubject;
  summary: string;
}

/**
 * Raises what is not raised yet, a millisecond before one another: a list that is paged by this instant loses none.
 * @returns their ids
 */
export async function insertAlerts(
  manager: EntityManager,
  alerts: readonly NewAlert[],
  now: Date,
): Promise<string[]> {
  if (alerts.length === 0) return [];
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO monitoring.alert (id, kind, device_id, source, subject, summary, raised_at)
     SELECT id, kind, device_id, source, subject, summary, $7::timestamptz - (place - 1) * INTERVAL '1 ms'
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::jsonb[], $6::text[])
       WITH ORDINALITY AS found (id, kind, device_id, source, subject, summary, place)
     WHERE NOT EXISTS (
       SELECT FROM monitoring.alert WHERE resolved_at IS NULL AND alert.kind = found.kind
         AND (alert.device_id = found.device_id OR alert.source = found.source))
     ORDER BY place RETURNING id`,
    [
      alerts.map(() => uuid()),
      alerts.map(({ kind }) => kind),
      alerts.map(({ deviceId }) => deviceId),
      alerts.map(({ source }) => source),
      alerts.map(({ subject }) => JSON.stringify(subject)),
      alerts.map(({ summary }) => summary),
      now,
    ],
  );
  return rows.map(({ id }) => id);
}

/**
 * Resolves the alerts of devices that are no longer overdue or no longer there.
 * @param overdue ids of the devices that are
 */
export function resolveDelivered(
  manager: EntityManager,
  overdue: readonly number[],
  now: Date,
): Promise<{ id: string }[]> {
  return manager.query(
    `WITH resolved AS (
       UPDATE monitoring.alert SET resolved_at = $2
       WHERE resolved_at IS NULL AND kind = 'overdue' AND (device_id IS NULL OR NOT device_id = ANY($1::int[]))
       RETURNING id, raised_at)
     SELECT id FROM resolved ORDER BY raised_at`,
    [overdue, now],
  );
}

/** Resolves the alerts of sources that work again. */
export function resolveWorking(manager: EntityManager, now: Date): Promise<{ id: string }[]> {
  return manager.query(
    `WITH resolved AS (
       UPDATE monitoring.alert SET resolved_at = $1
       WHERE resolved_at IS NULL AND kind = 'source-failed'
         AND NOT EXISTS (SELECT FROM monitoring.import_source_failure AS failure
           WHERE failure.source = alert.source AND noted_at > now() - INTERVAL '2 days')
       RETURNING id, raised_at)
     SELECT id FROM resolved ORDER BY raised_at`,
    [now],
  );
}

/** Newest first; one more than the limit where there are more. */
export async function selectAlerts(
  database: Queryable,
  { state, before, limit }: PortalAlertsQuery,
): Promise<PortalAlert[]> {
  const rows: AlertRow[] = await database.query(
    `SELECT id, kind, subject, summary, raised_at AS "raisedAt", resolved_at AS "resolvedAt" FROM monitoring.alert
     WHERE ($1 = 'all' OR ($1 = 'open') = (resolved_at IS NULL)) AND ($2::timestamptz IS NULL OR raised_at < $2)
     ORDER BY raised_at DESC, id LIMIT $3`,
    [state, before ?? null, limit + 1],
  );
  return rows.map((row) => ({
    ...row,
    raisedAt: row.raisedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  }));
}

type AlertRow = Omit<PortalAlert, 'raisedAt' | 'resolvedAt'> & { raisedAt: Date; resolvedAt: Date | null };
