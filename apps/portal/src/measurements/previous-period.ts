import { Temporal } from 'temporal-polyfill';
import { ZoneClock } from './zone-clock.js';

/** Epoch milliseconds; `to` exclusive. */
export interface Period {
  from: number;
  to: number;
}

interface Points {
  times: number[];
  values: number[];
}

/**
 * The period before: whole months before whole months (so a year before a year), else as long by the wall clock of the
 * zone, so that a day before a change of the clocks begins at the same hour.
 */
export function previousPeriod(timeZone: string, { from, to }: Period): Period {
  const [start, end] = [from, to].map((time) => wallClock(time, timeZone)) as [
    Temporal.PlainDateTime,
    Temporal.PlainDateTime,
  ];
  const length =
    isMonthStart(start) && isMonthStart(end)
      ? start.until(end, { largestUnit: 'months' })
      : start.until(end, { largestUnit: 'days' });
  return { from: start.subtract(length).toZonedDateTime(timeZone).epochMilliseconds, to: from };
}

/** Moves points of the period before onto this one, by the wall clock; what is longer than it is left out. */
export function overlay(timeZone: string, points: Points, before: Period, now: Period): Points {
  const clock = new ZoneClock(timeZone, before.from, now.to);
  const shift = clock.wallMs(now.from) - clock.wallMs(before.from);
  const moved: Points = { times: [], values: [] };
  for (const [index, time] of points.times.entries()) {
    const at = clock.instantOf(clock.wallMs(time) + shift);
    // The hour that the clocks repeat is there once only.
    if (at >= now.to || at <= (moved.times.at(-1) ?? -Infinity)) continue;
    moved.times.push(at);
    moved.values.push(points.values[index] as number);
  }
  return moved;
}

function wallClock(time: number, timeZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

function isMonthStart(time: Temporal.PlainDateTime): boolean {
  return time.day === 1 && time.toPlainTime().equals(new Temporal.PlainTime());
}
