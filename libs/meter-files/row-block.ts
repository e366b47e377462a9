import { limits } from './limits.js';

/**
 * A block of accepted rows in file order, rows of the same time included: the consumer must let the later one
 * win, per channel, and a NaN must not erase an earlier value.
 * Buffers are reused: their content is valid only until the consumer's promise resolves.
 */
export interface MeterRows {
  rowCount: number;
  /** Milliseconds since 1970, UTC; `rowCount` entries are valid. */
  times: Float64Array;
  /** Row by row, one value per channel in column order; NaN where the value is empty or was rejected. */
  values: Float64Array;
}

/** Rows a block holds unless the caller asks otherwise. */
const defaultRows = 4096;

/** The block that rows are parsed into. */
export class RowBlock implements MeterRows {
  rowCount = 0;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly capacity: number;

  /** `rows` is an upper bound; wide rows get a smaller block. */
  constructor(
    readonly channelCount: number,
    rows: number = defaultRows,
  ) {
    this.capacity = Math.max(1, Math.min(rows, Math.floor(limits.blockValues / channelCount)));
    this.times = new Float64Array(this.capacity);
    this.values = new Float64Array(this.capacity * channelCount);
  }

  get full(): boolean {
    return this.rowCount === this.capacity;
  }
}
