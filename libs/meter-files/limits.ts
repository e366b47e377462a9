/**
 * Bounds on what a hostile or broken file can make the reader hold in memory. Real files stay far below:
 * the widest meter has some 60 columns, a row of it is under 600 bytes.
 */
export const limits = {
  /** A longer line is not kept: a header line refuses the file, a row is rejected. */
  lineBytes: 1024 * 1024,
  columns: 4096,
  /** All lines of a JSON header together, in characters. */
  metadataCharacters: 64 * 1024,
  metadataDepth: 16,
  /** One cell of a header line, in characters. */
  cellCharacters: 256,
  /** Problems listed in a report; beyond that they are only counted. */
  problems: 100,
  /** Values of one block of rows (2 MiB of doubles). */
  blockValues: 256 * 1024,
  /** Values held at once while rows of the same time are merged (16 MiB of doubles). */
  mergedValues: 2 * 1024 * 1024,
} as const;
