import type { ColumnMapping } from '#libs/contracts';
import type { MeterFileHeader } from '../header.js';
import { HeaderProblem } from '../refusal.js';
import type { RowReaderOptions } from '../row-reader.js';
import type { Scan, ScanConsumer, ScannedRows } from '../scan.js';
import { cellsOf } from './csv-cells.js';
import { CsvLines, type CsvLine } from './csv-lines.js';
import { LongRows } from './long-rows.js';
import { checkHeaderLine, mappedHeader } from './mapped-header.js';
import type { MappedRows } from './mapped-rows.js';
import { votingLines, widthOf } from './table-width.js';
import { WideRows } from './wide-rows.js';

/** A line and its cells; undefined where its quotes do not tell. */
interface CutLine {
  line: CsvLine;
  cells: string[] | undefined;
}

/** One pass over a CSV file, read as its mapping says. */
export class MappedScan implements Scan {
  private readonly lines: CsvLines;
  private readonly header: MeterFileHeader;
  private readonly rows: MappedRows;
  private headerWidth: number | undefined;
  /** Of a row; undefined while the first rows are collected that decide it. */
  private width: number | undefined;
  private voting: CutLine[] = [];
  private isAnnounced = false;

  constructor(
    private readonly mapping: ColumnMapping,
    private readonly consumer: ScanConsumer,
    options: RowReaderOptions,
  ) {
    this.lines = new CsvLines(mapping);
    this.header = mappedHeader(mapping);
    this.rows =
      mapping.values.layout === 'wide'
        ? new WideRows(this.header, mapping, options)
        : new LongRows(this.header, mapping, options);
  }

  async push(chunk: Uint8Array): Promise<void> {
    for (const line of this.lines.push(chunk)) await this.acceptLine(line);
  }

  async finish(): Promise<ScannedRows> {
    for (const line of this.lines.finish()) await this.acceptLine(line);
    if (!this.isAnnounced) {
      throw new HeaderProblem('METER_FILE_EMPTY', 'there is no line in it that the mapping reads');
    }
    await this.endVote();
    await this.flush();
    return this.rows;
  }

  private async acceptLine(line: CsvLine): Promise<void> {
    if (line.lineNumber <= this.mapping.skipLines || (line.terminated && line.isBlank())) return;
    const cells = cellsOf(line.text(), this.mapping.delimiter);
    if (this.mapping.hasHeader && this.headerWidth === undefined) {
      this.headerWidth = checkHeaderLine(line, cells, this.mapping);
      return this.announce();
    }
    if (!this.isAnnounced) await this.announce();
    if (this.width !== undefined) return this.acceptRow({ line, cells }, this.width);
    this.voting.push({ line, cells });
    if (this.voting.length === votingLines) await this.endVote();
  }

  private async endVote(): Promise<void> {
    const lines = this.voting;
    this.voting = [];
    const whole = lines.filter(({ line, cells }) => line.terminated && cells !== undefined);
    this.width ??= widthOf(
      this.headerWidth,
      whole.map(({ cells }) => cells?.length ?? 0),
    );
    for (const line of lines) await this.acceptRow(line, this.width);
  }

  private async acceptRow({ line, cells }: CutLine, width: number): Promise<void> {
    this.rows.accept(cells, line, width);
    if (this.rows.block.full) await this.flush();
  }

  /** Before any rows, and not before there is a line that can be read. */
  private async announce(): Promise<void> {
    this.isAnnounced = true;
    await this.consumer.onHeader(this.header);
  }

  private async flush(): Promise<void> {
    const { block } = this.rows;
    if (block.rowCount === 0) return;
    await this.consumer.onBlock(block);
    block.rowCount = 0;
  }
}
