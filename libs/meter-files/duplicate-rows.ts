import type { MeterRows } from './row-block.js';

/** Collects the times of a known number of rows and finds those that occur more than once. */
export class TimeCollector {
  private readonly seconds: Uint32Array;
  private count = 0;

  constructor(rows: number) {
    this.seconds = new Uint32Array(rows);
  }

  add({ times, rowCount }: MeterRows): void {
    for (let row = 0; row < rowCount; row += 1) this.seconds[this.count++] = (times[row] as number) / 1000;
  }

  /** The repeated times, ascending, in whole seconds since 1970, and how many rows are left without repeats. */
  repeated(): { times: Uint32Array; distinct: number } {
    const sorted = this.seconds.sort();
    let distinct = 0;
    let found = 0;
    // In place: `found` never overtakes the position being read.
    for (let at = 0; at < sorted.length;) {
      const time = sorted[at] as number;
      let next = at + 1;
      while (sorted[next] === time) next += 1;
      distinct += 1;
      if (next - at > 1) sorted[found++] = time;
      at = next;
    }
    return { times: sorted.slice(0, found), distinct };
  }
}

/**
 * Merges the rows of repeated times: per channel the later value wins, and a rejected one erases nothing.
 * Holds one row for each of `times` (ascending seconds).
 */
export class RowMerger {
  readonly values: Float64Array;

  constructor(
    private readonly times: Uint32Array,
    private readonly channelCount: number,
  ) {
    this.values = new Float64Array(times.length * channelCount).fill(Number.NaN);
  }

  get rowCount(): number {
    return this.times.length;
  }

  /** Takes the rows of its own times. */
  add({ times, values, rowCount }: MeterRows): void {
    for (let row = 0; row < rowCount; row += 1) {
      const index = indexOf(this.times, (times[row] as number) / 1000);
      if (index !== -1) this.merge(index * this.channelCount, values, row * this.channelCount);
    }
  }

  private merge(target: number, values: Float64Array, source: number): void {
    for (let channel = 0; channel < this.channelCount; channel += 1) {
      const value = values[source + channel] as number;
      if (!Number.isNaN(value)) this.values[target + channel] = value;
    }
  }
}

/** Where `time` is in the ascending `times`, or -1. */
export function indexOf(times: Uint32Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return times[low] === time ? low : -1;
}
