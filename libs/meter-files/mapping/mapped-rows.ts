import type { ColumnMapping } from '#libs/contracts';
import { quote } from '../header-text.js';
import type { MeterFileHeader } from '../header.js';
import { meterClock, type MeterClock } from '../local-time.js';
import { RowBlock } from '../row-block.js';
import { RowProblems, type SourceLine } from '../row-problems.js';
import type { RowReaderOptions } from '../row-reader.js';
import type { ScannedRows } from '../scan.js';
import { numberReader } from './cell-numbers.js';
import { columnsOf } from './mapped-header.js';
import { firstTimeReader, type TimeReader } from './time-format.js';

/** What every layout reads of a record: whether it has the right shape, and its time. */
export abstract class MappedRows implements ScannedRows {
  readonly block: RowBlock;
  readonly clock: MeterClock;
  readonly problems: RowProblems;
  /** A person sends such a file whole; a broken upload is refused before it is read. */
  readonly incomplete = false;
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

  /** Reads one record. The block must not be full. */
  accept(cells: readonly string[], line: SourceLine): void {
    if (cells.length < this.columns) {
      const found = `${cells.length} ${cells.length === 1 ? 'column' : 'columns'}`;
      this.problems.truncated(line, () => `${found}, and the mapping reads column ${this.columns}`);
      return;
    }
    this.acceptWhole(cells, line);
  }

  protected abstract acceptWhole(cells: readonly string[], line: SourceLine): void;

  /** Milliseconds since 1970, UTC; undefined when the row has been rejected for its time. */
  protected readTime(cells: readonly string[], line: SourceLine): number | undefined {
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
    const seconds = time.isUtc ? time.seconds : this.clock.toUtc(time.seconds);
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
