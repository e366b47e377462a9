import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fleetPushStatus, type FleetPushStatus } from '#libs/contracts';
import { version } from '#libs/nest-kit';
import { ApiClient } from '../api-client.js';
import { captureOutput } from '../captured-output.js';
import { answer, FleetStub, loseAnswer, once } from './fleet-stub.js';
import { PushingPortal, pushToken as token } from './pushing-portal.js';

const output = captureOutput();

let admin: FleetStub;
let portal: PushingPortal;

beforeAll(async () => {
  admin = await FleetStub.start();
  portal = await PushingPortal.start(admin.url, { LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  await portal.close();
  await admin.close();
});
afterEach(async () => {
  admin.respond = answer(200);
  await portal.pushNow();
  expect((await portal.status()).unsentBatches).toBe(0);
  await portal.forget();
  admin.received.length = 0;
  admin.contacts.length = 0;
});

describe('the pusher', () => {
  it('sends entries in order, each with its key, and forgets what Admin has taken', async () => {
    const keys = await portal.fillOutbox();
    expect(keys).toHaveLength(3);
    const before = await portal.status();
    const status = await portal.push();
    expect(admin.keys()).toEqual(keys);
    expect(await portal.outboxKeys()).toEqual([]);
    expect(status).toMatchObject({
      unsentBatches: 0,
      unsentRows: 0,
      oldestUnsentAt: null,
      lastError: null,
      state: 'idle',
      retryAt: null,
    });
    expect(status.sentBatches - before.sentBatches).toBe(3);
    expect(status.sentRows - before.sentRows).toBe(300);
  });

  it('says who sends and what is left behind each batch', async () => {
    await portal.fillOutbox();
    await portal.push();
    for (const { path, headers } of admin.received) {
      expect(path).toBe('POST /api/ingest/batches');
      expect(headers).toMatchObject({
        authorization: `Bearer ${token}`,
        'content-type': 'application/vnd.wattfleet.batch+json',
        'content-encoding': 'gzip',
        'wattfleet-sender-version': version,
        'wattfleet-stream-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'wattfleet-stream-position': '0',
      });
    }
    const backlog = admin.received.map(({ headers }) => headers['wattfleet-backlog-batches']);
    expect(backlog).toEqual(['2', '1', '0']);
    const oldest = admin.received.map(({ headers }) => headers['wattfleet-oldest-unsent-at']);
    expect(oldest).toEqual([expect.stringMatching(/^\d{4}-.*Z$/), expect.stringMatching(/Z$/), undefined]);
  });

  it('remembers the position that Admin says, and tells it with the next batch', async () => {
    await portal.fillOutbox();
    let position = 0;
    admin.respond = (response) => {
      position += 1;
      return answer(200, { 'wattfleet-stream-position': String(position) })(response);
    };
    await portal.push();
    const told = admin.received.map(({ headers }) => headers['wattfleet-stream-position']);
    expect(told).toEqual(['0', '1', '2']);
    expect((await portal.status()).reconcile).toBeNull();
  });

  it('sends the same key and the same bytes again when the answer is lost', async () => {
    const keys = await portal.fillOutbox();
    admin.respond = loseAnswer;
    const status = await portal.push();
    expect(status).toMatchObject({
      unsentBatches: 3,
      state: 'backing-off',
      retryAt: expect.any(String),
      lastError: { code: 'NETWORK' },
    });
    admin.respond = answer(200);
    await portal.pushNow();
    expect(admin.keys()).toEqual([keys[0], ...keys]);
    const [lost, again] = admin.received;
    expect(again?.bytes.equals(lost?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect((await portal.status()).lastError).toBeNull();
  });

  it.each([
    [401, 'held'],
    [403, 'held'],
    [404, 'held'],
    [408, 'backing-off'],
    [412, 'backing-off'],
    [418, 'backing-off'],
    [429, 'backing-off'],
    [500, 'backing-off'],
    [502, 'backing-off'],
    [503, 'backing-off'],
  ])(
    'holds the queue, in order, on %i: it is %s and sends nothing until its time has come',
    async (httpStatus, state) => {
      const keys = await portal.fillOutbox();
      admin.respond = answer(httpStatus);
      const status = await portal.push();
      expect(status).toMatchObject({ unsentBatches: 3, quarantinedBatches: 0, state });
      expect(status.lastError).toMatchObject({
        code: `STUB_${httpStatus}`,
        message: `answered ${httpStatus}`,
        remedy: expect.stringMatching(/\.$/),
      });
      const seconds = (Date.parse(status.retryAt ?? '') - Date.now()) / 1_000;
      expect(seconds).toBeGreaterThan(state === 'held' ? 230 : 0);
      expect(seconds).toBeLessThan(state === 'held' ? 365 : 2.1);
      await portal.dataSource.query(
        `UPDATE monitoring.fleet_push_state SET retry_at = now() + INTERVAL '1 hour'`,
      );
      await portal.push();
      await portal.push();
      expect(admin.keys()).toEqual([keys[0]]);
      admin.respond = answer(200);
      await portal.pushNow();
      expect(admin.keys()).toEqual([keys[0], ...keys]);
    },
  );

  it('waits as long as Retry-After says', async () => {
    await portal.fillOutbox();
    admin.respond = answer(503, { 'retry-after': '120' });
    const { retryAt } = await portal.push();
    const seconds = (Date.parse(retryAt ?? '') - Date.now()) / 1_000;
    expect(seconds).toBeGreaterThan(110);
    expect(seconds).toBeLessThanOrEqual(120);
  });

  it('goes on by itself when its time has come', async () => {
    const keys = await portal.fillOutbox();
    admin.respond = once(admin, answer(500));
    await portal.push();
    await vi.waitFor(() => expect(admin.keys()).toEqual([keys[0], ...keys]), { timeout: 50_000 });
    await portal.pusher.settled();
  });

  it('holds the queue when nobody listens', async () => {
    await portal.fillOutbox();
    const { port } = new URL(admin.url);
    await admin.close();
    const status = await portal.push();
    expect(status).toMatchObject({ unsentBatches: 3, lastError: { code: 'NETWORK' } });
    expect(status.lastError?.message).toContain('ECONNREFUSED');
    await admin.listen(Number(port));
  });

  it.each([400, 409, 422])('sets what Admin refuses with %i aside, and goes on', async (httpStatus) => {
    const keys = await portal.fillOutbox();
    admin.respond = once(admin, answer(httpStatus));
    const status = await portal.push();
    expect(admin.keys()).toEqual(keys);
    expect(status).toMatchObject({ unsentBatches: 0, quarantinedBatches: 1, quarantinedRows: 100 });
    const rows: unknown[] = await portal.dataSource.query(
      'SELECT code, message, rows FROM monitoring.outbox_quarantine',
    );
    expect(rows).toEqual([{ code: `STUB_${httpStatus}`, message: `answered ${httpStatus}`, rows: 100 }]);
  });

  it.each([301, 302, 307, 308])(
    'follows no redirect, by %i, and shows its token to nobody else',
    async (status) => {
      await portal.fillOutbox();
      admin.respond = answer(status, { location: `${admin.url}/elsewhere` });
      expect(await portal.push()).toMatchObject({ unsentBatches: 3, quarantinedBatches: 0 });
      expect(admin.received.map(({ path }) => path)).toEqual(['POST /api/ingest/batches']);
    },
  );

  it('shows that it is there when it has nothing to send, once in an interval', async () => {
    await longAgo();
    for (let time = 0; time < 3; time++) await portal.push();
    expect(admin.received).toEqual([]);
    expect(admin.contacts).toMatchObject([
      {
        authorization: `Bearer ${token}`,
        'content-length': '0',
        'wattfleet-sender-version': version,
        'wattfleet-backlog-batches': '0',
      },
    ]);
  });

  it('shows that Admin could not be reached until it was, with and without something to send', async () => {
    await longAgo();
    admin.respond = answer(401);
    expect((await portal.push()).lastError).toMatchObject({ code: 'STUB_401' });
    admin.respond = answer(200);
    expect(await portal.pushNow()).toMatchObject({ lastError: null, state: 'idle' });
    expect(admin.contacts).toHaveLength(2);
  });

  it('copes with an error page that is no problem of ours', async () => {
    await portal.fillOutbox();
    admin.respond = (response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    };
    expect((await portal.push()).lastError).toMatchObject({ code: 'HTTP_502', message: 'Bad Gateway' });
  });

  it('sends at most one batch at a time, however often it is woken', async () => {
    const keys = await portal.fillOutbox();
    await Promise.all(Array.from({ length: 10 }, () => portal.push()));
    expect(admin.keys()).toEqual(keys);
  });

  it('shows its state in the API as the contract says', async () => {
    await portal.fillOutbox();
    admin.respond = answer(500);
    await portal.push();
    const client = await ApiClient.signedIn(portal.url);
    const { body } = await client.get<FleetPushStatus>('/api/fleet-push/status');
    expect(fleetPushStatus.strict().parse(body)).toMatchObject({
      enabled: true,
      url: `${admin.url}/`,
      unsentBatches: 3,
      unsentRows: 300,
    });
  });

  it('tries again at once when somebody says so', async () => {
    const keys = await portal.fillOutbox();
    admin.respond = once(admin, answer(401));
    await portal.push();
    const client = await ApiClient.signedIn(portal.url);
    expect((await client.post('/api/fleet-push/retry')).status).toBe(202);
    await portal.pusher.settled();
    expect(admin.keys()).toEqual([keys[0], ...keys]);
  });

  it('is measured', async () => {
    await portal.fillOutbox();
    const client = await ApiClient.signedIn(portal.url);
    const before = await metrics(client);
    expect(before).toMatch(/^wattfleet_outbox_batches\{.*\} 3$/m);
    expect(before).toMatch(/^wattfleet_outbox_rows\{.*\} 300$/m);
    expect(before).toMatch(/^wattfleet_outbox_oldest_age_seconds\{.*\} \d/m);
    expect(before).toMatch(/^wattfleet_outbox_quarantined_rows\{.*\} 0$/m);
    await portal.push();
    const after = await metrics(client);
    expect(after).toMatch(/^wattfleet_outbox_rows\{.*\} 0$/m);
    expect(after).toMatch(/^wattfleet_push_batches_total\{outcome="taken".*\} \d+$/m);
    expect(after).toMatch(/^wattfleet_push_seconds_count\{.*\} \d+$/m);
  });
});

/** The lines of the push's own metrics. */
async function metrics(client: ApiClient): Promise<string> {
  const { body } = await client.get<string>('/metrics');
  return body
    .split('\n')
    .filter((line) => line.startsWith('wattfleet_'))
    .join('\n');
}

/** As if Admin had last been reached long ago. */
async function longAgo(): Promise<void> {
  await portal.dataSource.query(
    `UPDATE monitoring.fleet_push_state SET last_contact_at = now() - INTERVAL '2 days'`,
  );
}

describe('the log', () => {
  it('tells of a hold once, and never shows the token', async () => {
    await portal.fillOutbox();
    admin.respond = answer(403);
    const held = () => output.text().split('The push is held: answered 403').length;
    const before = held();
    for (let time = 0; time < 3; time++) await portal.pushNow();
    expect(held() - before).toBe(1);
    expect(output.text()).not.toContain(token.slice(0, 30));
    expect(output.text()).not.toMatch(/Bearer/i);
  });
});
