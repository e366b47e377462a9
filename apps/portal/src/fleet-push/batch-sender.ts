import {
  batchContentType,
  ingestCatalogue,
  ingestDigests,
  pushHeaders,
  type ChannelDigest,
  type IngestCatalogue,
  type Problem,
} from '#libs/contracts';
import { version } from '#libs/nest-kit';
import type { FleetPushSettings } from '../portal.config.js';
import type { Backlog, OutboxEntry } from './outbox-entry.js';
import { kindOf, readRetryAfter, readRowErrors, remedyOf, type SendOutcome } from './outcome.js';

/** Longer than Admin needs for any batch; the lease is longer still. */
const timeoutMs = 60_000;

/** What names the sender's place in its stream. */
export interface StreamPlace {
  streamId: string;
  /** Batches that Admin has committed, as its last answer said. */
  position: number;
}

/** An answer to a question that was no answer. */
export type Unanswered = Exclude<SendOutcome, { kind: 'taken' }>;

interface Request {
  method: 'GET' | 'POST';
  address: string;
  headers?: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
}

/** Speaks with Admin. Nothing of it throws: an answer that does not come is an outcome, too. */
export class BatchSender {
  constructor(
    private readonly settings: FleetPushSettings,
    /** Aborted when the portal cannot wait any longer. */
    private readonly stop: AbortSignal,
  ) {}

  sendBatch(entry: OutboxEntry, place: StreamPlace, backlog: Backlog): Promise<SendOutcome> {
    const headers = {
      ...senderHeaders(place, backlog),
      'content-type': batchContentType,
      'content-encoding': 'gzip',
      [pushHeaders.idempotencyKey]: entry.idempotencyKey,
    };
    const body = new Uint8Array(entry.payload);
    return this.post({ method: 'POST', address: '/api/ingest/batches', headers, body }, place);
  }

  /** Tells Admin that there is nothing to push. */
  sendContact(place: StreamPlace): Promise<SendOutcome> {
    const headers = senderHeaders(place, { batches: 0, oldestAt: null });
    return this.post({ method: 'POST', address: '/api/ingest/contact', headers }, place);
  }

  /** Ids of what Admin holds. */
  async readCatalogue(): Promise<IngestCatalogue | Unanswered> {
    const answer = await this.request({ method: 'GET', address: '/api/ingest/catalogue' });
    return answer instanceof Response ? readBody(answer, ingestCatalogue) : answer;
  }

  /**
   * Digests of what Admin holds, by channel and UTC day.
   * @param to exclusive; both are UTC midnights
   */
  async readDigests(from: Date, to: Date): Promise<{ digests: ChannelDigest[] } | Unanswered> {
    const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() });
    const answer = await this.request({ method: 'GET', address: `/api/ingest/digests?${query.toString()}` });
    return answer instanceof Response ? readBody(answer, ingestDigests) : answer;
  }

  private async post(request: Request, place: StreamPlace): Promise<SendOutcome> {
    const answer = await this.request(request);
    if (!(answer instanceof Response)) {
      const { kind } = answer;
      // Admin says that it is behind by 412; it is believed only when its position says so, too.
      if (kind !== 'unanswered' || answer.status !== 412) return answer;
      const position = answer.position ?? place.position;
      return position < place.position ? { kind: 'admin-behind', position, refusal: answer.refusal } : answer;
    }
    const position = readPosition(answer);
    const body: unknown = await answer.json().catch(() => null);
    return { kind: 'taken', position, errors: readRowErrors(body) };
  }

  private async request({ method, address, headers, body }: Request): Promise<Response | Refused> {
    try {
      const response = await fetch(new URL(address, this.settings.url), {
        method,
        headers: { authorization: `Bearer ${this.settings.token.reveal()}`, ...headers },
        ...(body === undefined ? {} : { body }),
        redirect: 'error',
        signal: AbortSignal.any([this.stop, AbortSignal.timeout(timeoutMs)]),
      });
      return response.ok ? response : await refusedBy(response);
    } catch (error) {
      if (this.stop.aborted) return { kind: 'aborted' };
      const refusal = { code: 'NETWORK', message: causeOf(error), remedy: remedyOf('unanswered') };
      return { kind: 'unanswered', refusal, retryAfterSeconds: undefined };
    }
  }
}

type Refused = Exclude<Unanswered, { kind: 'admin-behind' }> & { status?: number; position?: number };

async function refusedBy(response: Response): Promise<Refused> {
  const kind = kindOf(response.status);
  const position = readPosition(response);
  const retryAfterSeconds = readRetryAfter(response.headers.get('retry-after'), Date.now());
  const refusal = await readProblem(response, remedyOf(kind));
  const place = position === undefined ? {} : { position };
  return { kind, refusal, retryAfterSeconds, status: response.status, ...place };
}

function senderHeaders({ streamId, position }: StreamPlace, backlog: Backlog): Record<string, string> {
  return {
    [pushHeaders.senderVersion]: version,
    [pushHeaders.backlogBatches]: String(backlog.batches),
    [pushHeaders.streamId]: streamId,
    [pushHeaders.streamPosition]: String(position),
    ...(backlog.oldestAt === null ? {} : { [pushHeaders.oldestUnsentAt]: backlog.oldestAt.toISOString() }),
  };
}

function readPosition({ headers }: Response): number | undefined {
  const text = headers.get(pushHeaders.streamPosition);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** An answer that the contract does not know is as good as none. */
async function readBody<T>(
  response: Response,
  schema: { parse: (body: unknown) => T },
): Promise<T | Unanswered> {
  try {
    return schema.parse(await response.json());
  } catch (error) {
    const message = `Admin's answer is not what it should be: ${causeOf(error)}`;
    const refusal = { code: 'ANSWER_INVALID', message, remedy: remedyOf('unanswered') };
    return { kind: 'unanswered', refusal, retryAfterSeconds: undefined };
  }
}

async function readProblem(response: Response, remedy: string) {
  const unknown = { code: `HTTP_${response.status}`, message: response.statusText, remedy };
  try {
    const problem = (await response.json()) as Partial<Problem>;
    return {
      code: problem.code ?? unknown.code,
      message: problem.detail ?? problem.title ?? unknown.message,
      remedy: problem.remedy ?? remedy,
    };
  } catch {
    return unknown;
  }
}

/** `fetch failed` says nothing; its cause says `connect ECONNREFUSED …`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
