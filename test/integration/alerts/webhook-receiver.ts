import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { alertNotice, type AlertNotice } from '#libs/contracts';

interface ReceivedNotice {
  headers: IncomingHttpHeaders;
  body: string;
  notice: AlertNotice;
}

/** A webhook on loopback: keeps what it gets and answers as the test says. */
export class WebhookReceiver {
  readonly received: ReceivedNotice[] = [];
  connections = 0;
  respond: (response: ServerResponse) => void = (response) => response.writeHead(204).end();
  readonly #server = createServer((request, response) => void this.#take(request, response));

  constructor(private readonly schema: z.ZodObject) {}

  /** @param schema what it must be sent, exactly */
  static async start(schema: z.ZodObject = alertNotice): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(schema);
    receiver.#server.on('connection', () => {
      receiver.connections += 1;
    });
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook/s3cret`;
  }

  /** `CODE event`, in the order in which they came. */
  events(): string[] {
    return this.received.map(({ notice }) => `${notice.customer?.code ?? '-'} ${notice.event}`);
  }

  reset(): void {
    this.received.length = 0;
    this.connections = 0;
    this.respond = (response) => response.writeHead(204).end();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const notice = this.schema.strict().parse(JSON.parse(body)) as AlertNotice;
    this.received.push({ headers: request.headers, body, notice });
    this.respond(response);
  }
}

/** Answers with a status, and a text if there is one. */
export function answer(status: number, body = '', headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };
}
