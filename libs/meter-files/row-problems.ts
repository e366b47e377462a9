import { limits } from './limits.js';

/** One thing in the rows that was not stored. */
export interface RowProblem {
  /** 1-based. */
  line: number;
  /** 1-based within the line, the timestamp being column 1; null when the whole row was rejected for its shape. */
  column: number | null;
  kind: 'truncated' | 'timestamp' | 'value';
  reason: string;
}

/** One line of which something was not stored, whole. */
export interface RejectedLine {
  /** 1-based. */
  line: number;
  /** The first of them; `count` says how many there are. */
  problems: RowProblem[];
  count: number;
  /** Empty for a line that was too long to be kept. */
  raw: string;
}

/** Told of every line of which something is rejected; the report lists the first only. */
export type OnReject = (rejected: RejectedLine) => void;

/** Where a line stands, and what it says when somebody wants to know. */
export interface SourceLine {
  readonly lineNumber: number;
  text(): string;
}

/** Problems that one rejected line names. */
const problemsPerLine = 10;

/** Counts what is rejected and describes the first of it. */
export class RowProblems {
  readonly list: RowProblem[] = [];
  truncatedRows = 0;
  timestampRows = 0;
  rejectedValues = 0;

  constructor(private readonly onReject?: OnReject) {}

  /** A row that does not have the shape of the others. */
  truncated(line: SourceLine, reason: () => string): void {
    this.truncatedRows += 1;
    this.add(line, 'truncated', [{ column: null, reason }]);
  }

  /** @param column 1-based */
  timestamp(line: SourceLine, column: number, reason: () => string): void {
    this.timestampRows += 1;
    this.add(line, 'timestamp', [{ column, reason }]);
  }

  /**
   * Values of a row that is stored otherwise.
   * @param describe column (1-based) and reason of the one with this index
   */
  values(line: SourceLine, count: number, describe: (index: number) => Described): void {
    this.rejectedValues += count;
    const wanted = Math.min(count, Math.max(limits.problems - this.list.length, this.kept));
    this.add(
      line,
      'value',
      Array.from({ length: wanted }, (_, index) => describe(index)),
      count,
    );
  }

  private get kept(): number {
    return this.onReject === undefined ? 0 : problemsPerLine;
  }

  private add(line: SourceLine, kind: RowProblem['kind'], found: readonly Described[], count = 1): void {
    const room = limits.problems - this.list.length;
    const described = found
      .slice(0, Math.max(room, this.kept))
      .map(({ column, reason }) => ({ line: line.lineNumber, column, kind, reason: reason() }));
    this.list.push(...described.slice(0, room));
    this.onReject?.({
      line: line.lineNumber,
      problems: described.slice(0, problemsPerLine),
      count,
      raw: line.text(),
    });
  }
}

/** A problem whose words are made when they are wanted. */
interface Described {
  column: number | null;
  reason: () => string;
}
