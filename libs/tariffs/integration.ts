import type { MeasuredSeries } from './load-profile.js';

/** Takes the samples of one channel in order of time and adds what they mean to a series. */
export interface ChannelIntegrator {
  /** @param timeMs epoch milliseconds, later than the one before */
  add(timeMs: number, value: number): void;
  /** Call once after the last sample. */
  finish(): void;
}

export interface IntegrationTarget {
  series: MeasuredSeries;
  /** First minute of the series, since 1970 UTC. */
  startMinute: number;
  /** The longest that a sample may stand for, and two readings may be apart: twice the sample period. */
  holdMs: number;
  /** What a value is multiplied by: 0.001 for W or Wh. */
  kilo: number;
}

/** Power: a sample holds from its time until the next, at most `holdMs`; what follows then is a gap. */
export function integratePower(target: IntegrationTarget): ChannelIntegrator {
  const { holdMs, kilo } = target;
  target.series.channels += 1;
  let since = Number.NaN;
  let power = 0;
  const holdUntil = (timeMs: number) => {
    const untilMs = Math.min(timeMs, since + holdMs);
    spread(target, since, untilMs, (power * kilo * (untilMs - since)) / 3_600_000, true);
  };
  return {
    add(timeMs, value) {
      if (!Number.isNaN(since)) holdUntil(timeMs);
      since = Number.isFinite(value) ? timeMs : Number.NaN;
      power = value;
    },
    finish() {
      if (!Number.isNaN(since)) holdUntil(Number.POSITIVE_INFINITY);
    },
  };
}

/**
 * Energy register: the difference of two readings, evenly between them; a decrease is a reset, and the register has
 * counted from 0 since. Readings further apart than `holdMs` still say how much, but not when: the stretch between
 * them is billed, and counts as not measured.
 */
export function integrateRegister(target: IntegrationTarget): ChannelIntegrator {
  const { holdMs, kilo } = target;
  target.series.channels += 1;
  let since = Number.NaN;
  let reading = 0;
  return {
    add(timeMs, value) {
      if (!Number.isFinite(value)) return;
      if (!Number.isNaN(since)) {
        const energy = (value >= reading ? value - reading : value) * kilo;
        spread(target, since, timeMs, energy, timeMs - since <= holdMs);
      }
      since = timeMs;
      reading = value;
    },
    finish() {},
  };
}

/** Notes that one channel was not there in [fromMs, toMs), so that nobody misses it; the ends may be infinite. */
export function markAbsent(
  { series, startMinute }: Pick<IntegrationTarget, 'series' | 'startMinute'>,
  fromMs: number,
  toMs: number,
): void {
  const minutes = series.amount.length;
  forEachMinute(startMinute, minutes, fromMs, toMs, (index, ms) => {
    const absent = (series.absent ??= new Float64Array(minutes));
    absent[index] = (absent[index] as number) + ms / 60_000;
  });
}

/** Shares an amount out over the minutes of [fromMs, toMs), by the time that each has of it. */
function spread(
  { series, startMinute }: IntegrationTarget,
  fromMs: number,
  toMs: number,
  amount: number,
  isCovered: boolean,
): void {
  const perMs = amount / (toMs - fromMs);
  forEachMinute(startMinute, series.amount.length, fromMs, toMs, (index, ms) => {
    series.amount[index] = (series.amount[index] as number) + perMs * ms;
    if (isCovered) series.covered[index] = (series.covered[index] as number) + ms / 60_000;
  });
}

/** Calls for each minute that [fromMs, toMs) has a part of, with its index and the length of the part. */
function forEachMinute(
  startMinute: number,
  minutes: number,
  fromMs: number,
  toMs: number,
  take: (index: number, ms: number) => void,
): void {
  const startMs = startMinute * 60_000;
  const end = Math.min(toMs, startMs + minutes * 60_000);
  for (let at = Math.max(fromMs, startMs); at < end;) {
    const minute = Math.floor(at / 60_000);
    const until = Math.min(end, (minute + 1) * 60_000);
    take(minute - startMinute, until - at);
    at = until;
  }
}
