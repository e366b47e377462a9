import { quote } from './header-text.js';
import { limits } from './limits.js';
import type { LineScanner } from './line-scanner.js';
import { cellBounds, countColumns } from './row-parser.js';

/** One thing in the rows that was not stored. */
export interface RowProblem {
  /** 1-based. */
  line: number;
  /** 1-based within the line, the timestamp being column 1; null when the whole row was rejected for its shape. */
  column: number | null;
  kind: 'truncated' | 'timestamp' | 'value';
  reason: string;
}

const latin1 = new TextDecoder('latin1');

/** Counts what is rejected and describes the first of it. */
export class RowProblems {
  readonly list: RowProblem[] = [];
  truncatedRows = 0;
  timestampRows = 0;
  rejectedValues = 0;

  /** A row with too few or too many columns, or a last line without its line feed. */
  truncated(line: LineScanner, channelCount: number): void {
    this.truncatedRows += 1;
    this.add(line.lineNumber, null, 'truncated', () => {
      if (line.overlong) return `longer than ${limits.lineBytes} bytes`;
      if (!line.terminated) return 'cut off: the last line has no line feed';
      const columns = countColumns(line.bytes, line.start, line.end);
      return `${columns} ${columns === 1 ? 'column' : 'columns'} instead of ${channelCount + 1}`;
    });
  }

  /** A line after the marker that ends the rows. */
  afterEnd(line: LineScanner, marker: string): void {
    this.truncatedRows += 1;
    this.add(line.lineNumber, null, 'truncated', () => `after ${marker}`);
  }

  timestamp(line: LineScanner): void {
    this.timestampRows += 1;
    this.add(line.lineNumber, 1, 'timestamp', () => `${cell(line, 0)} is not a time DD/MM/YY HH:MM:SS`);
  }

  /** `columns` are 0-based among the values, the first `count` entries. */
  values(line: LineScanner, columns: Int32Array, count: number): void {
    this.rejectedValues += count;
    for (const column of columns.subarray(0, Math.min(count, limits.problems - this.list.length))) {
      this.add(
        line.lineNumber,
        column + 2,
        'value',
        () => `${cell(line, column + 1)} is not a decimal number`,
      );
    }
  }

  private add(line: number, column: number | null, kind: RowProblem['kind'], reason: () => string): void {
    if (this.list.length < limits.problems) this.list.push({ line, column, kind, reason: reason() });
  }
}

function cell({ bytes, start, end }: LineScanner, column: number): string {
  const [from, to] = cellBounds(bytes, start, end, column);
  return quote(latin1.decode(bytes.subarray(from, Math.min(to, from + 64))));
}
