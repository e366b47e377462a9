import { createHmac } from 'node:crypto';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import type { Secret } from '#libs/config';
import { version } from '../version.js';
import type { Alerting } from './alerting.js';
import { DeliveryError, oneLine, webhookBody, type Notice } from './notice.js';
import { ALERTING } from './tokens.js';

const timeoutMs = 10_000;
const keptBytes = 800;

/** Posts notices to webhooks, and only to where those may go: the address is judged when the connection is made. */
@Injectable()
export class WebhookSender {
  constructor(@Inject(ALERTING) private readonly alerting: Alerting) {}

  /**
   * @param stop ends the request when the app does
   * @throws DeliveryError unless the answer is a 2xx within 10 s; a redirect is not followed
   */
  async send(address: string, notice: Notice, stop: AbortSignal): Promise<void> {
    const { secret } = this.alerting.settings.webhook;
    const body = JSON.stringify(webhookBody(notice));
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': `wattfleet/${version}`,
      'wattfleet-alert-id': notice.alertId,
      ...(secret === undefined ? {} : { 'wattfleet-signature': sign(secret, body, new Date()) }),
    };
    const answer = await this.post(new URL(address), headers, body, stop);
    if (answer.status >= 200 && answer.status < 300) return;
    throw new DeliveryError(oneLine(`answered ${answer.status}: ${answer.text}`).replace(/: $|:$/, ''));
  }

  private async post(
    url: URL,
    headers: Record<string, string | number>,
    body: string,
    stop: AbortSignal,
  ): Promise<{ status: number; text: string }> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const { allowPrivate } = this.alerting.settings.webhook;
    const filter = { allowPrivateIPAddress: allowPrivate, allowMetaIPAddress: allowPrivate };
    const secure = url.protocol === 'https:';
    const agent = secure ? new RequestFilteringHttpsAgent(filter) : new RequestFilteringHttpAgent(filter);
    try {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const signal = AbortSignal.any([timeout, stop]);
      const options = { method: 'POST', agent, headers, signal };
      const outgoing = secure ? requestHttps(url, options) : requestHttp(url, options);
      outgoing.on('response', resolve).on('error', reject).end(body);
      const response = await promise;
      return { status: response.statusCode ?? 0, text: await readStart(response) };
    } catch (error) {
      if (timeout.aborted)
        throw new DeliveryError(`no answer within ${timeoutMs / 1_000} s`, { cause: error });
      throw new DeliveryError(describe(error), { cause: error });
    } finally {
      agent.destroy();
    }
  }
}

/** `t=<epoch seconds>,v1=<hex>`: HMAC-SHA256 of `<epoch seconds>.<body>`, so that a request cannot be replayed later. */
function sign(secret: Secret, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  const digest = createHmac('sha256', secret.reveal()).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

/** The rest is neither waited for nor kept. */
async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= keptBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, keptBytes).toString();
}

function describe(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  // What the name resolves to is nobody's business who can only choose the name.
  if (/is not allowed\. Because/.test(message))
    return 'the address is loopback, link-local or private, which webhooks may not reach';
  return oneLine(message);
}
