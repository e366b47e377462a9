import { MINUS, NINE, PLUS, POINT, TAB, ZERO } from './ascii.js';

const decimal = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;
const latin1 = new TextDecoder('latin1');
const powersOfTen = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/** Digits that fit exactly into the mantissa of a double, whatever they are. */
const exactDigits = 15;

/**
 * Reads decimal numbers out of bytes: optional sign, digits, optional fraction, optional exponent; nothing else.
 * Every accepted number equals `Number(text)` to the last bit.
 */
export class DecimalReader {
  /** Where the cell ended: at its tab, or at the end of the line. */
  next = 0;

  /**
   * The number in the cell that begins at `from`, or NaN when the cell is empty, is not a decimal number or
   * is too large for a double. `bytes[end]` must be the line break.
   */
  read(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    let byte = bytes[at] as number;
    const negative = byte === MINUS;
    if (negative || byte === PLUS) byte = bytes[++at] as number;
    let mantissa = 0;
    const integer = at;
    while (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      byte = bytes[++at] as number;
    }
    let digits = at - integer;
    let decimals = 0;
    if (byte === POINT && digits > 0) {
      const fraction = at + 1;
      byte = bytes[++at] as number;
      while (byte >= ZERO && byte <= NINE) {
        mantissa = mantissa * 10 + (byte - ZERO);
        byte = bytes[++at] as number;
      }
      decimals = at - fraction;
      digits = decimals === 0 ? 0 : digits + decimals;
    }
    if (digits === 0 || digits > exactDigits || (byte !== TAB && at !== end)) {
      return this.readSlowly(bytes, from, end);
    }
    this.next = at;
    // Both operands are exact, so IEEE division gives the correctly rounded result, as Number() does (Clinger 1990).
    const magnitude = decimals === 0 ? mantissa : mantissa / (powersOfTen[decimals] as number);
    return negative ? -magnitude : magnitude;
  }

  /** Exponents, more digits than a mantissa holds, and everything that is no number. */
  private readSlowly(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    while (at < end && bytes[at] !== TAB) at += 1;
    this.next = at;
    const text = latin1.decode(bytes.subarray(from, at));
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    return Number.isFinite(value) ? value : Number.NaN;
  }
}
