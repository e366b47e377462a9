import type { DataSource, EntityManager } from 'typeorm';
import type { AuditAction, AuditEvent, AuditQuery } from '#libs/contracts';

/** What an operator did, as it is recorded. */
export interface RecordedAction {
  /** E-mail of who did it. */
  account: string;
  action: AuditAction;
  /** Code of the customer it was about. */
  customer?: string | null;
  /** One line for people; never a secret. */
  summary: string;
  requestId?: string | null;
}

export async function insertAuditEvent(manager: EntityManager, event: RecordedAction): Promise<void> {
  await manager.query(
    `INSERT INTO fleet.audit_event (account, action, customer, summary, request_id) VALUES ($1, $2, $3, $4, $5)`,
    [event.account, event.action, event.customer ?? null, event.summary, event.requestId ?? null],
  );
}

/** Newest first. */
export async function selectAuditEvents(dataSource: DataSource, query: AuditQuery): Promise<AuditEvent[]> {
  const rows: (Omit<AuditEvent, 'at'> & { at: Date })[] = await dataSource.query(
    `SELECT id::float8 AS id, at, account, action, customer, summary, request_id AS "requestId"
     FROM fleet.audit_event
     WHERE ($1::text IS NULL OR customer = $1) AND ($2::text IS NULL OR account = $2)
       AND ($3::text IS NULL OR action = $3) AND ($4::bigint IS NULL OR id < $4)
     ORDER BY audit_event.id DESC LIMIT $5`,
    [query.customer ?? null, query.account ?? null, query.action ?? null, query.before ?? null, query.limit],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
