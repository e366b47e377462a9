import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What answers took. */
export interface LoadResult {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** Answers other than 200. */
  failures: number;
}

/**
 * Sends one and the same GET over kept connections, with as little work of its own as possible: it shares the machine
 * with what it measures.
 */
export class HttpLoad {
  readonly #connections: Connection[] = [];

  private constructor(private readonly request: string) {}

  static async open(url: URL, headers: Record<string, string>, connections: number): Promise<HttpLoad> {
    const lines = [`GET ${url.pathname} HTTP/1.1`, `Host: ${url.host}`];
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    const load = new HttpLoad(`${lines.join('\r\n')}\r\n\r\n`);
    for (let count = 0; count < connections; count++) {
      const socket = connect(Number(url.port), url.hostname).setNoDelay(true);
      await once(socket, 'connect');
      load.#connections.push(new Connection(socket));
    }
    return load;
  }

  /** As fast as the answers come. */
  async closedLoop(seconds: number): Promise<LoadResult> {
    const run = new Run();
    const end = performance.now() + seconds * 1_000;
    await Promise.all(
      this.#connections.map(async (connection) => {
        while (performance.now() < end) run.add(await connection.ask(this.request), performance.now());
      }),
    );
    return run.result();
  }

  /**
   * So many a second, whatever the answers take: a request that waits for a free connection is late already, and its
   * wait counts.
   */
  async atRate(perSecond: number, seconds: number): Promise<LoadResult> {
    const run = new Run();
    const begun = performance.now();
    const total = perSecond * seconds;
    let next = 0;
    await Promise.all(
      this.#connections.map(async (connection) => {
        while (next < total) {
          const due = begun + (next++ * 1_000) / perSecond;
          const wait = due - performance.now();
          if (wait > 0) await delay(wait);
          await connection
            .ask(this.request)
            .then((answer) => run.add({ ...answer, sentAt: due }, performance.now()));
        }
      }),
    );
    return run.result();
  }

  close(): void {
    for (const { socket } of this.#connections) socket.destroy();
  }
}

interface Answer {
  sentAt: number;
  ok: boolean;
}

/** One request at a time on one socket; the answers have no body. */
class Connection {
  #received = '';
  #answered: ((ok: boolean) => void) | undefined;

  constructor(readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (part: string) => {
      this.#received += part;
      if (!this.#received.includes('\r\n\r\n')) return;
      const ok = this.#received.startsWith('HTTP/1.1 200');
      this.#received = '';
      this.#answered?.(ok);
    });
    socket.on('close', () => this.#answered?.(false));
  }

  async ask(request: string): Promise<Answer> {
    const sentAt = performance.now();
    const answered = new Promise<boolean>((resolve) => (this.#answered = resolve));
    this.socket.write(request);
    return { sentAt, ok: await answered };
  }
}

class Run {
  readonly #begun = performance.now();
  readonly #latencies: number[] = [];
  #failures = 0;

  add({ sentAt, ok }: Answer, now: number): void {
    this.#latencies.push(now - sentAt);
    if (!ok) this.#failures += 1;
  }

  result(): LoadResult {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
    return {
      perSecond: (sorted.length * 1_000) / (performance.now() - this.#begun),
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
      failures: this.#failures,
    };
  }
}
