import { decimalsOf } from '#libs/tariffs';
import type { BillLanguage } from './bill-words.js';

/**
 * Numbers as they are read on paper. Their decimals come as text and are never a double.
 * The narrow space of French has no place in the fonts of a PDF.
 */
export class BillNumbers {
  private readonly locale: string;

  constructor(language: BillLanguage) {
    this.locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  }

  /** kWh to the Wh, months to eight decimals: as many as there are, at most `decimals`. */
  quantity(value: string, decimals = 3): string {
    return this.format(value, { maximumFractionDigits: decimals });
  }

  /** A share of 1 as percent. */
  percent(value: number | string, decimals = 2): string {
    return this.format(value, { style: 'percent', maximumFractionDigits: decimals });
  }

  /** At least the decimals of the currency, and more where an amount has more. */
  money(value: string, currency: string | null, extra = 0): string {
    const decimals = currency === null ? 2 : decimalsOf(currency);
    return this.format(value, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals + extra,
    });
  }

  private format(value: number | string, options: Intl.NumberFormatOptions): string {
    const format = new Intl.NumberFormat(this.locale, options);
    return format.format(value as Intl.StringNumericLiteral).replaceAll(/[\u202f\u2009]/gu, '\u00a0');
  }
}
