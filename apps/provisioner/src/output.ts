import pc from 'picocolors';
import { CodedError } from '#libs/errors';

type Colours = ReturnType<typeof pc.createColors>;

/** Where a run writes. Standard output carries data alone; everything else goes to standard error. */
export interface Streams {
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): unknown; isTTY?: boolean };
}

/** What one run tells its user, as text or, with `--json`, as one JSON object. */
export class Output {
  /** Colours for standard output. */
  readonly colours: Colours;
  readonly #errorColours: Colours;
  readonly #streams: Streams;
  readonly #json: boolean;

  constructor(streams: Streams, json: boolean, noColour: boolean) {
    this.#streams = streams;
    this.#json = json;
    this.colours = pc.createColors(!noColour && !json && streams.stdout.isTTY === true);
    this.#errorColours = pc.createColors(!noColour && streams.stderr.isTTY === true);
  }

  /** The result: `data` for programs, `text` for people. */
  result(data: object, text: string): void {
    this.#streams.stdout.write(this.#json ? `${JSON.stringify(data)}\n` : `${text}\n`);
  }

  /** What happened or what comes next, for people only. */
  note(text: string): void {
    if (!this.#json) this.#streams.stderr.write(`${text}\n`);
  }

  /** @returns the exit code: 64 for a wrong command line, 1 for everything else */
  error(error: unknown): number {
    const { code, message, problems, remedy } = describe(error);
    const { red, dim } = this.#errorColours;
    this.#streams.stderr.write(
      this.#json
        ? `${JSON.stringify({ error: { code, message, problems, remedy } })}\n`
        : `${red(`error ${code}:`)} ${message}\n${lines(problems)}${dim(remedy)}\n`,
    );
    return code === 'USAGE' ? 64 : 1;
  }
}

function describe(error: unknown) {
  const { code, detail, problems, entry } = toCodedError(error);
  const message = detail === undefined ? entry.title : `${entry.title}: ${detail}`;
  return { code, message, problems, remedy: entry.remedy };
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
