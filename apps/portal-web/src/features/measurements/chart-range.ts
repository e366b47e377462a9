import { Temporal } from 'temporal-polyfill';
import type { TimeRange } from '#libs/ui';

export type Calendar = 'day' | 'week' | 'month' | 'year';

/** What the charts show: a day, week, month or year of the site's calendar, or any other range. */
export interface ChartRange extends TimeRange {
  kind: Calendar | 'custom';
}

export const calendars: readonly Calendar[] = ['day', 'week', 'month', 'year'];

const lengths = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  year: { years: 1 },
} as const;

const leastMs = 60_000;
const dayMs = 86_400_000;
/** As the API has it. */
export const maxRangeDays = 2_000;

/** The day, week (from Monday), month or year of the zone that the instant is in. */
export function calendarRange(kind: Calendar, instant: number, timeZone: string): ChartRange {
  return rangeFrom(kind, startOf(kind, zoned(instant, timeZone).toPlainDate()), timeZone);
}

/** The range before (-1) or after (1), as long. */
export function stepRange(range: ChartRange, direction: 1 | -1, timeZone: string): ChartRange {
  if (range.kind === 'custom') {
    const length = direction * (range.to - range.from);
    return { kind: 'custom', from: range.from + length, to: range.to + length };
  }
  const start = zoned(range.from, timeZone).toPlainDate();
  const { kind } = range;
  return rangeFrom(
    kind,
    direction === 1 ? start.add(lengths[kind]) : start.subtract(lengths[kind]),
    timeZone,
  );
}

/** Half or twice as long, about the same middle. */
export function zoomRange({ from, to }: TimeRange, direction: 'in' | 'out'): ChartRange {
  const quarter = (to - from) / 4;
  const by = direction === 'in' ? quarter : -2 * quarter;
  return customRange(from + by, to - by);
}

/** Whole minutes, at least one, at most as long as the API takes. */
export function customRange(from: number, to: number): ChartRange {
  const start = Math.floor(from / leastMs) * leastMs;
  const end = Math.max(Math.ceil(to / leastMs) * leastMs, start + leastMs);
  return { kind: 'custom', from: start, to: Math.min(end, start + maxRangeDays * dayMs) };
}

/** Whole days about the range, a week at least: bars and profiles of less say nothing. */
export function wholeDays(range: ChartRange, timeZone: string): TimeRange {
  const first = zoned(range.from, timeZone).toPlainDate();
  const last = zoned(range.to - 1, timeZone).toPlainDate();
  if (first.until(last).days + 1 >= 7) {
    return { from: midnight(first, timeZone), to: midnight(last.add({ days: 1 }), timeZone) };
  }
  return calendarRange('week', range.to - 1, timeZone);
}

/** First day of the range and the one after its last, on the zone's calendar: `2026-03-01`. */
export function daysOf({ from, to }: TimeRange, timeZone: string): { from: string; to: string } {
  const [first, last] = [from, to - 1].map((instant) => zoned(instant, timeZone).toPlainDate());
  return { from: String(first), to: String(last?.add({ days: 1 })) };
}

/** The range that the address keeps; without one the day of the newest data. */
export function readRange(params: URLSearchParams, timeZone: string, newest: number): ChartRange {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(params.get(name) ?? '')) as [number, number];
  if (from < to) return customRange(from, to);
  const kind = calendars.find((one) => one === params.get('range')) ?? 'day';
  return calendarRange(kind, readDay(params.get('at'), timeZone) ?? newest, timeZone);
}

/** What the address keeps of a range. */
export function rangeParams(range: ChartRange, timeZone: string): Record<string, string> {
  if (range.kind === 'custom') {
    return { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
  }
  return { range: range.kind, at: zoned(range.from, timeZone).toPlainDate().toString() };
}

/** `2026-05-06T14:30` of the zone's wall clock, as a field for date and time has it. */
export function wallClockText(instant: number, timeZone: string): string {
  return zoned(instant, timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The instant of such a text; undefined when it is none. */
export function instantOfText(text: string, timeZone: string): number | undefined {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return undefined;
  }
}

function readDay(text: string | null, timeZone: string): number | undefined {
  return text === null ? undefined : instantOfText(text, timeZone);
}

function startOf(kind: Calendar, date: Temporal.PlainDate): Temporal.PlainDate {
  if (kind === 'week') return date.subtract({ days: date.dayOfWeek - 1 });
  if (kind === 'month') return date.with({ day: 1 });
  return kind === 'year' ? date.with({ month: 1, day: 1 }) : date;
}

function rangeFrom(kind: Calendar, start: Temporal.PlainDate, timeZone: string): ChartRange {
  return { kind, from: midnight(start, timeZone), to: midnight(start.add(lengths[kind]), timeZone) };
}

function midnight(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}

function zoned(instant: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(timeZone);
}
