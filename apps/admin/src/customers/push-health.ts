import type { PushHealth } from '#libs/contracts';

/** Three missed pushes of the default interval. */
const lateAfterMs = 180_000;

export interface PushTimes {
  disabledAt: Date | null;
  lastContactAt: Date | null;
  lastAcceptedAt: Date | null;
  lastRefusedAt: Date | null;
}

/**
 * Derived from timestamps at the moment of the question, so that it cannot be out of date.
 * @param now epoch milliseconds
 */
export function derivePushHealth(times: PushTimes, now: number): PushHealth {
  if (times.disabledAt !== null) return 'disabled';
  if (times.lastContactAt === null) return 'never-connected';
  if (now - times.lastContactAt.getTime() > lateAfterMs) return 'late';
  if (times.lastRefusedAt !== null && times.lastRefusedAt > (times.lastAcceptedAt ?? new Date(0)))
    return 'rejecting';
  return 'healthy';
}
