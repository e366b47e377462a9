import { Temporal } from 'temporal-polyfill';

/** A stretch of the local clock, [start, end) in seconds, on which one rule turns it into UTC. */
export interface ZoneSegment {
  /**
   * `fold`: the clock shows this stretch twice; `gap`: it skips it.
   * Both have two offsets: the one before the transition and the one after it.
   */
  kind: 'plain' | 'fold' | 'gap';
  start: number;
  end: number;
  /** Seconds to subtract from the local clock to get UTC. */
  offsetBefore: number;
  offsetAfter: number;
}

const firstInstant = Date.UTC(1999, 11, 1);
/** Two-digit years end with 2099; beyond it lies only the western rest of that day. */
const lastInstant = Date.UTC(2100, 1, 1);

/**
 * The local clock of a time zone from 2000 to 2099, cut at its transitions, in order and without holes.
 * About 400 segments for a zone with daylight saving.
 * @throws RangeError for a time zone that is not known.
 */
export function zoneSegments(timeZone: string): ZoneSegment[] {
  let moment = Temporal.Instant.fromEpochMilliseconds(firstInstant).toZonedDateTimeISO(timeZone);
  let offset = offsetSeconds(moment);
  let start = Number.NEGATIVE_INFINITY;
  const segments: ZoneSegment[] = [];
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > lastInstant) break;
    const after = offsetSeconds(next);
    const transition = next.epochMilliseconds / 1000;
    const from = transition + Math.min(offset, after);
    const to = transition + Math.max(offset, after);
    if (after !== offset) {
      segments.push({ kind: 'plain', start, end: from, offsetBefore: offset, offsetAfter: offset });
      const kind = after < offset ? 'fold' : 'gap';
      segments.push({ kind, start: from, end: to, offsetBefore: offset, offsetAfter: after });
      start = to;
      offset = after;
    }
    moment = next;
  }
  const end = Number.POSITIVE_INFINITY;
  segments.push({ kind: 'plain', start, end, offsetBefore: offset, offsetAfter: offset });
  return segments;
}

/** The name as the tz database spells it ('europe/paris' → 'Europe/Paris'), or null for an unknown zone. */
export function canonicalTimeZone(name: string): string | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}

function offsetSeconds(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1e9;
}
