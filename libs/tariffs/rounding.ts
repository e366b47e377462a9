import { Decimal as DecimalBase } from 'decimal.js';
import type { TariffDocument } from '#libs/contracts';

/** Wide enough for products of a quantity, a price and a tax without rounding. */
export const Decimal = DecimalBase.clone({ precision: 60 });
export type Decimal = DecimalBase;

const modes = {
  'half-up': DecimalBase.ROUND_HALF_UP,
  'half-even': DecimalBase.ROUND_HALF_EVEN,
  down: DecimalBase.ROUND_DOWN,
} as const;

type Rounding = Pick<TariffDocument, 'currency'> & { rounding: Pick<TariffDocument['rounding'], 'mode'> };

/** Decimals of a currency: 2 of most, 0 of JPY, 3 of KWD. */
export function decimalsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** Half up is away from zero, so that a credit is rounded as a charge is; down is towards zero. */
export function roundMoney(amount: Decimal, { currency, rounding }: Rounding): Decimal {
  return amount.toDecimalPlaces(decimalsOf(currency), modes[rounding.mode]);
}

export function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}
