import { HeaderProblem } from './refusal.js';

/** One line of the header. */
export interface HeaderLine {
  text: string;
  /** 1-based. */
  number: number;
  /** False for a last line without its line feed. */
  terminated: boolean;
  /** True for a line over the limit, whose text was dropped. */
  overlong: boolean;
}

/** A coroutine over the header: it is sent one line after the other, and null at the end of the file. */
export type HeaderSteps<Result> = Generator<undefined, Result, HeaderLine | null>;

/** Waits for a whole line; a file that ends here was cut off. `expected` completes the sentence. */
export function* nextLine(expected: string): HeaderSteps<HeaderLine> {
  const line = yield;
  if (line === null) {
    throw new HeaderProblem('METER_FILE_HEADER_MISSING', `the file ends before ${expected}`);
  }
  if (!line.terminated) {
    throw new HeaderProblem('METER_FILE_HEADER_MISSING', `line ${line.number}: cut off in ${expected}`);
  }
  return line;
}
