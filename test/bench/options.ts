/** How a bench is run. */
export interface BenchOptions {
  /** Print one JSON object on standard output, progress on standard error. */
  json: boolean;
  /** Leave out what takes long, and say so. */
  quick: boolean;
}
