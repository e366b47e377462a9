import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between portal and Admin: passes everything on, and loses some answers after Admin has given them. */
export class LossyProxy {
  /** Answers that were lost. */
  lost = 0;
  #passed = 0;
  readonly #server = createServer((from, to) => this.#pass(from, to));

  private constructor(
    /** Address of Admin; it may move. */
    public target: string,
    /** Given the number of a push, from 1. */
    private readonly losesAnswer: (push: number) => boolean,
  ) {}

  static async start(
    target: string,
    losesAnswer: (push: number) => boolean = () => false,
  ): Promise<LossyProxy> {
    const proxy = new LossyProxy(target, losesAnswer);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(from: IncomingMessage, to: ServerResponse): void {
    const isPush = from.url === '/api/ingest/batches';
    const isLost = isPush && this.losesAnswer(++this.#passed);
    const { method, headers } = from;
    const onward = request(new URL(from.url ?? '/', this.target), { method, headers }, (answer) => {
      if (!isLost) {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
        return;
      }
      this.lost += 1;
      answer.resume().once('end', () => from.socket.destroy());
    });
    from.pipe(onward);
  }
}
