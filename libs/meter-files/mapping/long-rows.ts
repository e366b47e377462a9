import type { ColumnMapping, MappedValues } from '#libs/contracts';
import { quote } from '../header-text.js';
import type { MeterFileHeader } from '../header.js';
import type { SourceLine } from '../row-problems.js';
import type { RowReaderOptions } from '../row-reader.js';
import { cellAt, MappedRows, notANumber } from './mapped-rows.js';

/** Lines that each hold the value of one channel; those of the same time that stand together become one row. */
export class LongRows extends MappedRows {
  override singleValueLines = 0;
  /** Channels that had a line of the time that the last line has. */
  private readonly keys = new Set<string>();
  private clockSeconds = Number.NaN;
  private readonly channels: ReadonlyMap<string, { index: number; factor: number }>;

  constructor(header: MeterFileHeader, mapping: ColumnMapping, options: RowReaderOptions) {
    super(header, mapping, options);
    this.channels = new Map(this.values.channels.map(({ key, factor }, index) => [key, { index, factor }]));
  }

  protected override acceptWhole(cells: readonly string[], line: SourceLine): void {
    const { channelColumn, valueColumn } = this.values;
    const key = cellAt(cells, channelColumn);
    const time = this.readTime(cells, line, (seconds) => this.comesAgain(key, seconds));
    if (time === undefined) return;
    const channel = this.channels.get(key);
    if (channel === undefined) {
      this.reject(line, channelColumn, () => `${quote(key)} is no channel of the mapping`);
      return;
    }
    const text = cellAt(cells, valueColumn);
    if (this.isNoValue(text)) return;
    const value = this.number(text) * channel.factor;
    if (!Number.isFinite(value)) {
      this.reject(line, valueColumn, () => notANumber(text));
      return;
    }
    if (!this.continuesRow(time)) this.beginRow(time);
    this.setValue(channel.index, value);
    this.singleValueLines += 1;
  }

  /** Whether the channel had a line of this time of the clock, which it had in the lines just before. */
  private comesAgain(key: string, clockSeconds: number): boolean {
    const isAgain = this.clockSeconds === clockSeconds && this.keys.has(key);
    if (isAgain || this.clockSeconds !== clockSeconds) this.keys.clear();
    this.clockSeconds = clockSeconds;
    this.keys.add(key);
    return isAgain;
  }

  private reject(line: SourceLine, column: number, reason: () => string): void {
    this.problems.values(line, 1, () => ({ column, reason }));
  }

  private continuesRow(time: number): boolean {
    const { rowCount, times } = this.block;
    return rowCount > 0 && times[rowCount - 1] === time;
  }

  private get values() {
    return this.mapping.values as MappedValues & { layout: 'long' };
  }
}
