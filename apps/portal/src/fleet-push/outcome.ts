import { rowErrorCode, type PushResult } from '#libs/contracts';

/** What Admin says is wrong, and what somebody can do about it. */
export interface Refusal {
  code: string;
  message: string;
  remedy: string;
}

/** What became of one request, and so what the queue does next. */
export type SendOutcome =
  /** `position`: batches of the stream that Admin has committed; undefined where it does not say. */
  | { kind: 'taken'; position: number | undefined; errors: PushResult['errors'] }
  /** Admin has fewer batches of the stream than it had. */
  | { kind: 'admin-behind'; position: number; refusal: Refusal }
  /** To be cut in two. */
  | { kind: 'too-large'; refusal: Refusal }
  /** Malformed for Admin: set aside, the queue moves on. */
  | { kind: 'malformed'; refusal: Refusal }
  /** Token or address is wrong: nothing is sent until somebody has mended it, and nothing is lost. */
  | { kind: 'held'; refusal: Refusal; retryAfterSeconds: number | undefined }
  /** Nothing is wrong with the batch: it keeps its place and is sent again. */
  | { kind: 'unanswered'; refusal: Refusal; retryAfterSeconds: number | undefined }
  /** The portal stops. */
  | { kind: 'aborted' };

const longestRetryAfterSeconds = 3_600;
const longestBackoffSeconds = 300;
const heldSeconds = 300;

/** The kind of outcome that a refusal by this HTTP status is. */
export function kindOf(status: number): 'too-large' | 'malformed' | 'held' | 'unanswered' {
  if (status === 413) return 'too-large';
  if (status === 400 || status === 409 || status === 422) return 'malformed';
  return status === 401 || status === 403 || status === 404 ? 'held' : 'unanswered';
}

/**
 * Seconds until the next try. A fleet must not come back all at once, hence the jitter; `Retry-After` goes first.
 * @param failures how often in a row it went wrong, this time included
 * @param random from 0 to 1
 */
export function secondsUntilRetry(
  outcome: Extract<SendOutcome, { kind: 'held' | 'unanswered' }>,
  failures: number,
  random: number,
): number {
  if (outcome.retryAfterSeconds !== undefined) return outcome.retryAfterSeconds;
  if (outcome.kind === 'held') return heldSeconds * (0.8 + 0.4 * random);
  return Math.min(longestBackoffSeconds, 2 ** Math.min(failures, 30)) * (0.5 + random / 2);
}

/**
 * Reads the header `Retry-After`: seconds or a date, an hour at most.
 * @param now epoch milliseconds
 */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1_000;
  return seconds > 0 ? Math.min(seconds, longestRetryAfterSeconds) : undefined;
}

const remedies = {
  'too-large': 'Lower FLEET_INGEST_BATCH_SIZE.',
  malformed:
    'Portal and Admin disagree on the push protocol: update the older one, then release the quarantine.',
  held: 'Check FLEET_INGEST_URL and FLEET_INGEST_TOKEN, and whether the customer is enabled in Admin.',
  unanswered:
    'Check that Admin runs and can be reached at FLEET_INGEST_URL. The portal tries again by itself.',
} as const;

export function remedyOf(kind: keyof typeof remedies): string {
  return remedies[kind];
}

/** Rows that an answer names as bad; an answer without them names none. */
export function readRowErrors(body: unknown): PushResult['errors'] {
  const errors = (body as Partial<PushResult> | null)?.errors;
  if (!Array.isArray(errors)) return [];
  return errors.filter(({ row, code }) => Number.isInteger(row) && rowErrorCode.safeParse(code).success);
}
