import type { DataSource, EntityManager } from 'typeorm';
import type { PortalAuditAction, PortalAuditEvent, PortalAuditQuery } from '#libs/contracts';

/** What somebody did, as it is recorded. */
export interface RecordedAction {
  /** E-mail of who did it. */
  account: string;
  action: PortalAuditAction;
  /** What it was done to, as people call it: an e-mail, `site north`. */
  subject?: string | null;
  /** One line for people; never a secret. */
  summary: string;
  requestId?: string | null;
}

export async function insertAuditEvent(manager: EntityManager, event: RecordedAction): Promise<void> {
  await manager.query(
    `INSERT INTO monitoring.audit_event (account, action, subject, summary, request_id) VALUES ($1, $2, $3, $4, $5)`,
    [event.account, event.action, event.subject ?? null, event.summary, event.requestId ?? null],
  );
}

/** Newest first. */
export async function selectAuditEvents(
  dataSource: DataSource,
  query: PortalAuditQuery,
): Promise<PortalAuditEvent[]> {
  const { account = null, action = null, subject = null, before = null, limit } = query;
  const rows: (Omit<PortalAuditEvent, 'at'> & { at: Date })[] = await dataSource.query(
    `SELECT id::float8 AS id, at, account, action, subject, summary, request_id AS "requestId"
     FROM monitoring.audit_event
     WHERE ($1::text IS NULL OR account = $1) AND ($2::text IS NULL OR action = $2)
       AND ($3::text IS NULL OR strpos(lower(subject), lower($3)) > 0) AND ($4::bigint IS NULL OR id < $4)
     ORDER BY audit_event.id DESC LIMIT $5`,
    [account, action, subject, before, limit],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
