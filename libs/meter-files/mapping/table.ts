import type { CsvDialect } from '#libs/contracts';
import { cellsOf } from './csv-cells.js';
import { CsvLines } from './csv-lines.js';

/** The first lines of a CSV file as cells, to look at and to choose columns from. */
interface CsvTable {
  rows: { line: number; cells: string[] }[];
}

const maxColumns = 1_000;
const maxCellCharacters = 120;

/**
 * @param head the beginning of a file; a line that is cut off at its end is left out
 * @param rows most lines, the header's included
 */
export function readTable(head: Uint8Array, dialect: CsvDialect, rows: number): CsvTable {
  const found: CsvTable['rows'] = [];
  for (const line of new CsvLines(dialect).push(head)) {
    if (found.length === rows) break;
    if (line.lineNumber <= dialect.skipLines || line.isBlank()) continue;
    const cells = cellsOf(line.text(), dialect.delimiter) ?? [];
    found.push({
      line: line.lineNumber,
      cells: cells.slice(0, maxColumns).map((cell) => cell.trim().slice(0, maxCellCharacters)),
    });
  }
  return { rows: found };
}
