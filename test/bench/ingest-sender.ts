import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { batchContentType, pushHeaders, type PushResult } from '#libs/contracts';

/** Posts batches as a portal does, over a fixed number of connections. */
export class IngestSender {
  readonly #agent: Agent;

  constructor(
    private readonly port: number,
    connections: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @throws Error unless the answer is 200 */
  post(sender: { token: string; streamId: string }, key: string, payload: Buffer): Promise<PushResult> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.port,
          method: 'POST',
          path: '/api/ingest/batches',
          agent: this.#agent,
          headers: {
            authorization: `Bearer ${sender.token}`,
            'content-type': batchContentType,
            'content-encoding': 'gzip',
            'content-length': payload.length,
            [pushHeaders.idempotencyKey]: key,
            [pushHeaders.streamId]: sender.streamId,
            [pushHeaders.streamPosition]: '0',
            [pushHeaders.backlogBatches]: '0',
            [pushHeaders.senderVersion]: 'bench',
          },
        },
        (answer) => {
          resolve(readResult(answer));
        },
      );
      outgoing.once('error', reject).end(payload);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

async function readResult(answer: IncomingMessage): Promise<PushResult> {
  const body = await text(answer);
  if (answer.statusCode === 200) return JSON.parse(body) as PushResult;
  throw new Error(`Admin answered ${answer.statusCode}: ${body}`);
}
