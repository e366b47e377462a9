/**
 * The cells of one line as RFC 4180 writes them: between quotes a delimiter is text, and two quotes are one. A quote inside of a
 * cell that does not begin with one is text.
 * @returns undefined where a quote is opened that no delimiter or end of the line follows when it is closed
 */
export function cellsOf(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const isQuoted = line[at] === '"';
    const end = isQuoted ? endOfQuoted(line, at) : endOfPlain(line, at, delimiter);
    if (end === -1 || (end < line.length && line[end] !== delimiter)) return undefined;
    const raw = line.slice(at, end);
    cells.push(isQuoted ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === line.length) return cells;
    at = end + 1;
  }
}

function endOfPlain(line: string, from: number, delimiter: string): number {
  const end = line.indexOf(delimiter, from);
  return end === -1 ? line.length : end;
}

/** Behind the quote that closes the one at `from`; -1 where there is none. */
function endOfQuoted(line: string, from: number): number {
  let at = line.indexOf('"', from + 1);
  while (at !== -1 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at === -1 ? -1 : at + 1;
}
