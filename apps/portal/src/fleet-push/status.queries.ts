import type { DataSource } from 'typeorm';
import type { FleetPushStatus, ReconcileReason } from '#libs/contracts';

/** What the gauges show. */
export interface OutboxSize {
  batches: number;
  rows: number;
  oldestAgeSeconds: number;
  quarantinedRows: number;
}

export async function selectOutboxSize(dataSource: DataSource): Promise<OutboxSize> {
  const [size]: OutboxSize[] = await dataSource.query(
    `SELECT count(*)::int AS batches, coalesce(sum(rows), 0)::float8 AS rows,
       coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS "oldestAgeSeconds",
       (SELECT coalesce(sum(rows), 0) FROM monitoring.outbox_quarantine)::float8 AS "quarantinedRows"
     FROM monitoring.outbox`,
  );
  if (size === undefined) throw new Error('an aggregate without groups has one row');
  return size;
}

/** All of the status that is in the database. */
export async function selectStatus(
  dataSource: DataSource,
): Promise<Omit<FleetPushStatus, 'enabled' | 'url'>> {
  const [row]: StatusRow[] = await dataSource.query(
    `SELECT outbox.*, quarantine.*, sent_batches::float8 AS "sentBatches", sent_rows::float8 AS "sentRows",
       last_sent_at AS "lastSentAt", enabled, hold,
       CASE WHEN state.retry_at > clock_timestamp() THEN state.retry_at END AS "retryAt",
       last_error_at AS "errorAt", last_error_code AS "errorCode", last_error_message AS "errorMessage",
       last_error_remedy AS "errorRemedy", reconcile.reason, reconcile.started_at AS "startedAt",
       reconcile.finished_at AS "finishedAt", windows_done AS "windowsDone", windows_total AS "windowsTotal",
       rows_queued::float8 AS "rowsQueued"
     FROM monitoring.fleet_push_state AS state
       CROSS JOIN (SELECT count(*)::int AS "unsentBatches", coalesce(sum(rows), 0)::float8 AS "unsentRows",
                     min(created_at) AS "oldestUnsentAt" FROM monitoring.outbox) AS outbox
       CROSS JOIN (SELECT count(*)::int AS "quarantinedBatches", coalesce(sum(rows), 0)::float8 AS "quarantinedRows"
                   FROM monitoring.outbox_quarantine) AS quarantine
       LEFT JOIN monitoring.fleet_reconcile AS reconcile ON true`,
  );
  if (row === undefined) throw new Error('monitoring.fleet_push_state has no row');
  return {
    unsentBatches: row.unsentBatches,
    unsentRows: row.unsentRows,
    quarantinedBatches: row.quarantinedBatches,
    quarantinedRows: row.quarantinedRows,
    oldestUnsentAt: row.oldestUnsentAt?.toISOString() ?? null,
    sentBatches: row.sentBatches,
    sentRows: row.sentRows,
    lastSentAt: row.lastSentAt?.toISOString() ?? null,
    state: stateOf(row),
    retryAt: row.retryAt?.toISOString() ?? null,
    lastError: row.errorAt && {
      at: row.errorAt.toISOString(),
      code: row.errorCode ?? '',
      message: row.errorMessage ?? '',
      remedy: row.errorRemedy ?? '',
    },
    reconcile: row.startedAt && {
      reason: row.reason,
      startedAt: row.startedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      windowsDone: row.windowsDone,
      windowsTotal: row.windowsTotal,
      rowsQueued: row.rowsQueued,
    },
  };
}

function stateOf({
  enabled,
  hold,
  unsentBatches,
  startedAt,
  finishedAt,
}: StatusRow): FleetPushStatus['state'] {
  if (!enabled) return 'disabled';
  if (hold !== null) return hold;
  const isComparing = startedAt !== null && finishedAt === null;
  return unsentBatches > 0 || isComparing ? 'sending' : 'idle';
}

interface StatusRow {
  unsentBatches: number;
  unsentRows: number;
  quarantinedBatches: number;
  quarantinedRows: number;
  oldestUnsentAt: Date | null;
  sentBatches: number;
  sentRows: number;
  lastSentAt: Date | null;
  enabled: boolean;
  hold: 'held' | 'backing-off' | null;
  retryAt: Date | null;
  errorAt: Date | null;
  errorCode: string | null;
  errorMessage: string | null;
  errorRemedy: string | null;
  reason: ReconcileReason;
  startedAt: Date | null;
  finishedAt: Date | null;
  windowsDone: number;
  windowsTotal: number;
  rowsQueued: number;
}
