import type { TariffDocument } from '#libs/contracts';
import type { HolidayCheck } from './day-plan.js';

type Calendar = NonNullable<TariffDocument['holidays']>;

/**
 * The public holidays of the calendars in the years, ready to be asked for. What is known of holidays is several
 * megabytes, so it is loaded when a tariff first needs it.
 */
export async function loadHolidays(
  calendars: readonly Calendar[],
  years: readonly number[],
): Promise<HolidayCheck> {
  if (calendars.length === 0) return () => false;
  const { default: Holidays } = await import('date-holidays');
  const dates = new Map<string, Set<string>>();
  for (const { country, region } of calendars) {
    const calendar = new Holidays(country, region ?? '', { types: ['public'] });
    const days = years.flatMap((year) => calendar.getHolidays(year));
    dates.set(`${country} ${region}`, new Set(days.map(({ date }) => date.slice(0, 10))));
  }
  return ({ country, region }, date) => dates.get(`${country} ${region}`)?.has(date) ?? false;
}

/** What is wrong with a calendar: holidays of it are not known. */
export async function calendarProblem({
  country,
  region,
}: Calendar): Promise<{ path: 'country' | 'region'; message: string } | undefined> {
  const { default: Holidays } = await import('date-holidays');
  const known = new Holidays();
  if (known.getCountries()[country] === undefined) {
    return { path: 'country', message: `the public holidays of ${country} are not known` };
  }
  if (region === null || known.getStates(country)?.[region] !== undefined) return undefined;
  return { path: 'region', message: `the public holidays of ${country}-${region} are not known` };
}
