import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { PortalAuditEvent } from '#libs/contracts';

const columns: readonly (keyof PortalAuditEvent)[] = [
  'id',
  'at',
  'account',
  'action',
  'subject',
  'summary',
  'requestId',
];

/** The events as CSV (RFC 4180) with a header line. A cell that a spreadsheet would run as a formula is escaped. */
export function auditCsv(events: AsyncIterable<PortalAuditEvent>): Readable {
  const csv = stringify({
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  const rows = Readable.from(events);
  // `pipe` alone leaves the reader waiting for ever when reading fails.
  rows.once('error', (error) => csv.destroy(error));
  return rows.pipe(csv);
}
