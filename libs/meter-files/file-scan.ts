import { decodeHeaderLine } from './header-text.js';
import { parseHeader } from './header-parser.js';
import type { HeaderLine } from './header-steps.js';
import { LineScanner } from './line-scanner.js';
import { RowReader, type RowReaderOptions } from './row-reader.js';
import type { Scan, ScanConsumer } from './scan.js';

/** One pass over a meter file, chunk by chunk. */
export class FileScan implements Scan {
  private readonly lines = new LineScanner();
  private readonly header = parseHeader();
  private reader: RowReader | null = null;

  constructor(
    private readonly consumer: ScanConsumer,
    private readonly options?: RowReaderOptions,
  ) {
    this.header.next();
  }

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
    this.reader = new RowReader(step.value, this.options);
    await this.consumer.onHeader(step.value.header);
    return this.reader;
  }

  private async flush(reader: RowReader): Promise<void> {
    if (reader.block.rowCount === 0) return;
    await this.consumer.onBlock(reader.block);
    reader.block.rowCount = 0;
  }
}
