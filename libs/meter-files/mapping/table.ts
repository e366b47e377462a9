import type { CsvDialect } from '#libs/contracts';
import { HeaderProblem } from '../refusal.js';
import { CsvRecords } from './csv-records.js';

/** The first records of a CSV file as cells, to look at and to choose columns from. */
interface CsvTable {
  rows: { line: number; cells: string[] }[];
}

const maxColumns = 1_000;
const maxCellCharacters = 120;

/**
 * @param head the beginning of a file; a record that is cut off at its end is left out
 * @param rows most records, the header's included
 */
export async function readTable(head: Uint8Array, dialect: CsvDialect, rows: number): Promise<CsvTable> {
  const records = await firstRecords(head, dialect);
  return {
    rows: records.slice(0, rows).map(({ lineNumber, cells }) => ({
      line: lineNumber,
      cells: cells.slice(0, maxColumns).map((cell) => cell.trim().slice(0, maxCellCharacters)),
    })),
  };
}

async function firstRecords(head: Uint8Array, dialect: CsvDialect) {
  try {
    return await new CsvRecords(dialect, false).push(head);
  } catch (error) {
    if (error instanceof HeaderProblem) return [];
    throw error;
  }
}
