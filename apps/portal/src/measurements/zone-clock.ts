import { Temporal } from 'temporal-polyfill';

/** A day of a time zone: 23 or 25 hours long where the clocks change. */
export interface LocalDay {
  /** `2026-03-29` */
  day: string;
  /** Epoch milliseconds, inclusive. */
  start: number;
  /** Epoch milliseconds, exclusive. */
  end: number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Every day of the zone that has a part in `[from, to)`, whole. */
export function localDays(timeZone: string, from: number, to: number): LocalDay[] {
  const days: LocalDay[] = [];
  let date = zoned(from, timeZone).toPlainDate();
  let start = midnight(date, timeZone);
  while (start < to) {
    const next = date.add({ days: 1 });
    const end = midnight(next, timeZone);
    days.push({ day: date.toString(), start, end });
    [date, start] = [next, end];
  }
  return days;
}

function midnight(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}

function zoned(time: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
}

/** The wall clock of a zone over a range: thousands of instants are asked for, so the zone's rules only once. */
export class ZoneClock {
  /** Offsets from UTC in milliseconds, each from its time on. */
  readonly #segments: { from: number; offsetMs: number }[] = [];

  /** The range may be left by days; what lies behind a change of the clocks outside of it is off by that change. */
  constructor(timeZone: string, from: number, to: number) {
    let at: Temporal.ZonedDateTime | null = zoned(from, timeZone);
    this.#segments.push({ from: -Infinity, offsetMs: offsetOf(at) });
    for (;;) {
      at = at.getTimeZoneTransition('next');
      if (at === null || at.epochMilliseconds >= to) return;
      this.#segments.push({ from: at.epochMilliseconds, offsetMs: offsetOf(at) });
    }
  }

  /** The reading of the wall clock as if it were UTC, epoch milliseconds. */
  wallMs(time: number): number {
    return time + this.#offsetMs(time);
  }

  /** The instant at which the wall clock reads that; the earlier one where it does so twice. */
  instantOf(wallMs: number): number {
    const candidates = this.#segments.map(({ offsetMs }) => wallMs - offsetMs);
    const exact = candidates.filter((time) => this.wallMs(time) === wallMs);
    return exact.length > 0 ? Math.min(...exact) : wallMs - this.#offsetMs(wallMs);
  }

  /** 0 on Monday to 6 on Sunday. */
  weekday(time: number): number {
    // 1970-01-01 was a Thursday.
    return (Math.floor(this.wallMs(time) / dayMs) + 3) % 7;
  }

  /** 0 to 23. */
  hour(time: number): number {
    return Math.floor((this.wallMs(time) % dayMs) / hourMs);
  }

  #offsetMs(time: number): number {
    let offset = 0;
    for (const segment of this.#segments) {
      if (segment.from > time) break;
      offset = segment.offsetMs;
    }
    return offset;
  }
}

function offsetOf(at: Temporal.ZonedDateTime): number {
  return at.offsetNanoseconds / 1e6;
}
