import type { ColumnMapping, CsvDialect } from '#libs/contracts';
import { guessDialect } from './guess-dialect.js';
import { guessTime } from './guess-time.js';
import { guessValues } from './guess-values.js';
import { readTable } from './table.js';

export { looksLikeText } from './text-encoding.js';

/** A first draft of a mapping, and the header that it would be remembered by. */
interface GuessedMapping {
  /** Of the shape of a mapping, but not checked as one: there may be no channel, and no device yet. */
  mapping: ColumnMapping;
  header: string[];
}

const sampleRows = 100;

/**
 * Guesses from the beginning of a CSV file how its columns are to be read.
 * @param timeZone that its times are taken for when they do not say
 * @param dialect where somebody has said how the file is cut into cells
 */
export function guessMapping(
  head: Uint8Array,
  timeZone: string,
  dialect: CsvDialect = guessDialect(head),
): GuessedMapping {
  const records = readTable(head, dialect, sampleRows).rows.map(({ cells }) => cells);
  const header = dialect.hasHeader ? (records[0] ?? []) : [];
  const rows = dialect.hasHeader ? records.slice(1) : records;
  const time = guessTime(rows) ?? { columns: [1], formats: ['iso'] };
  const mapping: ColumnMapping = {
    ...dialect,
    time: { ...time, timeZone, shiftSeconds: 0 },
    device: '',
    noValue: [],
    ...guessValues(header, rows, time.columns),
  };
  return { mapping, header };
}
