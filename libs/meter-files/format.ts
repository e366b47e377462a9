/** How the master is connected, as the header states it; null when it does not say. */
export type MasterType = 'Tri' | 'Mono' | null;

/** Lines that wrap a JSON header and the rows. */
export interface Envelope {
  headerStart: string;
  headerEnd: string;
  dataStart: string;
  /** Marks a complete file; it counts without a line break too. */
  dataEnd: string;
}

/** What a format's metadata say about how the rest of the file is to be read. */
export interface FormatFacts {
  /** As written; checked by the caller. */
  timeZone: string;
  masterType: MasterType;
}

/**
 * One format of meter files: two header lines, then rows; in some, inside an envelope. It is a file in `formats/` that exports its
 * definition under the name of the file: `mv-t302-v002.ts` exports `mvT302V002`. `npm run generate` finds it.
 */
export interface FormatDefinition<Name extends string = string> {
  /** First cell of the line that names the channels. */
  name: Name;
  envelope: Envelope | null;
  /** Throws FormatProblem when the metadata do not tell how to read the file. */
  interpret(metadata: Readonly<Record<string, unknown>>): FormatFacts;
}

/** What is wrong with the metadata, in words; the caller adds the line. */
export class FormatProblem extends Error {}
