import type { BillQuery, TariffDetail } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { loadHolidays, MixedCurrenciesError } from '#libs/tariffs';

export type Period = Pick<BillQuery, 'from' | 'to'>;

/** Only the versions of the period: no other may ask for more data, or be in another currency. */
export function withinPeriod(tariff: TariffDetail, { from, to }: Period): TariffDetail {
  const versions = tariff.versions.filter(
    ({ firstDay, lastDay }) => firstDay < to && (lastDay === null || lastDay >= from),
  );
  return { ...tariff, versions };
}

/** The public holidays that the versions go by in the years of the period. */
export function holidaysOf({ versions }: TariffDetail, { from, to }: Period) {
  const first = Number(from.slice(0, 4));
  const years = Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_, index) => first + index);
  return loadHolidays(
    versions.flatMap(({ document }) => document.holidays ?? []),
    years,
  );
}

/**
 * What `compute` gives.
 * @throws CodedError TARIFF_CURRENCY_CHANGES
 */
export function inOneCurrency<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof MixedCurrenciesError)) throw error;
    throw new CodedError('TARIFF_CURRENCY_CHANGES', { detail: error.currencies.join(', ') });
  }
}
