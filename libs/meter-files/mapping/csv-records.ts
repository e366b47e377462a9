import { parse, type Info } from 'csv-parse';
import { hasCode } from '#libs/errors';
import type { CsvDialect } from '#libs/contracts';
import { limits } from '../limits.js';
import { HeaderProblem } from '../refusal.js';

/** One record of a CSV file. */
export interface CsvRecord {
  cells: string[];
  /** 1-based; of its last line where a quoted cell holds line breaks. */
  lineNumber: number;
  /** As it stands in the file, where that was asked for. */
  raw: string;
}

/** csv-parse's names. */
const encodings = { 'utf-8': 'utf8', 'windows-1252': 'latin1', 'utf-16le': 'utf16le' } as const;

type Extended = { record: string[]; raw: string };

/** Cuts a CSV file into records, chunk by chunk (RFC 4180, with any of our delimiters). */
export class CsvRecords {
  private found: CsvRecord[] = [];
  private failure: Error | undefined;
  private readonly parser;

  /** @param keepRaw what a record says in the file is wanted too, at some cost */
  constructor({ encoding, delimiter, skipLines }: CsvDialect, keepRaw: boolean) {
    this.parser = parse({
      bom: true,
      delimiter,
      encoding: encodings[encoding],
      from_line: skipLines + 1,
      // Nothing is handed on as an object stream: records are taken where they are found.
      on_record: (record: string[] | Extended, info: Info) => this.take(record, info),
      max_record_size: limits.lineBytes,
      raw: keepRaw,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
    this.parser.on('error', (error) => {
      this.failure = error;
    });
  }

  /** @throws HeaderProblem where a quote is opened and the file, or a sensible record, ends before it is closed */
  async push(chunk: Uint8Array): Promise<CsvRecord[]> {
    // What is left of a chunk stays in the parser, and the chunk may be reused.
    await this.settle((done) => this.parser.write(Buffer.from(chunk), done));
    return this.drain();
  }

  async finish(): Promise<CsvRecord[]> {
    await this.settle((done) => this.parser.end(done));
    return this.drain();
  }

  private take(record: string[] | Extended, { lines }: Info): null {
    const { cells, raw } = Array.isArray(record)
      ? { cells: record, raw: '' }
      : { cells: record.record, raw: record.raw.replace(/\r?\n$/, '') };
    this.found.push({ cells, lineNumber: lines, raw });
    return null;
  }

  private drain(): CsvRecord[] {
    const records = this.found;
    this.found = [];
    return records;
  }

  private async settle(work: (done: (error?: Error | null) => void) => void): Promise<void> {
    if (this.failure === undefined) {
      await new Promise<void>((resolve) => {
        work((error) => {
          this.failure ??= error ?? undefined;
          resolve();
        });
      });
    }
    if (this.failure !== undefined) throw describe(this.failure);
  }
}

function describe(error: Error): Error {
  if (!hasCode(error, 'CSV_QUOTE_NOT_CLOSED') && !hasCode(error, 'CSV_MAX_RECORD_SIZE')) return error;
  const line = 'lines' in error ? `line ${String(error.lines)}: ` : '';
  const message = hasCode(error, 'CSV_QUOTE_NOT_CLOSED')
    ? 'a quote is opened and never closed'
    : `a record is longer than ${limits.lineBytes} bytes; a quote may be opened and not closed`;
  return new HeaderProblem('METER_FILE_HEADER_INVALID', `${line}${message}`);
}
