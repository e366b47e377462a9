import type { ColumnMapping } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { quote } from '../header-text.js';
import { mappedFormat, type MeterFileHeader } from '../header.js';
import { HeaderProblem } from '../refusal.js';
import { quantityOf } from '../units.js';
import type { CsvLine } from './csv-lines.js';
import { canonicalTimeZone } from '../zone-segments.js';

/** The header that a mapped file would have if it were a meter file. */
export function mappedHeader({ device, time, values }: ColumnMapping): MeterFileHeader {
  const timeZone = canonicalTimeZone(time.timeZone);
  if (timeZone === null) {
    const detail = `unknown time zone ${quote(time.timeZone)}`;
    throw new CodedError('METER_FILE_HEADER_INVALID', { detail });
  }
  return {
    format: mappedFormat,
    masterSerial: device,
    channels: values.channels.map(({ label, name, unit }, column) => ({
      column,
      deviceSerial: device,
      isMaster: true,
      label,
      name,
      unit,
      quantity: quantityOf(unit),
    })),
    metadata: { Layout: values.layout, TimeZone: timeZone },
    timeZone,
  };
}

/** 1-based columns that the mapping reads, ascending. */
export function columnsOf({ time, values }: ColumnMapping): number[] {
  const own =
    values.layout === 'long'
      ? [values.channelColumn, values.valueColumn]
      : values.channels.map(({ column }) => column);
  return [...time.columns, ...own].toSorted((a, b) => a - b);
}

/**
 * @param cells undefined where the quotes of the line do not tell
 * @returns how many columns the header has
 * @throws HeaderProblem when the columns that the mapping reads are not there, or the file was cut off in the header
 */
export function checkHeaderLine(
  { lineNumber, terminated }: CsvLine,
  cells: readonly string[] | undefined,
  mapping: ColumnMapping,
): number {
  const refuse = (code: 'METER_FILE_HEADER_INVALID' | 'METER_FILE_HEADER_MISSING', message: string) =>
    new HeaderProblem(code, `line ${lineNumber}: ${message}`);
  if (!terminated) throw refuse('METER_FILE_HEADER_MISSING', 'cut off in the names of the columns');
  if (cells === undefined) throw refuse('METER_FILE_HEADER_INVALID', 'a quote is opened and never closed');
  const last = columnsOf(mapping).at(-1) ?? 1;
  if (cells.length >= last) return cells.length;
  throw refuse(
    'METER_FILE_HEADER_INVALID',
    `the header has ${cells.length} columns, and the mapping reads column ${last}`,
  );
}
