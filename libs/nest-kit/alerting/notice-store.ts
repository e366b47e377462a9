import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Alerting } from './alerting.js';
import type { NoticeTarget, WaitingNotice } from './notice.js';
import { ALERTING } from './tokens.js';

type Queryable = Pick<EntityManager, 'query'>;

/** A webhook's address may hold a secret in its path: the history shows the host alone. */
const shownAddress = `CASE destination.type WHEN 'email' THEN address
  ELSE substring(address FROM '^https?://(?:[^/?#@]*@)?[^/?#@]+') END`;

const unsent = 'notice.sent_at IS NULL AND notice.given_up_at IS NULL';

/** The notices of alerts, in the schema of the app. */
@Injectable()
export class NoticeStore {
  private readonly schema: string;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(ALERTING) private readonly alerting: Alerting,
  ) {
    this.schema = alerting.schema;
  }

  /** Alerts that are raised and not resolved, by kind. */
  async countOpen(): Promise<Map<string, number>> {
    const rows: { kind: string; count: number }[] = await this.dataSource.query(
      `SELECT kind, count(*)::int AS count FROM ${this.schema}.alert WHERE resolved_at IS NULL GROUP BY kind`,
    );
    return new Map(rows.map(({ kind, count }) => [kind, count]));
  }

  /** For every destination that is enabled. */
  async insertRaisedNotices(manager: EntityManager, alertIds: readonly string[], now: Date): Promise<void> {
    await manager.query(
      `INSERT INTO ${this.schema}.alert_notice (alert_id, destination_id, destination, event, created_at, next_attempt_at)
       SELECT alert.id, destination.id, ${shownAddress}, 'raised', $2, $2
       FROM unnest($1::uuid[]) WITH ORDINALITY AS alert (id, place)
         CROSS JOIN ${this.schema}.alert_destination AS destination
       WHERE destination.enabled ORDER BY place`,
      [alertIds, now],
    );
  }

  /** For every destination that was told that it was raised, or still will be. */
  async insertResolvedNotices(manager: EntityManager, alertIds: readonly string[], now: Date): Promise<void> {
    if (alertIds.length === 0) return;
    await manager.query(
      `INSERT INTO ${this.schema}.alert_notice (alert_id, destination_id, destination, event, created_at, next_attempt_at)
       SELECT raised.alert_id, raised.destination_id, ${shownAddress}, 'resolved', $2, $2
       FROM unnest($1::uuid[]) WITH ORDINALITY AS alert (id, place)
         JOIN ${this.schema}.alert_notice AS raised ON raised.alert_id = alert.id AND raised.event = 'raised'
         JOIN ${this.schema}.alert_destination AS destination ON destination.id = raised.destination_id
       WHERE destination.enabled AND raised.given_up_at IS NULL ORDER BY place`,
      [alertIds, now],
    );
  }

  /** Destinations with a notice that is due. */
  selectDueDestinations(now: Date): Promise<NoticeTarget[]> {
    return this.dataSource.query(
      `SELECT id, type, address FROM ${this.schema}.alert_destination AS destination
       WHERE enabled AND EXISTS (SELECT FROM ${this.schema}.alert_notice AS notice
         WHERE destination_id = destination.id AND ${unsent} AND next_attempt_at <= $1) ORDER BY id`,
      [now],
    );
  }

  /** In the order of their events; what was resolved waits until it has been told that it was raised. */
  async selectDueNotices(destinationId: string, now: Date, limit: number): Promise<WaitingNotice[]> {
    const rows: NoticeRow[] = await this.dataSource.query(
      `SELECT notice.id::text, attempts, event, alert.id AS "alertId", kind, ${this.alerting.subject} AS subject, summary,
         raised_at AS "raisedAt", resolved_at AS "resolvedAt"
       FROM ${this.schema}.alert_notice AS notice JOIN ${this.schema}.alert ON alert.id = alert_id
       WHERE destination_id = $1 AND ${unsent} AND next_attempt_at <= $2
         AND (event = 'raised' OR NOT EXISTS (
           SELECT FROM ${this.schema}.alert_notice AS raised
           WHERE raised.alert_id = notice.alert_id AND raised.destination_id = $1 AND raised.event = 'raised'
             AND raised.sent_at IS NULL))
       ORDER BY notice.id LIMIT $3`,
      [destinationId, now, limit],
    );
    return rows.map(toWaiting);
  }

  /** Makes this process the one that sends to the destination, or goes on being it, for two minutes. */
  async holdDestination(id: string, sender: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `WITH held AS (
         UPDATE ${this.schema}.alert_destination SET sender = $2, sender_until = now() + INTERVAL '2 minutes'
         WHERE id = $1 AND (sender = $2 OR sender IS NULL OR sender_until < now()) RETURNING 1)
       SELECT FROM held`,
      [id, sender],
    );
    return rows.length > 0;
  }

  async releaseDestination(id: string, sender: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE ${this.schema}.alert_destination SET sender = NULL, sender_until = NULL WHERE id = $1 AND sender = $2`,
      [id, sender],
    );
  }

  async recordSent(manager: EntityManager, noticeIds: string[], now: Date): Promise<void> {
    await manager.query(
      `UPDATE ${this.schema}.alert_notice SET sent_at = $2, attempts = attempts + 1, last_error = NULL
       WHERE id = ANY($1::bigint[])`,
      [noticeIds, now],
    );
  }

  async recordFailed(
    manager: EntityManager,
    noticeIds: string[],
    nextAttemptAt: Date,
    message: string,
  ): Promise<void> {
    await manager.query(
      `UPDATE ${this.schema}.alert_notice SET attempts = attempts + 1, next_attempt_at = $2, last_error = $3
       WHERE id = ANY($1::bigint[])`,
      [noticeIds, nextAttemptAt, message],
    );
  }

  /** @param error null after a success, which ends the error that is shown */
  async recordOutcome(
    database: Queryable,
    destinationId: string,
    now: Date,
    error: string | null,
  ): Promise<void> {
    await database.query(
      `UPDATE ${this.schema}.alert_destination SET last_error = $3::text,
         last_error_at = CASE WHEN $3::text IS NULL THEN NULL ELSE $2::timestamptz END,
         last_sent_at = CASE WHEN $3::text IS NULL THEN $2::timestamptz ELSE last_sent_at END
       WHERE id = $1`,
      [destinationId, now, error],
    );
  }

  /**
   * Gives up what was written before `createdBefore` and could not be sent, and with it what was to follow it.
   * @returns how many by type of destination
   */
  giveUp(now: Date, createdBefore: Date): Promise<{ type: NoticeTarget['type']; count: number }[]> {
    return this.dataSource.query(
      `WITH given_up AS (
         UPDATE ${this.schema}.alert_notice AS notice
         SET given_up_at = $1, last_error = coalesce(notice.last_error, 'not sent within 24 hours')
         FROM ${this.schema}.alert_destination AS destination
         WHERE destination.id = notice.destination_id AND ${unsent}
           AND (notice.created_at < $2 OR EXISTS (
             SELECT FROM ${this.schema}.alert_notice AS raised
             WHERE raised.alert_id = notice.alert_id AND raised.destination_id = notice.destination_id
               AND raised.event = 'raised' AND raised.sent_at IS NULL
               AND (raised.given_up_at IS NOT NULL OR raised.created_at < $2)))
         RETURNING destination.type)
       SELECT type, count(*)::int AS count FROM given_up GROUP BY type`,
      [now, createdBefore],
    );
  }

  /** What was not sent to a destination that is no longer one. */
  async deleteUnsent(manager: EntityManager, destinationId: string): Promise<void> {
    await manager.query(
      `DELETE FROM ${this.schema}.alert_notice AS notice WHERE destination_id = $1 AND ${unsent}`,
      [destinationId],
    );
  }
}

interface NoticeRow {
  id: string;
  attempts: number;
  event: 'raised' | 'resolved';
  alertId: string;
  kind: string;
  subject: object;
  summary: string;
  raisedAt: Date;
  resolvedAt: Date | null;
}

function toWaiting(row: NoticeRow): WaitingNotice {
  const { id, attempts, event, alertId, kind, subject, summary, raisedAt, resolvedAt } = row;
  return {
    id,
    attempts,
    notice: {
      event,
      alertId,
      kind,
      subject,
      summary,
      raisedAt: raisedAt.toISOString(),
      // A raised notice that goes out late still says what was then.
      resolvedAt: event === 'raised' ? null : (resolvedAt?.toISOString() ?? null),
    },
  };
}
