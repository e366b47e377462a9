import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import { CodedError } from '#libs/errors';

type Colours = ReturnType<typeof pc.createColors>;
type Stream = NodeJS.WritableStream & { isTTY?: boolean };

/** Where a run writes. Standard output carries data alone; everything else goes to standard error. */
export interface Streams {
  stdout: Stream;
  stderr: Stream;
}

export interface OutputOptions {
  json: boolean;
  noColour: boolean;
  /** No progress and no hints: results and errors alone. */
  quiet: boolean;
}

/** An error as users meet it. */
export interface ToldError {
  code: string;
  message: string;
  problems: CodedError['problems'];
  remedy: string;
}

/** What one run tells its user: text, or with `--json` one JSON object a line. */
export class Output {
  /** Colours for standard output. */
  readonly colours: Colours;
  /** Whether lines on standard error can be drawn over. */
  readonly isLive: boolean;
  readonly #errorColours: Colours;
  readonly #streams: Streams;
  readonly #options: OutputOptions;
  readonly #live: ReturnType<typeof createLogUpdate>;

  constructor(streams: Streams, options: OutputOptions) {
    const { json, noColour, quiet } = options;
    this.#streams = streams;
    this.#options = options;
    this.colours = pc.createColors(!noColour && !json && streams.stdout.isTTY === true);
    this.#errorColours = pc.createColors(!noColour && streams.stderr.isTTY === true);
    this.isLive = streams.stderr.isTTY === true && !json && !quiet;
    this.#live = createLogUpdate(streams.stderr);
  }

  /** The result: `data` for programs, `text` for people. */
  result(data: object, text: string): void {
    this.#streams.stdout.write(this.#options.json ? `${JSON.stringify(data)}\n` : `${text}\n`);
  }

  /** What happens while a long run goes on, for programs only. */
  event(data: object): void {
    if (this.#options.json) this.#streams.stdout.write(`${JSON.stringify(data)}\n`);
  }

  /** One part of a result that comes in parts, for people only. */
  text(text: string): void {
    if (!this.#options.json) this.#streams.stdout.write(`${text}\n`);
  }

  /** What failed for one of several tenants, for people: with `--json` its event says it. */
  problem(tenant: string, { message, problems, remedy }: ToldError): void {
    const { red, dim } = this.#errorColours;
    if (this.#options.json) return;
    this.#streams.stderr.write(`${red(tenant)}: ${message}\n${lines(problems)}${dim(`  ${remedy}`)}\n`);
  }

  /** Rows under their headings, for people only. */
  table(headings: readonly string[], rows: readonly (readonly string[])[]): void {
    if (this.#options.json) return;
    const widths = headings.map((heading, column) =>
      Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
    );
    const line = (cells: readonly string[]) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd();
    this.#streams.stdout.write(`${this.colours.bold(line(headings))}\n`);
    for (const row of rows) this.#streams.stdout.write(`${line(row)}\n`);
  }

  /** What happened or what comes next, for people only. */
  note(text: string): void {
    if (!this.#options.json && !this.#options.quiet) this.#streams.stderr.write(`${text}\n`);
  }

  /** Lines that the next call draws over; none to clear them. For terminals only. */
  live(text: string): void {
    if (!this.isLive) return;
    if (text === '') this.#live.clear();
    else this.#live(text);
  }

  /** @returns the exit code: 64 for a wrong command line, 1 for everything else */
  error(error: unknown): number {
    const { code, message, problems, remedy } = this.describe(error);
    const { red, dim } = this.#errorColours;
    this.#streams.stderr.write(
      this.#options.json
        ? `${JSON.stringify({ error: { code, message, problems, remedy } })}\n`
        : `${red(`error ${code}:`)} ${message}\n${lines(problems)}${dim(remedy)}\n`,
    );
    return code === 'USAGE' ? 64 : 1;
  }

  describe(error: unknown): ToldError {
    const { code, detail, problems, entry } = toCodedError(error);
    const message = detail === undefined ? entry.title : `${entry.title}: ${detail}`;
    return { code, message, problems, remedy: entry.remedy };
  }
}

function toCodedError(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const isOfSystem = error instanceof Error && 'syscall' in error;
  return new CodedError(isOfSystem ? 'FILE_ACCESS_FAILED' : 'INTERNAL', { detail, cause: error });
}

function lines(problems: CodedError['problems']): string {
  return problems.map(({ path, message }) => `  ${path}: ${message}\n`).join('');
}
