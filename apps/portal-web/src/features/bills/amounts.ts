import { currentLocale, missing } from '#libs/ui';

/** Decimals come as text and are never made doubles: Intl writes them as they are. */
function format(value: string, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(currentLocale(), options).format(value as Intl.StringNumericLiteral);
}

/** An amount with its currency; more decimals than the currency has where the tariff does not round the line. */
export function showMoney(amount: string, currency: string | null, extraDecimals = 0): string {
  if (currency === null) return missing;
  const style = { style: 'currency', currency } as const;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat(currentLocale(), style).resolvedOptions();
  return format(amount, { ...style, maximumFractionDigits: maximumFractionDigits + extraDecimals });
}

export function showDecimal(value: string, decimals: number): string {
  return format(value, { maximumFractionDigits: decimals });
}

export function showShare(value: string | number, decimals = 2): string {
  return format(String(value), { style: 'percent', maximumFractionDigits: decimals });
}

/** What the second costs more than the first, as a share of the first; null where that says nothing. */
export function relativeDifference(first: string, second: string): number | null {
  const base = Number(first);
  return base === 0 ? null : (Number(second) - base) / Math.abs(base);
}
