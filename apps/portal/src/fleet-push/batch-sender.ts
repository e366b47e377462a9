import { batchContentType, pushHeaders, type Problem } from '#libs/contracts';
import { version } from '#libs/nest-kit';
import type { FleetPushSettings } from '../portal.config.js';
import type { Backlog, OutboxEntry } from './outbox.queries.js';

/** What became of one send, and so what the queue does next. */
export type SendOutcome =
  | { kind: 'taken' }
  /** Malformed for Admin: set aside, the queue moves on. */
  | { kind: 'malformed'; code: string; message: string }
  /** Nothing is wrong with the batch: it keeps its place. */
  | { kind: 'held'; code: string; message: string; retryAfterSeconds: number | undefined };

const malformed = new Set([400, 409, 422]);

/** Tells Admin that there is nothing to push. */
export function sendContact(settings: FleetPushSettings, backlog: Backlog): Promise<SendOutcome> {
  return post(settings, '/api/ingest/contact', { headers: senderHeaders(settings, backlog) });
}

/** Sends one entry. Never throws: an answer that does not come is an outcome, too. */
export function sendBatch(
  settings: FleetPushSettings,
  entry: OutboxEntry,
  backlog: Backlog,
): Promise<SendOutcome> {
  return post(settings, '/api/ingest/batches', {
    headers: {
      ...senderHeaders(settings, backlog),
      'content-type': batchContentType,
      'content-encoding': 'gzip',
      [pushHeaders.idempotencyKey]: entry.idempotencyKey,
    },
    body: new Uint8Array(entry.payload),
  });
}

async function post(
  settings: FleetPushSettings,
  address: string,
  request: { headers: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
): Promise<SendOutcome> {
  let response: Response;
  try {
    response = await fetch(new URL(address, settings.url), {
      method: 'POST',
      ...request,
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    });
  } catch (error) {
    return { kind: 'held', code: 'NETWORK', message: causeOf(error), retryAfterSeconds: undefined };
  }
  if (response.ok) {
    await response.body?.cancel();
    return { kind: 'taken' };
  }
  const { code, message } = await readProblem(response);
  if (malformed.has(response.status)) return { kind: 'malformed', code, message };
  const retryAfter = Number(response.headers.get('retry-after'));
  return { kind: 'held', code, message, retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined };
}

function senderHeaders(settings: FleetPushSettings, backlog: Backlog): Record<string, string> {
  return {
    authorization: `Bearer ${settings.token.reveal()}`,
    [pushHeaders.senderVersion]: version,
    [pushHeaders.backlogBatches]: String(backlog.batches),
    ...(backlog.oldestAt === null ? {} : { [pushHeaders.oldestUnsentAt]: backlog.oldestAt.toISOString() }),
  };
}

async function readProblem(response: Response): Promise<{ code: string; message: string }> {
  try {
    const problem = (await response.json()) as Partial<Problem>;
    return {
      code: problem.code ?? `HTTP_${response.status}`,
      message: problem.detail ?? problem.title ?? '',
    };
  } catch {
    return { code: `HTTP_${response.status}`, message: response.statusText };
  }
}

/** `fetch failed` says nothing; its cause says `connect ECONNREFUSED …`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
