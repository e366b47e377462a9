import { variable, type Values } from '#libs/config';
import type { HealthThresholds } from './push-health.js';

const seconds = variable.integer(1, 30 * 86_400);

/** When push health calls a customer what; docs/reference/push-health.md explains the states. */
export const healthVariables = {
  HEALTH_LATE_SECONDS: seconds('Silence after which a customer is late, seconds.', { default: '180' }),
  HEALTH_OFFLINE_SECONDS: seconds('Silence after which a customer is offline, seconds.', { default: '3600' }),
  HEALTH_BACKLOG_SECONDS: seconds('Age of the oldest unsent entry after which a customer is late, seconds.', {
    default: '900',
  }),
  HEALTH_RECOVERY_SECONDS: seconds('How long all must be well before a bad state is left, seconds.', {
    default: '300',
  }),
  HEALTH_STALE_HOURS: variable.integer(1, 24 * 365)(
    'Age of the newest measurement after which data is stale, hours.',
    { default: '48' },
  ),
};

export function healthThresholds(values: Values<typeof healthVariables>): HealthThresholds {
  return {
    lateSeconds: values.HEALTH_LATE_SECONDS,
    offlineSeconds: values.HEALTH_OFFLINE_SECONDS,
    backlogSeconds: values.HEALTH_BACKLOG_SECONDS,
    recoverySeconds: values.HEALTH_RECOVERY_SECONDS,
    staleHours: values.HEALTH_STALE_HOURS,
  };
}
