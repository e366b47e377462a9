import type { ColumnMapping, MappedValues } from '#libs/contracts';
import { splitLabel } from '../units.js';
import { numberReader } from './cell-numbers.js';

/** What stands in the columns that are not the time. */
export function guessValues(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  timeColumns: readonly number[],
): Pick<ColumnMapping, 'decimalMark' | 'values'> {
  const width = Math.max(header.length, ...rows.map((cells) => cells.length));
  const columns = Array.from({ length: width }, (_, index) => index + 1).filter(
    (column) => !timeColumns.includes(column),
  );
  const texts = (column: number) =>
    rows.map((cells) => cells[column - 1] ?? '').filter((text) => text !== '');
  const decimalMark = guessDecimalMark(columns.flatMap(texts));
  const read = numberReader(decimalMark);
  const isNumeric = (column: number) => {
    const found = texts(column);
    // A few cells may say in words that there is no value.
    return found.length > 0 && found.filter((text) => !Number.isNaN(read(text))).length * 2 > found.length;
  };
  const numeric = columns.filter(isNumeric);
  const long = guessLong(
    columns.filter((column) => !numeric.includes(column)),
    numeric,
    texts,
  );
  return { decimalMark, values: long ?? wide(header, numeric) };
}

function guessDecimalMark(texts: readonly string[]): '.' | ',' {
  const commas = texts.filter((text) => /^[+-]?\d+,\d+$/.test(text)).length;
  const points = texts.filter((text) => /^[+-]?\d+\.\d+$/.test(text)).length;
  return commas > points ? ',' : '.';
}

function wide(header: readonly string[], columns: readonly number[]): MappedValues {
  return {
    layout: 'wide',
    channels: columns.map((column, index) => ({
      column,
      label: `Ch${index + 1}`,
      ...nameAndUnit(header[column - 1] ?? ''),
      factor: 1,
    })),
  };
}

/** One column of numbers beside one of words that come again and again: those are the channels. */
function guessLong(
  words: readonly number[],
  numeric: readonly number[],
  texts: (column: number) => string[],
): MappedValues | undefined {
  const [valueColumn, ...others] = numeric;
  if (valueColumn === undefined || others.length > 0) return undefined;
  const channelColumn = words.find((column) => {
    const found = texts(column);
    return found.length > 1 && new Set(found).size * 2 <= found.length;
  });
  if (channelColumn === undefined) return undefined;
  const keys = [...new Set(texts(channelColumn))];
  return {
    layout: 'long',
    channelColumn,
    valueColumn,
    channels: keys.map((key, index) => ({ key, label: `Ch${index + 1}`, ...nameAndUnit(key), factor: 1 })),
  };
}

/** `Power [kW]`, `Power (kW)` and `Power kW` are a name and a unit. */
function nameAndUnit(cell: string): { name: string; unit: string } {
  const bracketed = /^(.*?)\s*[[(]\s*([^\])]{1,16})\s*[\])]$/u.exec(cell);
  const { name, unit } =
    bracketed === null ? splitLabel(cell) : { name: bracketed[1] ?? '', unit: bracketed[2] ?? '' };
  const isUnit = unit.length <= 8 && !/^\d+$/.test(unit);
  return isUnit ? { name: name.slice(0, 256), unit } : { name: cell.slice(0, 256), unit: '' };
}
