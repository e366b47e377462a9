export interface TimeRange {
  /** Epoch milliseconds, inclusive. */
  from: number;
  /** Epoch milliseconds, exclusive. */
  to: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/**
 * The 24 hours that end with the newest data. A meter whose clock runs ahead does not pull the range into the future:
 * it then ends now, at a whole minute, so that the range stays the same while a minute passes.
 */
export function lastDayOfData(lastTime: string, now: Date): TimeRange {
  const newest = new Date(lastTime).getTime();
  const latest = Math.ceil(now.getTime() / minuteMs) * minuteMs;
  const to = Math.min(newest + 1, latest);
  return { from: to - dayMs, to };
}
