import type { TariffDocument } from '#libs/contracts';
import { dayAfter, daysInMonth, type LocalDay } from './local-days.js';
import { DayPlans, type DayPlan, type HolidayCheck } from './day-plan.js';
import type { LoadProfile } from './load-profile.js';

/** A version of a tariff; both days are included, and null has no end. */
export interface TariffVersion {
  id: string;
  firstDay: string;
  lastDay: string | null;
  document: TariffDocument;
}

/** A day and what is charged on it by the clock. */
export interface PlannedDay {
  day: LocalDay;
  plan: DayPlan;
}

/**
 * The energy of a segment that has the same season, and the same period in every component. All lines are sums of
 * these whole numbers, so that the periods of a component add up to the energy that a levy is on.
 */
export interface EnergyCell {
  season: string;
  /** Per time-of-use component of the document. */
  periods: (string | null)[];
  /** mWh, a millionth of a kWh. */
  milliwattHours: number;
}

/** The days of one calendar month on which one version is valid. Months are what blocks and demand go by. */
export interface Segment {
  version: TariffVersion;
  /** `2026-03` */
  month: string;
  daysInMonth: number;
  days: PlannedDay[];
  energy: EnergyCell[];
}

/** Cuts the days at the ends of months and versions. `uncovered` are dates on which no version is valid. */
export function cutIntoSegments(
  days: readonly LocalDay[],
  versions: readonly TariffVersion[],
  profile: LoadProfile,
  isHoliday: HolidayCheck,
): { segments: Segment[]; uncovered: string[] } {
  const plans = new Map(versions.map(({ id, document }) => [id, new DayPlans(document, isHoliday)]));
  const segments: Segment[] = [];
  const uncovered: string[] = [];
  for (const day of days) {
    const version = versions.find((one) => isValidOn(one, day.date));
    if (version === undefined) {
      uncovered.push(day.date);
      continue;
    }
    const month = day.date.slice(0, 7);
    let segment = segments.at(-1);
    if (segment?.version !== version || segment.month !== month) {
      segment = { version, month, daysInMonth: daysInMonth(month), days: [], energy: [] };
      segments.push(segment);
    }
    segment.days.push({ day, plan: (plans.get(version.id) as DayPlans).planOf(day.date) });
  }
  for (const segment of segments) segment.energy = measure(segment.days, profile);
  return { segments, uncovered };
}

/** One day of a segment as a segment of its own. */
export function segmentOfDay(segment: Segment, planned: PlannedDay, profile: LoadProfile): Segment {
  const days = [planned];
  return { ...segment, days, energy: measure(days, profile) };
}

/** Dates in a row as ranges, end exclusive. */
export function dateRanges(dates: readonly string[]): { from: string; to: string }[] {
  const ranges: { from: string; to: string }[] = [];
  for (const date of dates) {
    const last = ranges.at(-1);
    if (last?.to === date) last.to = dayAfter(date);
    else ranges.push({ from: date, to: dayAfter(date) });
  }
  return ranges;
}

function isValidOn({ firstDay, lastDay }: TariffVersion, date: string): boolean {
  return firstDay <= date && (lastDay === null || date <= lastDay);
}

function measure(days: readonly PlannedDay[], profile: LoadProfile): EnergyCell[] {
  const cells = new Map<string, Omit<EnergyCell, 'milliwattHours'> & { kwh: number }>();
  for (const { day, plan } of days) {
    const kwh = energyByCell(day, plan, profile);
    for (const [index, periods] of plan.cells.entries()) {
      const key = JSON.stringify([plan.season, periods]);
      const cell = cells.get(key) ?? { season: plan.season, periods, kwh: 0 };
      cell.kwh += kwh[index] as number;
      cells.set(key, cell);
    }
  }
  return [...cells.values()].map(({ season, periods, kwh }) => ({
    season,
    periods,
    milliwattHours: Math.round(kwh * 1e6),
  }));
}

/** The hour that the clock shows twice has its period twice; the one it skips has none. */
function energyByCell(day: LocalDay, plan: DayPlan, { start, active }: LoadProfile): number[] {
  const kwh = plan.cells.map(() => 0);
  for (const stretch of day.stretches) {
    for (let minute = stretch.start; minute < stretch.end; minute++) {
      const cell = plan.cellOfMinute[stretch.clock + minute - stretch.start] as number;
      kwh[cell] = (kwh[cell] as number) + (active.amount[minute - start] ?? 0);
    }
  }
  return kwh;
}
