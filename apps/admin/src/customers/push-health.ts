import type { PushHealth } from '#libs/contracts';

/** From which age on something counts; docs/reference/push-health.md explains each. */
export interface HealthThresholds {
  /** Silence after which a customer is late, seconds. */
  lateSeconds: number;
  /** Silence after which a customer is offline, seconds. */
  offlineSeconds: number;
  /** Age of the oldest unsent entry after which a customer is late, seconds. */
  backlogSeconds: number;
  /** How long all must have been well before a bad state is left, seconds. */
  recoverySeconds: number;
  /** Age of the newest measurement after which data is stale, hours. */
  staleHours: number;
}

/** Injection token of the `HealthThresholds` that are configured. */
export const HEALTH_THRESHOLDS = Symbol('HealthThresholds');

/** Worst first: the order in which a list sorted by health shows customers. */
const healthBySeverity: readonly PushHealth[] = [
  'auth-failing',
  'offline',
  'rejecting',
  'late',
  'stale',
  'never-connected',
  'healthy',
  'disabled',
];

/**
 * The one definition of push health, as an SQL expression of type text over a row of `fleet.customer`. Whoever asks,
 * a list, a count, a metric or an alert, asks with it. The first state that applies is the one.
 * @param customer alias of the table in the statement, a constant of ours
 * @param now SQL of the moment of the question, a constant of ours
 * @throws Error when a threshold is not a whole number
 */
export function pushHealthSql(thresholds: HealthThresholds, customer = 'customer', now = 'now()'): string {
  const ago = (seconds: number) => `${now} - INTERVAL '${wholeNumber(seconds)} seconds'`;
  const { lateSeconds, offlineSeconds, backlogSeconds, recoverySeconds, staleHours } = thresholds;
  const at = (column: string) => `${customer}.${column}`;
  const contact = at('last_contact_at');
  const failed = at('last_auth_failed_at');
  const rejected = at('last_rejected_at');
  // As of the last contact: between two contacts an age that is about the limit would come and go.
  const backlogAge = `${contact} - ${at('oldest_unsent_at')}`;
  return `CASE
    WHEN ${at('disabled_at')} IS NOT NULL THEN 'disabled'
    WHEN ${failed} > ${ago(recoverySeconds)}
      OR (${failed} > coalesce(${contact}, '-infinity') AND ${failed} > ${ago(offlineSeconds)}) THEN 'auth-failing'
    WHEN ${contact} IS NULL THEN 'never-connected'
    WHEN ${contact} < ${ago(offlineSeconds)} THEN 'offline'
    WHEN ${contact} < ${ago(lateSeconds)}
      OR ${at('contact_resumed_at')} > ${ago(recoverySeconds)}
      OR ${backlogAge} > INTERVAL '${wholeNumber(backlogSeconds)} seconds' THEN 'late'
    WHEN ${rejected} > coalesce(${at('last_accepted_at')}, '-infinity')
      OR ${rejected} > ${ago(recoverySeconds)} THEN 'rejecting'
    WHEN coalesce(${at('newest_data_at')}, ${at('created_at')}) < ${ago(staleHours * 3_600)} THEN 'stale'
    ELSE 'healthy' END`;
}

/** How far the newest measurement is behind, 0 when it is ahead; `greatest` alone would make 0 of nothing. */
export const lagSecondsSql = `CASE WHEN newest_data_at IS NOT NULL
  THEN greatest(0, extract(epoch FROM now() - newest_data_at))::float8 END`;

/** SQL of how bad a health is: 1 for the worst. */
export function healthRankSql(health: string): string {
  return `array_position(ARRAY['${healthBySeverity.join("','")}'], ${health})`;
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not a whole number`);
  return value;
}
