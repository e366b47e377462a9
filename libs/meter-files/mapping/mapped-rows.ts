import type { ColumnMapping } from '#libs/contracts';
import { quote } from '../header-text.js';
import type { MeterFileHeader } from '../header.js';
import { meterClock, type MeterClock } from '../local-time.js';
import { RowBlock } from '../row-block.js';
import { RowProblems, type SourceLine } from '../row-problems.js';
import { tooLong, type RowReaderOptions } from '../row-reader.js';
import type { ScannedRows } from '../scan.js';
import { numberReader } from './cell-numbers.js';
import type { CsvLine } from './csv-lines.js';
import { columnsOf } from './mapped-header.js';
import { firstTimeReader, type TimeReader } from './time-format.js';

/** What every layout reads of a record: whether it has the right shape, and its time. */
export abstract class MappedRows implements ScannedRows {
  readonly block: RowBlock;
  readonly clock: MeterClock;
  readonly problems: RowProblems;
  /** The last line has no line break. */
  incomplete = false;
  abstract singleValueLines?: number;

  protected readonly number: (text: string) => number;
  private readonly time: TimeReader;
  private readonly noValue: ReadonlySet<string>;
  private readonly columns: number;

  constructor(
    header: MeterFileHeader,
    protected readonly mapping: ColumnMapping,
    { blockRows, onReject }: RowReaderOptions,
  ) {
    this.block = new RowBlock(header.channels.length, blockRows);
    this.clock = meterClock(header.timeZone);
    this.problems = new RowProblems(onReject);
    this.number = numberReader(mapping.decimalMark);
    this.time = firstTimeReader(mapping.time.formats);
    this.noValue = new Set(['', ...mapping.noValue]);
    this.columns = columnsOf(mapping).at(-1) ?? 1;
  }

  /**
   * Reads one line. The block must not be full.
   * @param cells undefined where its quotes do not tell what they are
   * @param width columns that a row has; 0 where rows differ too much to tell
   */
  accept(cells: readonly string[] | undefined, line: CsvLine, width: number): void {
    const reason = this.problemOf(cells, line, width);
    if (cells !== undefined && reason === undefined) this.acceptWhole(cells, line);
    else this.problems.truncated(line, () => reason ?? '');
    if (!line.terminated) this.incomplete = true;
  }

  private problemOf(
    cells: readonly string[] | undefined,
    { terminated, overlong }: CsvLine,
    width: number,
  ): string | undefined {
    if (overlong) return tooLong;
    if (!terminated) return 'cut off: the last line has no line break';
    if (cells === undefined) return 'a quote is opened and not closed before the next column';
    const found = `${cells.length} ${cells.length === 1 ? 'column' : 'columns'}`;
    if (cells.length < this.columns) return `${found}, and the mapping reads column ${this.columns}`;
    if (cells.length === width) return undefined;
    return width === 0 ? `${found}, and other rows have others` : `${found} instead of ${width}`;
  }

  protected abstract acceptWhole(cells: readonly string[], line: SourceLine): void;

  /**
   * Milliseconds since 1970, UTC; undefined when the row has been rejected for its time.
   * @param mayBeNextHour see {@link MeterClock}
   */
  protected readTime(
    cells: readonly string[],
    line: SourceLine,
    mayBeNextHour: (seconds: number) => boolean = () => true,
  ): number | undefined {
    const { columns, formats, shiftSeconds } = this.mapping.time;
    const text = columns.map((column) => cellAt(cells, column)).join(' ');
    const time = this.time(text);
    if (time === undefined) {
      this.problems.timestamp(
        line,
        columns[0] ?? 1,
        () => `${quote(text)} is not a time ${formats.join(' or ')}`,
      );
      return undefined;
    }
    const seconds = time.isUtc ? time.seconds : this.clock.toUtc(time.seconds, mayBeNextHour(time.seconds));
    return (seconds + shiftSeconds) * 1_000;
  }

  /** True for a cell that says there is no value. */
  protected isNoValue(text: string): boolean {
    return this.noValue.has(text);
  }

  /** Begins a row without a value. */
  protected beginRow(time: number): void {
    const { block } = this;
    const { rowCount, channelCount } = block;
    block.times[rowCount] = time;
    block.values.fill(Number.NaN, rowCount * channelCount, (rowCount + 1) * channelCount);
    block.rowCount = rowCount + 1;
  }

  /** Into the row that was begun last. */
  protected setValue(channel: number, value: number): void {
    const { rowCount, channelCount } = this.block;
    this.block.values[(rowCount - 1) * channelCount + channel] = value;
  }
}

/** @param column 1-based */
export function cellAt(cells: readonly string[], column: number): string {
  return (cells[column - 1] ?? '').trim();
}

export function notANumber(text: string): string {
  return `${quote(text)} is not a decimal number`;
}
