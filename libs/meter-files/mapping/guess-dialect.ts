import type { CsvDialect } from '#libs/contracts';
import { numberReader } from './cell-numbers.js';
import { guessEncoding } from './text-encoding.js';

/** Where two cut a file equally well: a comma and a semicolon do where the decimal mark is a comma. */
const delimiters = ['\t', ';', '|', ','] as const;

const sampleLines = 200;

/** How a file is probably cut into cells: by what gives the most lines the same number of them. */
export function guessDialect(head: Uint8Array): CsvDialect {
  const encoding = guessEncoding(head);
  const lines = new TextDecoder(encoding)
    .decode(head)
    .split(/\r\n|\n|\r/)
    // The last one may be cut off.
    .slice(0, -1)
    .slice(0, sampleLines);
  const [best] = delimiters
    .map((delimiter) => ({ delimiter, ...shape(lines, delimiter) }))
    .toSorted((a, b) => b.lines - a.lines);
  const { delimiter, columns } = best ?? { delimiter: ',', columns: 1 };
  const begins = lines.findIndex((line) => cells(line, delimiter).length === columns);
  const skipLines = Math.max(begins, 0);
  return { encoding, delimiter, skipLines, hasHeader: isHeader(cells(lines[skipLines] ?? '', delimiter)) };
}

/** The number of columns that most lines have, of which there are at least two, and how many lines that is. */
function shape(lines: readonly string[], delimiter: string): { columns: number; lines: number } {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const columns = cells(line, delimiter).length;
    if (columns > 1) counts.set(columns, (counts.get(columns) ?? 0) + 1);
  }
  const [columns, count] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [1, 0];
  return { columns, lines: count };
}

/** Good enough to count: a delimiter between quotes is none. */
function cells(line: string, delimiter: string): string[] {
  return line.replaceAll(/"[^"]*"/g, (quoted) => quoted.replaceAll(delimiter, ' ')).split(delimiter);
}

function isHeader(first: readonly string[]): boolean {
  const numbers = [numberReader('.'), numberReader(',')];
  const texts = first.map((cell) => cell.replaceAll('"', '').trim()).filter((cell) => cell !== '');
  return (
    texts.length > 0 &&
    texts.every((text) => numbers.every((read) => Number.isNaN(read(text))) && !/^\d/.test(text))
  );
}
