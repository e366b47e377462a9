import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AlertDestinations } from '#libs/contracts';
import {
  ALERTING,
  AlertMetrics,
  EmailSender,
  NoticeDelivery,
  NoticeStore,
  WebhookSender,
  type Alerting,
} from '#libs/nest-kit';
import { publicUrl } from '../running-app.js';
import { MailReceiver } from './mail-receiver.js';
import { minute, WatchedFleet } from './watched-fleet.js';
import { answer, WebhookReceiver } from './webhook-receiver.js';

const secret = 'a-secret-of-the-webhooks';
let fleet: WatchedFleet;
let hook: WebhookReceiver;
let mail: MailReceiver;

beforeAll(async () => {
  [hook, mail] = await Promise.all([WebhookReceiver.start(), MailReceiver.start()]);
  fleet = await WatchedFleet.start({
    environment: {
      ALERT_WEBHOOK_ALLOW_PRIVATE: 'true',
      ALERT_WEBHOOK_SECRET: secret,
      SMTP_URL: mail.url,
      ALERT_EMAIL_FROM: 'alerts@wattfleet.example',
    },
  });
});
afterAll(async () => {
  await fleet.close();
  await Promise.all([hook.close(), mail.close()]);
});
beforeEach(async () => {
  hook.reset();
  mail.reset();
  await fleet.reset();
  await fleet.setHold(0);
});

/** Offline at minute 0. */
async function raise(...codes: string[]): Promise<void> {
  for (const code of codes) await fleet.addCustomer(code, { last_contact_at: -61 });
  await fleet.evaluate(0);
}

async function resolve(code: string, at: number): Promise<void> {
  await fleet.set(code, { last_contact_at: at });
  await fleet.evaluate(at);
}

async function onlyDestination() {
  const { body } = await fleet.operator.get<AlertDestinations>('/api/alerts/destinations');
  return body.destinations[0];
}

/** Of the only alert: `event attempts sent`. */
async function notices(): Promise<string[]> {
  const [alert] = await fleet.alerts();
  return (alert?.notices ?? []).map(
    ({ event, attempts, sentAt }) => `${event} ${attempts} ${sentAt === null ? 'unsent' : 'sent'}`,
  );
}

describe('a webhook', () => {
  beforeEach(() => fleet.addDestination('webhook', hook.url));

  it('is told once that an alert was raised and once that it was resolved', async () => {
    await raise('ACME');
    await fleet.deliver(0);
    await fleet.evaluate(1);
    await fleet.deliver(1);
    await resolve('ACME', 2);
    await fleet.deliver(2);
    await fleet.deliver(3);
    const [alert] = await fleet.alerts();
    const told = {
      alertId: alert?.id,
      kind: 'offline',
      customer: { code: 'ACME', name: 'Name of ACME' },
      summary: 'No contact for 1 h 1 min (limit 1 h)',
      raisedAt: minute(0).toISOString(),
      url: `${publicUrl}/customers/ACME`,
    };
    expect(hook.received.map(({ notice }) => notice)).toEqual([
      { ...told, event: 'raised', resolvedAt: null },
      { ...told, event: 'resolved', resolvedAt: minute(2).toISOString() },
    ]);
    expect(alert?.notices).toEqual(
      [0, 2].map((at) => ({
        destination: `http://127.0.0.1:${hook.port}`,
        event: at === 0 ? 'raised' : 'resolved',
        sentAt: minute(at).toISOString(),
        attempts: 1,
        lastError: null,
      })),
    );
  });

  it('can check by the signature who sent it and when', async () => {
    await raise('ACME');
    await fleet.deliver(0);
    const [received] = hook.received;
    expect(received?.headers).toMatchObject({
      'content-type': 'application/json',
      'wattfleet-alert-id': received?.notice.alertId,
    });
    const [, seconds, digest] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(received?.headers['wattfleet-signature'])) ?? [];
    expect(Math.abs(Date.now() / 1_000 - Number(seconds))).toBeLessThan(60);
    expect(digest).toBe(createHmac('sha256', secret).update(`${seconds}.${received?.body}`).digest('hex'));
  });

  it('that fails is tried again, after longer and longer waits, until it succeeds', async () => {
    hook.respond = answer(500, `broken ${'x'.repeat(100_000)}`);
    await raise('ACME');
    for (const at of [0, 0.4, 0.5, 1.4, 1.5, 3.4, 3.5]) await fleet.deliver(at);
    expect(hook.received).toHaveLength(4);
    expect(await notices()).toEqual(['raised 4 unsent']);
    expect((await fleet.alerts())[0]?.notices[0]?.lastError).toMatch(/^answered 500: broken x+$/);
    expect((await onlyDestination())?.lastError?.message.length).toBeLessThanOrEqual(200);
    hook.respond = answer(200, 'ok');
    await fleet.deliver(7.5);
    expect(await notices()).toEqual(['raised 5 sent']);
    expect(await onlyDestination()).toMatchObject({ lastError: null, lastSentAt: minute(7.5).toISOString() });
  });

  it('is told both, in order, of what was resolved before it could be told', async () => {
    hook.respond = answer(503);
    await raise('ACME');
    await fleet.deliver(0);
    await resolve('ACME', 0.2);
    await fleet.deliver(0.2);
    expect(hook.events()).toEqual(['ACME raised']);
    hook.respond = answer(200);
    await fleet.deliver(1);
    expect(hook.events()).toEqual(['ACME raised', 'ACME raised', 'ACME resolved']);
    expect(hook.received[1]?.notice.resolvedAt).toBeNull();
    expect(await notices()).toEqual(['raised 2 sent', 'resolved 1 sent']);
  });

  it('is given up after 24 hours, which is shown, and told nothing more of the alert', async () => {
    hook.respond = answer(404, 'no such hook');
    await raise('ACME');
    const day = 24 * 60;
    for (const at of [0, 60, day - 61, day - 1]) await fleet.deliver(at);
    expect(await fleet.query(`SELECT FROM fleet.alert_notice WHERE given_up_at IS NOT NULL`)).toEqual([]);
    await fleet.deliver(day + 60);
    hook.respond = answer(200);
    hook.received.length = 0;
    await resolve('ACME', day + 61);
    await fleet.deliver(day + 200);
    expect(hook.received).toEqual([]);
    expect(await notices()).toEqual(['raised 5 unsent']);
    expect((await fleet.alerts())[0]?.notices[0]?.lastError).toBe('answered 404: no such hook');
    const { body } = await fleet.operator.get<string>('/metrics');
    expect(body).toMatch(
      /wattfleet_alert_notices_total\{type="webhook",outcome="given-up",app="admin"\} [1-9]/,
    );
  });

  it('is not followed where it redirects to', async () => {
    const elsewhere = await WebhookReceiver.start();
    hook.respond = answer(307, '', { location: elsewhere.url });
    await raise('ACME');
    await fleet.deliver(0);
    expect(elsewhere.connections).toBe(0);
    expect((await onlyDestination())?.lastError?.message).toBe('answered 307');
    await elsewhere.close();
  });

  it('is never told by two processes at once', async () => {
    const { app, dataSource } = fleet.admin;
    const other = new NoticeDelivery(
      dataSource,
      app.get<Alerting>(ALERTING),
      app.get(NoticeStore),
      app.get(WebhookSender),
      app.get(EmailSender),
      app.get(AlertMetrics),
    );
    await raise('A1', 'A2', 'A3');
    let underWay = 0;
    let most = 0;
    const end = async (response: ServerResponse) => {
      await fleet.query('SELECT 1');
      underWay -= 1;
      response.end();
    };
    hook.respond = (response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      // The other one has every chance to send while this answer is awaited.
      void end(response);
    };
    const { signal } = new AbortController();
    await Promise.all([fleet.deliver(0), other.deliver(minute(0), signal), other.deliver(minute(0), signal)]);
    expect(hook.events()).toEqual(['A1 raised', 'A2 raised', 'A3 raised']);
    expect(most).toBe(1);
  });

  it('that does not answer does not hold up the end of the app; the notice waits', async () => {
    const stopping = new AbortController();
    hook.respond = () => stopping.abort();
    await raise('ACME');
    await fleet.deliver(0, stopping.signal);
    expect(await notices()).toEqual(['raised 0 unsent']);
    hook.respond = answer(200);
    await fleet.deliver(0);
    expect(await notices()).toEqual(['raised 1 sent']);
  });

  it('that is added later is told of new alerts only', async () => {
    await raise('ACME');
    await fleet.deliver(0);
    const later = await WebhookReceiver.start();
    await fleet.addDestination('webhook', later.url);
    await resolve('ACME', 1);
    await raise('NEXT');
    await fleet.deliver(1);
    expect(later.events()).toEqual(['NEXT raised']);
    expect(hook.events()).toEqual(['ACME raised', 'ACME resolved', 'NEXT raised']);
    await later.close();
  });

  it.each(['turned off', 'removed'])('that is %s is told nothing more', async (what) => {
    hook.respond = answer(500);
    await raise('ACME');
    await fleet.deliver(0);
    const { id, type, address } = (await onlyDestination()) ?? { id: '' };
    const path = `/api/alerts/destinations/${id}`;
    if (what === 'removed') await fleet.operator.send('DELETE', path);
    else {
      const edit = (enabled: boolean) =>
        fleet.operator.send('PUT', path, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ type, address, enabled }),
        });
      await edit(false);
      await edit(true);
    }
    hook.respond = answer(200);
    await resolve('ACME', 1);
    await fleet.deliver(60);
    expect(hook.events()).toEqual(['ACME raised']);
  });
});

describe('a mailbox', () => {
  beforeEach(() => fleet.addDestination('email', 'Ops@Example.com'));

  it('gets one mail for each alert and event', async () => {
    await fleet.addDestination('email', 'second@example.com');
    await raise('ACME');
    await fleet.deliver(0);
    await resolve('ACME', 1);
    await fleet.deliver(1);
    const first = mail.received.filter(({ recipients }) => recipients.includes('ops@example.com'));
    expect(mail.received).toHaveLength(4);
    expect(first.map(({ headers }) => headers.get('subject'))).toEqual([
      '[Raised] Name of ACME (ACME): No contact for 1 h 1 min (limit 1 h)',
      '[Resolved] Name of ACME (ACME): No contact for 1 h 1 min (limit 1 h)',
    ]);
    expect(first[0]).toMatchObject({ sender: 'alerts@wattfleet.example', recipients: ['ops@example.com'] });
    expect(first[0]?.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(first[0]?.body).toContain(`${publicUrl}/customers/ACME`);
    expect(new Set(mail.received.map(({ headers }) => headers.get('message-id'))).size).toBe(4);
  });

  it('gets the same Message-ID when a mail is sent again', async () => {
    await raise('ACME');
    await fleet.deliver(0);
    await fleet.query(`UPDATE fleet.alert_notice SET sent_at = NULL`);
    await fleet.deliver(0);
    const [first, second] = mail.received.map(({ headers }) => headers.get('message-id'));
    expect(first).toMatch(/^<alert-notice-\d+@wattfleet\.test>$/);
    expect(second).toBe(first);
  });

  it('gets no header and no copy that a name of a customer asks for', async () => {
    const name = 'Evil\r\nBcc: victim@example.com\r\n\r\nBody <x@y.example>, victim@example.com';
    await fleet.addCustomer('EVIL', { last_contact_at: -61 }, name);
    await fleet.evaluate(0);
    await fleet.deliver(0);
    expect(mail.received.map(({ recipients }) => recipients)).toEqual([['ops@example.com']]);
    expect([...(mail.received[0]?.headers.keys() ?? [])]).not.toContain('bcc');
    expect(mail.subjects()[0]).toMatch(/^\[Raised\] Evil Bcc: victim@example\.com Body/);
  });

  it('gets one mail for a storm, while webhooks get a notice each', async () => {
    await fleet.addDestination('webhook', hook.url);
    const codes = Array.from({ length: 11 }, (_, index) => `S${index + 10}`);
    await raise(...codes);
    await fleet.deliver(0);
    expect(mail.subjects()).toEqual(['[Alerts] 11 raised']);
    for (const code of codes) expect(mail.received[0]?.body).toContain(`Name of ${code} (${code})`);
    expect(hook.events()).toEqual(codes.map((code) => `${code} raised`));
    await fleet.deliver(1);
    expect(mail.received).toHaveLength(1);
  });

  it('gets a mail for each of ten', async () => {
    await raise(...Array.from({ length: 10 }, (_, index) => `T${index + 10}`));
    await fleet.deliver(0);
    expect(mail.received).toHaveLength(10);
  });

  it('that the server refuses is tried again', async () => {
    mail.refusal = 'mailbox full';
    await raise('ACME');
    await fleet.deliver(0);
    expect((await onlyDestination())?.lastError?.message).toContain('mailbox full');
    mail.refusal = undefined;
    await fleet.deliver(0.5);
    expect(await notices()).toEqual(['raised 2 sent']);
    expect(mail.received).toHaveLength(1);
  });
});

describe('without an SMTP server', () => {
  it('mail waits, webhooks do not', async () => {
    const without = await WatchedFleet.start({ environment: { ALERT_WEBHOOK_ALLOW_PRIVATE: 'true' } });
    try {
      await without.addDestination('email', 'ops@example.com');
      await without.addDestination('webhook', hook.url);
      await without.setHold(0);
      await without.addCustomer('ACME', { last_contact_at: -61 });
      await without.evaluate(0);
      await without.deliver(0);
      expect(hook.events()).toEqual(['ACME raised']);
      expect(hook.received[0]?.headers['wattfleet-signature']).toBeUndefined();
      const [alert] = await without.alerts();
      const waiting = alert?.notices.find(({ destination }) => destination === 'ops@example.com');
      expect(waiting).toMatchObject({ sentAt: null, attempts: 0 });
      const { body } = await without.operator.get<AlertDestinations>('/api/alerts/destinations');
      expect(body.emailConfigured).toBe(false);
    } finally {
      await without.close();
    }
  });
});
