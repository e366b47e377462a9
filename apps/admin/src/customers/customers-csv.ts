import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { CustomerSummary } from '#libs/contracts';

const columns: readonly (keyof CustomerSummary)[] = [
  'code',
  'name',
  'health',
  'lastContactAt',
  'lastAcceptedAt',
  'newestDataAt',
  'lagSeconds',
  'rowsPerHour',
  'rejectedPercent',
  'backlogBatches',
  'oldestUnsentAt',
  'stackVersion',
  'tokenCreatedAt',
  'createdAt',
];

/** The customers as CSV (RFC 4180) with a header line. A cell that a spreadsheet would run as a formula is escaped. */
export function customersCsv(customers: readonly CustomerSummary[]): Readable {
  const csv = stringify({
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  return Readable.from(customers).pipe(csv);
}
