import type { ColumnMapping } from '#libs/contracts';
import type { MeterFileHeader } from '../header.js';
import { HeaderProblem } from '../refusal.js';
import type { RowReaderOptions } from '../row-reader.js';
import type { Scan, ScanConsumer, ScannedRows } from '../scan.js';
import { CsvRecords, type CsvRecord } from './csv-records.js';
import { LongRows } from './long-rows.js';
import { checkHeaderCells, mappedHeader } from './mapped-header.js';
import type { MappedRows } from './mapped-rows.js';
import { WideRows } from './wide-rows.js';

/** One pass over a CSV file, read as its mapping says. */
export class MappedScan implements Scan {
  private readonly records: CsvRecords;
  private readonly header: MeterFileHeader;
  private readonly rows: MappedRows;
  private awaitsHeader: boolean;
  private isAnnounced = false;

  constructor(
    private readonly mapping: ColumnMapping,
    private readonly consumer: ScanConsumer,
    options: RowReaderOptions,
  ) {
    this.records = new CsvRecords(mapping, options.onReject !== undefined);
    this.header = mappedHeader(mapping);
    this.rows =
      mapping.values.layout === 'wide'
        ? new WideRows(this.header, mapping, options)
        : new LongRows(this.header, mapping, options);
    this.awaitsHeader = mapping.hasHeader;
  }

  async push(chunk: Uint8Array): Promise<void> {
    await this.acceptAll(await this.records.push(chunk));
  }

  async finish(): Promise<ScannedRows> {
    await this.acceptAll(await this.records.finish());
    if (!this.isAnnounced) {
      throw new HeaderProblem('METER_FILE_EMPTY', 'there is no line in it that the mapping reads');
    }
    await this.flush();
    return this.rows;
  }

  private async acceptAll(records: readonly CsvRecord[]): Promise<void> {
    for (const record of records) {
      if (this.awaitsHeader) checkHeaderCells(record.cells, this.mapping, record.lineNumber);
      else this.rows.accept(record.cells, { lineNumber: record.lineNumber, text: () => record.raw });
      this.awaitsHeader = false;
      if (!this.isAnnounced) await this.announce();
      if (this.rows.block.full) await this.flush();
    }
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
