import type { MappedValues } from '#libs/contracts';
import type { SourceLine } from '../row-problems.js';
import { cellAt, MappedRows, notANumber } from './mapped-rows.js';

/** Rows with one column per channel. */
export class WideRows extends MappedRows {
  readonly singleValueLines = undefined;

  protected override acceptWhole(cells: readonly string[], line: SourceLine): void {
    const time = this.readTime(cells, line);
    if (time === undefined) return;
    this.beginRow(time);
    const wrong: number[] = [];
    for (const [channel, { column, factor }] of this.channels.entries()) {
      const text = cellAt(cells, column);
      if (this.isNoValue(text)) continue;
      const value = this.number(text) * factor;
      if (Number.isFinite(value)) this.setValue(channel, value);
      else wrong.push(column);
    }
    if (wrong.length === 0) return;
    this.problems.values(line, wrong.length, (index) => {
      const column = wrong[index] ?? 0;
      return { column, reason: () => notANumber(cellAt(cells, column)) };
    });
  }

  private get channels() {
    return (this.mapping.values as MappedValues & { layout: 'wide' }).channels;
  }
}
