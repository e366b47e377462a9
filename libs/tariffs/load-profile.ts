/**
 * What a group of channels measured, minute by minute. A minute is the finest that a tariff tells apart, so this is
 * exact, and a year of any number of channels is a few megabytes.
 */
export interface MeasuredSeries {
  /** kWh, kvarh or kVAh of each minute, of all channels together. */
  readonly amount: Float64Array;
  /** Of each minute, how many channels were measured; a part of a channel where it was for a part of the minute. */
  readonly covered: Float64Array;
  /** How many channels there are; where there are none, nothing is covered. */
  channels: number;
  /** Of each minute, how many of them were not there yet or any more, and so are not missed; undefined for none. */
  absent?: Float64Array;
}

/** The load of a site from one minute on; kVA from apparent power where it is measured, else from both others. */
export interface LoadProfile {
  /** First minute, since 1970 UTC. */
  readonly start: number;
  /** Number of minutes. */
  readonly minutes: number;
  readonly active: MeasuredSeries;
  readonly reactive?: MeasuredSeries;
  readonly apparent?: MeasuredSeries;
}

export function emptySeries(minutes: number): MeasuredSeries {
  return { amount: new Float64Array(minutes), covered: new Float64Array(minutes), channels: 0 };
}

/** A stretch in minutes since 1970 UTC, end exclusive. */
export interface MinuteRange {
  start: number;
  end: number;
}

/** Sums of samples differ in the last digits. */
const tolerance = 1e-6;

/** Share of the channels' time in the range that was measured: 1 is all of it. */
export function completeness(profile: LoadProfile, series: MeasuredSeries, range: MinuteRange): number {
  if (series.channels === 0 || range.end <= range.start) return 0;
  let covered = 0;
  let expected = 0;
  for (let minute = range.start; minute < range.end; minute++) {
    covered += series.covered[minute - profile.start] ?? 0;
    expected += expectedIn(series, minute - profile.start);
  }
  const share = covered / expected;
  return share > 1 - tolerance ? 1 : share;
}

/** Where at least one channel was not measured; in order, and none touches the next. */
export function missingRanges(
  profile: LoadProfile,
  series: MeasuredSeries,
  range: MinuteRange,
): MinuteRange[] {
  if (series.channels === 0) return range.start < range.end ? [{ ...range }] : [];
  const missing: MinuteRange[] = [];
  for (let minute = range.start; minute < range.end; minute++) {
    const index = minute - profile.start;
    if ((series.covered[index] ?? 0) > expectedIn(series, index) - tolerance) continue;
    const last = missing.at(-1);
    if (last?.end === minute) last.end = minute + 1;
    else missing.push({ start: minute, end: minute + 1 });
  }
  return missing;
}

/** How many channels should have measured in the minute; all of them where none was there, as nobody knows the load then. */
function expectedIn({ channels, absent }: MeasuredSeries, index: number): number {
  const there = channels - (absent?.[index] ?? 0);
  return there > tolerance ? there : channels;
}

/** What was measured in the range; nothing outside of the profile. */
export function amountIn(profile: LoadProfile, series: MeasuredSeries, range: MinuteRange): number {
  let sum = 0;
  for (let minute = range.start; minute < range.end; minute++) {
    sum += series.amount[minute - profile.start] ?? 0;
  }
  return sum;
}
