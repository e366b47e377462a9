import type { Problem } from '#libs/contracts';
import { uiWords } from './ui-words.js';
import { wordsOf } from './words.js';

const t = wordsOf(uiWords);

/** An answer that is not a success, or no answer at all; everything the interface may show about it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** HTTP status; 0 when the server could not be reached. */
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly remedy: string | undefined;
  readonly requestId: string | undefined;
  /** The fields that are wrong. */
  readonly errors: readonly { path: string; message: string }[];

  constructor(problem: Omit<Problem, 'type'>) {
    super(problem.detail ?? problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.remedy = problem.remedy;
    this.requestId = problem.requestId;
    this.errors = problem.errors ?? [];
  }
}

export function noConnection(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'NO_CONNECTION',
    title: t('noConnection'),
    remedy: t('checkConnection'),
  });
}

/** Reads an error answer. A proxy in front of the app answers with HTML or nothing: that becomes a problem too. */
export function parseProblem(status: number, body: string): ApiProblem {
  return new ApiProblem(readProblem(status, body) ?? foreignProblem(status));
}

function readProblem(status: number, body: string): Omit<Problem, 'type'> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('title' in value) || typeof value.title !== 'string') return undefined;
  if (!('code' in value) || typeof value.code !== 'string') return undefined;
  return { ...(value as Problem), status };
}

function foreignProblem(status: number): Omit<Problem, 'type'> {
  const unavailable = status === 502 || status === 503 || status === 504;
  return {
    status,
    code: `HTTP_${String(status)}`,
    title: unavailable ? t('notAvailable') : t('serverError'),
    detail: t('httpStatus', { status: String(status) }),
    remedy: t('tryInAMinute'),
  };
}
