import { decodeHeaderLine } from './header-text.js';
import { parseHeader, type ParsedHeader } from './header-parser.js';
import type { HeaderLine } from './header-steps.js';
import { LineScanner } from './line-scanner.js';
import type { RowBlock } from './row-block.js';
import { RowReader } from './row-reader.js';

/** Who takes what one pass over a file finds. */
export interface ScanConsumer {
  /** Called once, before any rows. */
  onHeader(header: ParsedHeader): void | Promise<void>;
  /** The block is emptied and reused once the promise resolves. Never called with an empty block. */
  onBlock(block: RowBlock): void | Promise<void>;
}

/** One pass over a meter file, chunk by chunk. */
export class FileScan {
  private readonly lines = new LineScanner();
  private readonly header = parseHeader();
  private reader: RowReader | null = null;

  constructor(
    private readonly consumer: ScanConsumer,
    private readonly blockRows?: number,
  ) {
    this.header.next();
  }

  /**
   * Reads the next bytes of the file; the chunk may be reused afterwards.
   * @throws HeaderProblem when the header cannot be read; nothing more may be pushed then.
   */
  async push(chunk: Uint8Array): Promise<void> {
    const { lines } = this;
    lines.push(chunk);
    while (lines.next()) {
      if (this.reader === null) await this.takeHeaderLine();
      else {
        this.reader.accept(lines);
        if (this.reader.block.full) await this.flush(this.reader);
      }
    }
  }

  /** Ends the file; the reader then holds the counts. */
  async finish(): Promise<RowReader> {
    if (this.lines.finish()) {
      if (this.reader === null) await this.takeHeaderLine();
      else this.reader.accept(this.lines);
    }
    const reader = this.reader ?? (await this.takeHeader(null));
    await this.flush(reader);
    return reader;
  }

  private async takeHeaderLine(): Promise<void> {
    const { lines } = this;
    if (lines.isBlank()) return;
    await this.takeHeader({
      text: decodeHeaderLine(lines.bytes.subarray(lines.start, lines.end)),
      number: lines.lineNumber,
      terminated: lines.terminated,
      overlong: lines.overlong,
    });
  }

  private async takeHeader(line: HeaderLine): Promise<RowReader | null>;
  private async takeHeader(line: null): Promise<RowReader>;
  private async takeHeader(line: HeaderLine | null): Promise<RowReader | null> {
    const step = this.header.next(line);
    if (step.done !== true) return null;
    this.reader = new RowReader(step.value, this.blockRows);
    await this.consumer.onHeader(step.value);
    return this.reader;
  }

  private async flush(reader: RowReader): Promise<void> {
    if (reader.block.rowCount === 0) return;
    await this.consumer.onBlock(reader.block);
    reader.block.rowCount = 0;
  }
}
