import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { pushHeaders, type PushBatch, type PushResult } from '#libs/contracts';

/** A batch as it came to the stub. */
export interface ReceivedPush {
  path: string;
  key: string;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  batch: PushBatch;
}

/** @param push undefined for a contact and for questions */
export type Respond = (response: ServerResponse, push?: ReceivedPush) => void | Promise<void>;

export function answer(status: number, headers: Record<string, string> = {}): Respond {
  return (response) => {
    const code = `STUB_${status}`;
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
    response.end(JSON.stringify({ status, code, title: `answered ${status}` }));
  };
}

/** Takes the batch but for these rows. */
export function reject(errors: PushResult['errors']): Respond {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ errors }));
  };
}

/** Reads the batch, as Admin does before it commits, and hangs up. */
export const loseAnswer: Respond = (response) => {
  response.socket?.destroy();
};

/** Answers never. */
export const hang: Respond = () => undefined;

/** Answers the next request so, and those after it with 200. */
export function once(stub: FleetStub, respond: Respond): Respond {
  return (response, push) => {
    stub.respond = answer(200);
    return respond(response, push);
  };
}

/** Stands in for Admin: keeps what it gets and answers as the test says. */
export class FleetStub {
  readonly received: ReceivedPush[] = [];
  /** Headers of the requests that only say that the portal is there. */
  readonly contacts: IncomingMessage['headers'][] = [];
  respond: Respond = answer(200);
  /** Answers what the portal asks for a comparison. */
  answerQuestion: (url: URL, response: ServerResponse) => void | Promise<void> = (_url, response) =>
    answer(404)(response);
  readonly #server = createServer((request, response) => void this.#take(request, response));

  static async start(): Promise<FleetStub> {
    const stub = new FleetStub();
    await stub.listen(0);
    return stub;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  keys(): string[] {
    return this.received.map(({ key }) => key);
  }

  /** Hangs up on whoever waits for an answer. */
  dropConnections(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    if (request.method === 'GET') {
      await this.answerQuestion(new URL(request.url ?? '', this.url), response);
      return;
    }
    if (request.url === '/api/ingest/contact') {
      this.contacts.push(request.headers);
      await this.respond(response);
      return;
    }
    const push = {
      path: `${request.method} ${request.url}`,
      key: String(request.headers[pushHeaders.idempotencyKey]),
      headers: request.headers,
      bytes,
      batch: JSON.parse(gunzipSync(bytes).toString()) as PushBatch,
    };
    this.received.push(push);
    await this.respond(response, push);
  }
}
