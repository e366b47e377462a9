import { TAB } from './ascii.js';
import { DecimalReader } from './decimals.js';
import { TimestampParser, timestampLength } from './timestamps.js';

/** What became of one line of data. */
export type RowOutcome = 'row' | 'truncated' | 'timestamp';

/**
 * Parses one row, a timestamp and one value per channel between tabs, straight out of the bytes of the file.
 * The fields below hold the last row; they are overwritten by the next.
 */
export class RowParser {
  /** Of the last row: seconds since 1970 on the clock of the meter, not yet UTC. */
  clockSeconds = 0;
  /** Of the last row: 0-based value columns that hold no number, the first `rejectedCount` entries. */
  readonly rejectedColumns: Int32Array;
  rejectedCount = 0;

  private readonly decimals = new DecimalReader();
  private readonly timestamps = new TimestampParser();

  /** `channelCount` is the number of value columns, at least 1. */
  constructor(private readonly channelCount: number) {
    this.rejectedColumns = new Int32Array(channelCount);
  }

  /**
   * Reads `bytes[start … end)` and writes the values to `values` from `offset` on, NaN for a value that is
   * rejected. What it wrote is meaningful only when the outcome is `row`. `bytes[end]` is the line break.
   */
  parse(bytes: Uint8Array, start: number, end: number, values: Float64Array, offset: number): RowOutcome {
    const { decimals, channelCount } = this;
    let at = start + timestampLength;
    const clockSeconds = at < end && bytes[at] === TAB ? this.timestamps.parse(bytes, start) : -1;
    if (clockSeconds < 0) {
      // A row that was cut inside its timestamp is cut off, not badly timed: the column count decides first.
      return countColumns(bytes, start, end) === channelCount + 1 ? 'timestamp' : 'truncated';
    }
    this.clockSeconds = clockSeconds;
    this.rejectedCount = 0;
    for (let column = 0; column < channelCount; column += 1) {
      if (at === end) return 'truncated';
      const value = decimals.read(bytes, at + 1, end);
      values[offset + column] = value;
      if (Number.isNaN(value)) this.rejectedColumns[this.rejectedCount++] = column;
      at = decimals.next;
    }
    return at === end ? 'row' : 'truncated';
  }
}

/** Number of tab-separated cells in `bytes[start … end)`; an empty line has one. */
export function countColumns(bytes: Uint8Array, start: number, end: number): number {
  let columns = 1;
  for (let at = start; at < end; at += 1) if (bytes[at] === TAB) columns += 1;
  return columns;
}

/** Bounds of the 0-based cell `column` of the line `bytes[start … end)`. */
export function cellBounds(bytes: Uint8Array, start: number, end: number, column: number): [number, number] {
  let from = start;
  for (let skipped = 0; skipped < column; skipped += 1) {
    while (from < end && bytes[from] !== TAB) from += 1;
    from += 1;
  }
  let to = from;
  while (to < end && bytes[to] !== TAB) to += 1;
  return [Math.min(from, end), to];
}
