import type { ColumnMapping } from '#libs/contracts';
import { FileScan } from './file-scan.js';
import { MappedScan } from './mapping/mapped-scan.js';
import type { RowReaderOptions } from './row-reader.js';
import type { Scan, ScanConsumer } from './scan.js';

/** How a file is read: by its own format, or as a mapping says. */
export interface ScanOptions extends RowReaderOptions {
  /** For a CSV or TSV file that is of no known format. */
  mapping?: ColumnMapping | undefined;
}

export function openScan(consumer: ScanConsumer, { mapping, ...options }: ScanOptions): Scan {
  return mapping === undefined ? new FileScan(consumer, options) : new MappedScan(mapping, consumer, options);
}
