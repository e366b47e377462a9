import type { SiteEnergy } from '#libs/contracts';
import { localDays, ZoneClock } from './zone-clock.js';

/** What all channels that count say together of one slot of time. */
export interface Slot {
  /** Begin, epoch milliseconds. */
  time: number;
  energyWh: number;
  /** Sum over the channels of the time that their samples cover; of n channels at most n slots. */
  coveredSeconds: number;
  /** How many channels have a sample in it. */
  channels: number;
}

export interface AnalysisOptions {
  timeZone: string;
  /** Epoch milliseconds; whole slots. */
  from: number;
  to: number;
  /** What is still to come is not missing. */
  now: number;
  slotSeconds: number;
  /** How many channels count. */
  channelCount: number;
}

export type LoadAnalysis = Pick<
  SiteEnergy,
  'energyWh' | 'completeness' | 'days' | 'profile' | 'baseLoadW' | 'peak'
>;

/** A slot that is covered less than this says nothing of the load. */
const coveredShare = 0.9;
const baseLoadPercentile = 0.05;

/** Energy, completeness, load profile, base load and peak of a range, in the zone of its site. */
export function analyseLoad(slots: readonly Slot[], options: AnalysisOptions): LoadAnalysis {
  const loads = wholeLoads(slots, options);
  return {
    energyWh: slots.length === 0 ? null : rounded(sum(slots.map(({ energyWh }) => energyWh))),
    completeness: completenessOf(slots, options.from, options.to, options),
    days: byDay(slots, options),
    profile: profileOf(loads, options),
    baseLoadW: baseLoadOf(loads),
    peak: peakOf(slots, options),
  };
}

interface Load {
  time: number;
  powerW: number;
}

/** Mean power of the slots that are covered, by the channels that measured at all in the range. */
function wholeLoads(slots: readonly Slot[], { slotSeconds }: AnalysisOptions): Load[] {
  const active = slots.reduce((most, { channels }) => Math.max(most, channels), 0);
  const needed = coveredShare * active * slotSeconds;
  return slots
    .filter(({ coveredSeconds }) => coveredSeconds >= needed && coveredSeconds > 0)
    .map(({ time, energyWh, coveredSeconds }) => ({
      time,
      powerW: (energyWh * 3_600 * active) / coveredSeconds,
    }));
}

function byDay(slots: readonly Slot[], options: AnalysisOptions): SiteEnergy['days'] {
  const days = localDays(options.timeZone, options.from, options.to);
  let next = 0;
  return days.flatMap(({ day, start, end }) => {
    const first = next;
    while (next < slots.length && (slots[next]?.time ?? Infinity) < end) next += 1;
    const ofDay = slots.slice(first, next);
    if (ofDay.length === 0) return [];
    const coverage = completenessOf(ofDay, Math.max(start, options.from), Math.min(end, options.to), options);
    return [{ day, energyWh: rounded(sum(ofDay.map(({ energyWh }) => energyWh))), coverage }];
  });
}

/** Covered time ÷ time up to now. */
function completenessOf(
  slots: readonly Slot[],
  from: number,
  to: number,
  { now, slotSeconds, channelCount }: AnalysisOptions,
): number {
  // The slot that runs has begun: its samples are no more than its time.
  const until = Math.min(to, Math.ceil(now / slotSeconds / 1_000) * slotSeconds * 1_000);
  const seconds = ((until - from) / 1_000) * channelCount;
  if (seconds <= 0) return 0;
  const covered = sum(slots.map(({ coveredSeconds }) => coveredSeconds));
  return Math.min(1, Math.round((covered / seconds) * 1e4) / 1e4);
}

function profileOf(loads: readonly Load[], { timeZone, from, to }: AnalysisOptions): SiteEnergy['profile'] {
  const clock = new ZoneClock(timeZone, from, to);
  const cells = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => ({ sum: 0, count: 0 })));
  for (const { time, powerW } of loads) {
    const cell = cells[clock.weekday(time)]?.[clock.hour(time)];
    if (cell === undefined) continue;
    cell.sum += powerW;
    cell.count += 1;
  }
  return cells.map((row) =>
    row.map(({ sum: total, count }) => (count === 0 ? null : rounded(total / count))),
  );
}

function baseLoadOf(loads: readonly Load[]): number | null {
  const ascending = loads.map(({ powerW }) => powerW).sort((a, b) => a - b);
  const value = ascending[Math.ceil(baseLoadPercentile * ascending.length) - 1];
  return value === undefined ? null : rounded(value);
}

/** What was certainly drawn: in a slot that is covered in part, the rest counts as nothing. */
function peakOf(slots: readonly Slot[], { slotSeconds, channelCount }: AnalysisOptions): SiteEnergy['peak'] {
  let peak: Load | undefined;
  for (const { time, energyWh, coveredSeconds } of slots) {
    const seconds = Math.max(slotSeconds, coveredSeconds / channelCount);
    const powerW = (energyWh * 3_600) / seconds;
    if (peak === undefined || powerW > peak.powerW) peak = { time, powerW };
  }
  return peak === undefined
    ? null
    : { powerW: rounded(peak.powerW), time: new Date(peak.time).toISOString() };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Thousandths: more only makes the answer longer. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
