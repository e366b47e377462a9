import { tariffDocument, type ComputedBill, type TariffDocumentInput } from '#libs/contracts';
import { computeBill, type BillQuestion } from './bill.js';
import { sameAllYear } from './examples/example.js';
import { emptySeries, type LoadProfile } from './load-profile.js';
import { localDays } from './local-days.js';

/** A period on the clock of a time zone, `to` exclusive. */
export interface Period {
  from: string;
  to: string;
  timeZone: string;
}

/** A complete profile with so many kWh in each minute, by date and minute of the clock. */
export function loadOf(period: Period, kwhOf: (date: string, clockMinute: number) => number): LoadProfile {
  const days = localDays(period.from, period.to, period.timeZone);
  const start = days[0]?.start ?? 0;
  const minutes = (days.at(-1)?.end ?? start) - start;
  const active = emptySeries(minutes);
  active.channels = 1;
  active.covered.fill(1);
  for (const { date, stretches } of days) {
    for (const stretch of stretches) {
      for (let minute = stretch.start; minute < stretch.end; minute++) {
        active.amount[minute - start] = kwhOf(date, stretch.clock + minute - stretch.start);
      }
    }
  }
  return { start, minutes, active };
}

/** The kWh of the period, the same in every minute. */
export function steadyLoad(period: Period, kwh: number): LoadProfile {
  const { minutes } = loadOf(period, () => 0);
  return loadOf(period, () => kwh / minutes);
}

/** A document of one season and day type unless it is given others, without tax, rounded at the end. */
export function documentOf(parts: Partial<TariffDocumentInput> & Pick<TariffDocumentInput, 'components'>) {
  return tariffDocument.parse({
    currency: 'EUR',
    rounding: { when: 'end', mode: 'half-up' },
    ...sameAllYear,
    ...parts,
  });
}

/** A bill by one version that is always valid. */
export function billOf(
  period: Period,
  document: BillQuestion['versions'][number]['document'],
  profile: LoadProfile,
  parts: Partial<BillQuestion> = {},
): ComputedBill {
  return computeBill({
    ...period,
    versions: [{ id: 'v1', firstDay: '2000-01-01', lastDay: null, document }],
    profile,
    subscribed: { A: null, kVA: null },
    isHoliday: () => false,
    ...parts,
  });
}

/** `quantity × rate = amount` of each line. */
export function linesOf(bill: ComputedBill): string[] {
  return bill.lines.map(({ quantity, rate, amount }) => `${quantity} × ${rate} = ${amount}`);
}
