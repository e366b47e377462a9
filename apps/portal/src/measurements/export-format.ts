import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { MeasurementChannel, MeasurementRows } from '#libs/contracts';
import { bucketColumns, sampleColumns, type ExportedRow } from './export.queries.js';

/** Some rows of one channel, ascending. */
export interface ExportedPage {
  channel: MeasurementChannel;
  rows: readonly ExportedRow[];
}

/** What was asked for, and the rows as they come. */
export interface MeasurementExport {
  head: Omit<MeasurementRows, 'rows'>;
  pages: AsyncIterable<ExportedPage>;
}

/** A `MeasurementRows`, written as its pages come. */
export function jsonStream({ head, pages }: MeasurementExport): Readable {
  const columns = columnsOf(head);
  async function* texts() {
    yield `${JSON.stringify(head).slice(0, -1)},"rows":[`;
    let separator = '';
    for await (const { channel, rows } of pages) {
      const { channelId } = channel;
      const texts = rows.map((row) =>
        JSON.stringify({ channelId, time: localTime(row), ...pick(row, columns) }),
      );
      yield separator + texts.join(',');
      separator = ',';
    }
    yield ']}\n';
  }
  return Readable.from(texts(), { objectMode: false });
}

/**
 * One line for each row (RFC 4180), with a header line. Unit and time zone stand in every line, as lines are cut out and
 * joined. A cell that a spreadsheet would run as a formula is escaped.
 */
export function csvStream({ head, pages }: MeasurementExport): Readable {
  const columns = columnsOf(head);
  const options = { record_delimiter: 'windows', escape_formulas: true } as const;
  async function* texts() {
    yield stringify([['time', 'timeZone', ...channelColumns, ...columns]], options);
    for await (const { channel, rows } of pages) {
      const described = channelColumns.map((column) => channel[column]);
      yield stringify(
        rows.map((row) => [
          localTime(row),
          head.timeZone,
          ...described,
          ...columns.map((column) => row[column]),
        ]),
        options,
      );
    }
  }
  return Readable.from(texts(), { objectMode: false });
}

const channelColumns = [
  'channelId',
  'externalId',
  'site',
  'device',
  'label',
  'name',
  'quantity',
  'unit',
] as const;

function columnsOf({ bucket }: MeasurementExport['head']): readonly string[] {
  return bucket === 'raw' ? sampleColumns : bucketColumns;
}

function pick(row: ExportedRow, columns: readonly string[]): Record<string, number | undefined> {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}

/** ISO 8601 with the offset that the time zone has at that moment. */
export function localTime({ time, localTime: local }: Pick<ExportedRow, 'time' | 'localTime'>): string {
  const text = new Date(local).toISOString();
  const offsetMinutes = Math.round((local - time) / 60_000);
  if (offsetMinutes === 0) return text;
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const offset = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
  return `${text.slice(0, -1)}${offsetMinutes < 0 ? '-' : '+'}${offset}`;
}
