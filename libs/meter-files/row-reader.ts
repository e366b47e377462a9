import type { ParsedHeader } from './header-parser.js';
import type { LineScanner } from './line-scanner.js';
import { meterClock, type MeterClock } from './local-time.js';
import { RowBlock } from './row-block.js';
import { RowParser } from './row-parser.js';
import { RowProblems } from './row-problems.js';

/** Turns the lines after the header into blocks of rows. */
export class RowReader {
  readonly block: RowBlock;
  readonly clock: MeterClock;
  readonly problems = new RowProblems();
  /** V003 without END_DATA so far, or a last line without its line feed. */
  incomplete: boolean;

  private readonly parser: RowParser;
  private readonly channelCount: number;
  private readonly endMarker: string | null;
  private ended = false;

  constructor({ header, endMarker }: ParsedHeader, blockRows?: number) {
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
      this.problems.truncated(line, this.channelCount);
      this.incomplete = true;
    } else {
      this.acceptRow(line);
    }
  }

  private acceptRow(line: LineScanner): void {
    const { block, parser, problems, channelCount } = this;
    if (line.overlong) {
      problems.truncated(line, channelCount);
      return;
    }
    const row = block.rowCount;
    const outcome = parser.parse(line.bytes, line.start, line.end, block.values, row * channelCount);
    if (outcome === 'truncated') problems.truncated(line, channelCount);
    else if (outcome === 'timestamp') problems.timestamp(line);
    else {
      block.times[row] = this.clock.toUtc(parser.clockSeconds) * 1000;
      block.rowCount = row + 1;
      if (parser.rejectedCount > 0) problems.values(line, parser.rejectedColumns, parser.rejectedCount);
    }
  }

  private end(line: LineScanner, marker: string): void {
    if (!this.ended) {
      this.ended = true;
      this.incomplete = false;
      return;
    }
    this.problems.afterEnd(line, marker);
    if (!line.terminated) this.incomplete = true;
  }
}
