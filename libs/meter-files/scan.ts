import type { MeterFileHeader } from './header.js';
import type { MeterClock } from './local-time.js';
import type { RowBlock } from './row-block.js';
import type { RowProblems } from './row-problems.js';

/** Who takes what one pass over a file finds. */
export interface ScanConsumer {
  /** Called once, before any rows. */
  onHeader(header: MeterFileHeader): void | Promise<void>;
  /** The block is emptied and reused once the promise resolves. Never called with an empty block. */
  onBlock(block: RowBlock): void | Promise<void>;
}

/** What a pass has counted beside the values themselves. */
export interface ScannedRows {
  clock: MeterClock;
  problems: RowProblems;
  /** The file was cut off. */
  incomplete: boolean;
  /** Accepted lines where a line is not a row: each holds the value of one channel. */
  singleValueLines?: number;
}

/** One pass over a file, chunk by chunk. */
export interface Scan {
  /**
   * Reads the next bytes of the file; the chunk may be reused afterwards.
   * @throws HeaderProblem when the file cannot be read; nothing more may be pushed then.
   */
  push(chunk: Uint8Array): Promise<void>;
  /** Ends the file. */
  finish(): Promise<ScannedRows>;
}
