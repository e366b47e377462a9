const decimal = { '.': /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/, ',': /^[+-]?\d+(?:,\d+)?(?:[eE][+-]?\d+)?$/ };

/**
 * Reads the decimal number in a cell, or NaN: optional sign, digits, optional fraction, optional exponent. Digits are not
 * grouped: whether 1.234 is more than a thousand or less than two must not depend on a guess.
 */
export function numberReader(decimalMark: '.' | ','): (text: string) => number {
  const pattern = decimal[decimalMark];
  return (text) => {
    if (!pattern.test(text)) return Number.NaN;
    const value = Number(decimalMark === ',' ? text.replace(',', '.') : text);
    return Number.isFinite(value) ? value : Number.NaN;
  };
}
