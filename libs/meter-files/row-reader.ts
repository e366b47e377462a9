import type { ParsedHeader } from './header-parser.js';
import { quote } from './header-text.js';
import { limits } from './limits.js';
import type { LineScanner } from './line-scanner.js';
import { meterClock, type MeterClock } from './local-time.js';
import { RowBlock } from './row-block.js';
import { cellBounds, countColumns, RowParser } from './row-parser.js';
import { RowProblems, type OnReject } from './row-problems.js';

export interface RowReaderOptions {
  /** Most rows of a block. */
  blockRows?: number;
  onReject?: OnReject;
}

const latin1 = new TextDecoder('latin1');
/** Why a line over the limit is no row. */
export const tooLong = `longer than ${limits.lineBytes} bytes`;

/** Turns the lines after the header into blocks of rows. */
export class RowReader {
  readonly block: RowBlock;
  readonly clock: MeterClock;
  readonly problems: RowProblems;
  /** V003 without END_DATA so far, or a last line without its line feed. */
  incomplete: boolean;

  private readonly parser: RowParser;
  private readonly channelCount: number;
  private readonly endMarker: string | null;
  private ended = false;

  constructor({ header, endMarker }: ParsedHeader, { blockRows, onReject }: RowReaderOptions = {}) {
    this.problems = new RowProblems(onReject);
    this.channelCount = header.channels.length;
    this.block = new RowBlock(this.channelCount, blockRows);
    this.clock = meterClock(header.timeZone);
    this.parser = new RowParser(this.channelCount);
    this.endMarker = endMarker;
    this.incomplete = endMarker !== null;
  }

  /** Reads one line. The block must not be full. */
  accept(line: LineScanner): void {
    const { endMarker } = this;
    if (line.terminated && line.isBlank()) return;
    if (endMarker !== null && (this.ended || line.equals(endMarker))) {
      this.end(line, endMarker);
    } else if (!line.terminated) {
      this.problems.truncated(line, () =>
        line.overlong ? tooLong : 'cut off: the last line has no line feed',
      );
      this.incomplete = true;
    } else {
      this.acceptRow(line);
    }
  }

  private acceptRow(line: LineScanner): void {
    const { block, parser, problems, channelCount } = this;
    if (line.overlong) {
      problems.truncated(line, () => tooLong);
      return;
    }
    const row = block.rowCount;
    const outcome = parser.parse(line.bytes, line.start, line.end, block.values, row * channelCount);
    if (outcome === 'truncated') problems.truncated(line, () => wrongColumns(line, channelCount + 1));
    else if (outcome === 'timestamp') {
      problems.timestamp(line, 1, () => `${cell(line, 0)} is not a time DD/MM/YY HH:MM:SS`);
    } else {
      block.times[row] = this.clock.toUtc(parser.clockSeconds) * 1000;
      block.rowCount = row + 1;
      if (parser.rejectedCount > 0) this.rejectValues(line);
    }
  }

  private rejectValues(line: LineScanner): void {
    const { rejectedColumns, rejectedCount } = this.parser;
    this.problems.values(line, rejectedCount, (index) => {
      const column = (rejectedColumns[index] as number) + 1;
      return { column: column + 1, reason: () => `${cell(line, column)} is not a decimal number` };
    });
  }

  private end(line: LineScanner, marker: string): void {
    if (!this.ended) {
      this.ended = true;
      this.incomplete = false;
      return;
    }
    this.problems.truncated(line, () => `after ${marker}`);
    if (!line.terminated) this.incomplete = true;
  }
}

function wrongColumns({ bytes, start, end }: LineScanner, expected: number): string {
  const columns = countColumns(bytes, start, end);
  return `${columns} ${columns === 1 ? 'column' : 'columns'} instead of ${expected}`;
}

/** @param column 0-based */
function cell({ bytes, start, end }: LineScanner, column: number): string {
  const [from, to] = cellBounds(bytes, start, end, column);
  return quote(latin1.decode(bytes.subarray(from, Math.min(to, from + 64))));
}
