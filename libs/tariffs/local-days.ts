import { Temporal } from 'temporal-polyfill';

/** A stretch of a day, [start, end) in epoch minutes, on which the clock runs without a change. */
interface ClockStretch {
  start: number;
  end: number;
  /** Minutes since midnight that the clock shows at the start. */
  clock: number;
}

/**
 * A day on a site's clock, [start, end) in minutes since 1970 UTC: 1,440 of them, 1,380 or 1,500 where the clock
 * changes. Offsets of time zones are whole minutes since 1972, so a minute of UTC is a minute of the clock.
 */
export interface LocalDay {
  /** `2026-03-29` */
  date: string;
  start: number;
  end: number;
  stretches: ClockStretch[];
}

/**
 * The days of a time zone from `from` up to and without `to`, both `2026-03-29`.
 * @throws RangeError for a time zone or date that there is not
 */
export function localDays(from: string, to: string, timeZone: string): LocalDay[] {
  const last = Temporal.PlainDate.from(to);
  let date = Temporal.PlainDate.from(from);
  let morning = date.toZonedDateTime(timeZone);
  let change = morning.getTimeZoneTransition('next');
  const days: LocalDay[] = [];
  while (Temporal.PlainDate.compare(date, last) < 0) {
    const next = date.add({ days: 1 });
    const nextMorning = next.toZonedDateTime(timeZone);
    const start = epochMinute(morning);
    const end = epochMinute(nextMorning);
    const stretches = [{ start, end, clock: clockMinute(morning) }];
    while (change !== null && epochMinute(change) < end) {
      splitAt(stretches, change);
      change = change.getTimeZoneTransition('next');
    }
    days.push({ date: date.toString(), start, end, stretches });
    date = next;
    morning = nextMorning;
  }
  return days;
}

/** First day of the month `2026-03` that is `months` later; earlier where negative. */
export function monthAfter(month: string, months: number): string {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString();
}

export function firstDayOf(month: string): string {
  return `${month}-01`;
}

export function daysInMonth(month: string): number {
  return Temporal.PlainYearMonth.from(month).daysInMonth;
}

/** The day after `2026-03-29`, or another one. */
export function dayAfter(date: string, days = 1): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** First minute of a day on the clock of a time zone, as minutes since 1970. */
export function startOfDay(date: string, timeZone: string): number {
  return epochMinute(Temporal.PlainDate.from(date).toZonedDateTime(timeZone));
}

function splitAt(stretches: ClockStretch[], change: Temporal.ZonedDateTime): void {
  const last = stretches.at(-1) as ClockStretch;
  const at = epochMinute(change);
  if (at <= last.start) return;
  stretches.push({ start: at, end: last.end, clock: clockMinute(change) });
  last.end = at;
}

function epochMinute(moment: Temporal.ZonedDateTime): number {
  return Math.floor(moment.epochMilliseconds / 60_000);
}

function clockMinute(moment: Temporal.ZonedDateTime): number {
  return moment.hour * 60 + moment.minute;
}
