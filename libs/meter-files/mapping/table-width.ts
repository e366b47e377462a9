/** Lines that are looked at before the first of them is read. */
export const votingLines = 20;

/**
 * How many columns the rows of a table have: as many as most of its first rows and its header. A row of another width has lost or won
 * a delimiter, and its cells would be read as those of other channels.
 * @param header columns of the header, undefined where there is none
 * @param rows columns of the first rows
 * @returns 0 where none is more frequent than the others
 */
export function widthOf(header: number | undefined, rows: readonly number[]): number {
  const votes = new Map<number, number>();
  for (const width of [...(header === undefined ? [] : [header]), ...rows]) {
    votes.set(width, (votes.get(width) ?? 0) + 1);
  }
  const [first, second] = [...votes].toSorted(([, a], [, b]) => b - a);
  if (first === undefined) return 0;
  if (second === undefined || second[1] < first[1]) return first[0];
  return header !== undefined && votes.get(header) === first[1] ? header : 0;
}
