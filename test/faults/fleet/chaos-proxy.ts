import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What happens to the next push that comes by. */
export type ProxyFault =
  | { kind: 'lose request' }
  | { kind: 'cut request' }
  | { kind: 'lose answer' }
  | { kind: 'send twice' }
  | { kind: 'send again later'; afterMs: number }
  | { kind: 'answer'; status: 408 | 429 | 500 | 503; retryAfter?: number }
  | { kind: 'delay'; ms: number };

interface Push {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Stands between the portals and Admin, passes everything on, and does to a push what it is told to. */
export class ChaosProxy {
  readonly #faults: ProxyFault[] = [];
  readonly #late = new Set<Promise<unknown>>();
  readonly #server = createServer((from, to) => {
    this.#pass(from, to).catch(() => from.socket.destroy());
  });

  private constructor(private readonly target: string) {}

  static async start(target: string): Promise<ChaosProxy> {
    const proxy = new ChaosProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Faults that no push has met yet. */
  get waiting(): number {
    return this.#faults.length;
  }

  inject(fault: ProxyFault): void {
    this.#faults.push(fault);
  }

  /** No fault from now on; returns when the late copies have been sent, too. */
  async calm(): Promise<void> {
    this.#faults.length = 0;
    await Promise.allSettled(this.#late);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers: sent } = from;
    const push = { method, path, headers: sent, body: await readAll(from) };
    const fault = push.path === '/api/ingest/batches' ? this.#faults.shift() : undefined;
    const answer = await this.#deliver(push, from, fault);
    if (answer === undefined) {
      from.socket.destroy();
      return;
    }
    const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
    to.writeHead(answer.status, headers).end(answer.body);
  }

  /** @returns undefined when the portal gets no answer */
  async #deliver(
    push: Push,
    from: IncomingMessage,
    fault: ProxyFault | undefined,
  ): Promise<Answer | undefined> {
    if (fault === undefined) return this.#send(push);
    let answer: Answer | undefined;
    switch (fault.kind) {
      case 'lose request':
        break;
      case 'cut request': {
        const half = { ...push, body: push.body.subarray(0, push.body.length / 2) };
        await this.#send(half, true).catch(() => undefined);
        break;
      }
      case 'lose answer':
        await this.#send(push);
        break;
      case 'send twice':
        answer = await Promise.any([this.#send(push), this.#send(push)]).catch(() => undefined);
        break;
      case 'send again later':
        this.#sendLater(push, fault.afterMs);
        answer = await this.#send(push);
        break;
      case 'answer':
        answer = refusal(fault);
        break;
      case 'delay':
        await delay(fault.ms);
        answer = from.socket.destroyed ? undefined : await this.#send(push);
    }
    return answer;
  }

  #sendLater(push: Push, afterMs: number): void {
    const late = delay(afterMs).then(() => this.#send(push).catch(() => undefined));
    this.#late.add(late);
    void late.finally(() => this.#late.delete(late));
  }

  /** @param cutOff ends the connection after the body, which is shorter than its Content-Length says */
  #send({ method, path, headers, body }: Push, cutOff = false): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onward = request(new URL(path, this.target), { method, headers, agent: false }, (answer) => {
        readAll(answer).then(
          (text) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: text }),
          reject,
        );
      });
      onward.once('error', reject);
      if (!cutOff) {
        onward.end(body);
        return;
      }
      onward.write(body, () => setTimeout(() => onward.destroy(), 20));
    });
  }
}

function refusal({ status, retryAfter }: Extract<ProxyFault, { kind: 'answer' }>): Answer {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return { status, headers, body: Buffer.alloc(0) };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
