import type { ComputedBill, TariffDocument } from '#libs/contracts';
import { computeBill, type BillQuestion } from './bill.js';
import { emptySeries, type LoadProfile } from './load-profile.js';
import { dayAfter, localDays } from './local-days.js';

/** A day as a load that somebody has typed: kWh of each hour of the clock. */
export interface SampleDay {
  day: string;
  timeZone: string;
  /** 24 numbers; an hour that the day has twice counts twice, and one that it skips not at all. */
  hourlyKwh: readonly number[];
}

/** What the day would cost by the document: its energy, and its part of what is charged by the month. */
export function priceSampleDay(
  document: TariffDocument,
  sample: SampleDay,
  { subscribed, isHoliday }: Pick<BillQuestion, 'subscribed' | 'isHoliday'>,
): ComputedBill {
  const { day, timeZone } = sample;
  return computeBill({
    from: day,
    to: dayAfter(day),
    timeZone,
    versions: [{ id: 'sample', firstDay: day, lastDay: day, document }],
    profile: profileOf(sample),
    subscribed,
    isHoliday,
  });
}

function profileOf({ day, timeZone, hourlyKwh }: SampleDay): LoadProfile {
  const [local] = localDays(day, dayAfter(day), timeZone);
  const start = local?.start ?? 0;
  const minutes = (local?.end ?? 0) - start;
  const active = emptySeries(minutes);
  active.channels = 1;
  active.covered.fill(1);
  for (const stretch of local?.stretches ?? []) {
    for (let minute = stretch.start; minute < stretch.end; minute++) {
      const hour = Math.floor((stretch.clock + minute - stretch.start) / 60);
      active.amount[minute - start] = (hourlyKwh[hour] ?? 0) / 60;
    }
  }
  return { start, minutes, active };
}
