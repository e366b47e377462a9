import type { ColumnMapping } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { quote } from '../header-text.js';
import { mappedFormat, type MeterFileHeader } from '../header.js';
import { HeaderProblem } from '../refusal.js';
import { quantityOf } from '../units.js';
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

/** @throws HeaderProblem when the columns that the mapping reads are not there */
export function checkHeaderCells(cells: readonly string[], mapping: ColumnMapping, line: number): void {
  const last = columnsOf(mapping).at(-1) ?? 1;
  if (cells.length >= last) return;
  throw new HeaderProblem(
    'METER_FILE_HEADER_INVALID',
    `line ${line}: the header has ${cells.length} columns, and the mapping reads column ${last}`,
  );
}
