import { catalogue, type CatalogueEntry, type ErrorCode } from './catalogue.js';

/** One thing that is wrong with an input, and where. */
export interface InputProblem {
  /** Field, variable, flag or YAML path: `sites[0].slug`, `DATABASE_URL`, `--root`. */
  path: string;
  message: string;
}

/**
 * An error with a code from the catalogue. `detail` and `problems` are shown to users:
 * they name fields, files and lines, never secrets or foreign data.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly problems: readonly InputProblem[];
  /** Seconds after which a retry makes sense, for 429 and 503. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    options: {
      detail?: string;
      problems?: readonly InputProblem[];
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    const { title } = catalogue[code];
    super(describe(title, options.detail, options.problems), { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.detail = options.detail;
    this.problems = options.problems ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get entry(): CatalogueEntry {
    return catalogue[this.code];
  }
}

function describe(title: string, detail?: string, problems?: readonly InputProblem[]): string {
  const lines = (problems ?? []).map((problem) => `  ${problem.path}: ${problem.message}`);
  return [detail === undefined ? title : `${title}: ${detail}`, ...lines].join('\n');
}

/** True for an error thrown by Node with this `code`, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
