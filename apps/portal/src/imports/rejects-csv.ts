import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { RejectedLine } from '#libs/meter-files';

/**
 * Rejected lines as CSV (RFC 4180) with a header line. A cell that a spreadsheet would run as a formula is escaped: what
 * stands in the lines comes from anywhere.
 */
export function rejectsCsv(lines: AsyncIterable<RejectedLine>): Readable {
  const csv = stringify({
    header: true,
    columns: ['line', 'columns', 'reason', 'raw'],
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  return Readable.from(lines).map(toRow).compose(csv) as Readable;
}

function toRow({ line, problems, count, raw }: RejectedLine) {
  const columns = problems.flatMap(({ column }) => (column === null ? [] : [column]));
  const more = count > problems.length ? [`and ${count - problems.length} more`] : [];
  return {
    line,
    columns: columns.join(' '),
    reason: [...problems.map(({ reason }) => reason), ...more].join('; '),
    raw,
  };
}
