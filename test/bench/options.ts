/** How a bench is run. */
export interface BenchOptions {
  /** Print one JSON object on standard output, progress on standard error. */
  json: boolean;
  /** Leave out what takes long, and say so. */
  quick: boolean;
  /** Length of one measurement, seconds, where a bench has such a thing; undefined for its own choice. */
  seconds: number | undefined;
  /** How often each measurement is made, where a bench repeats; undefined for its own choice. */
  rounds: number | undefined;
}
