import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fleetPushStatus, type FleetPushStatus } from '#libs/contracts';
import { version } from '#libs/nest-kit';
import { PusherService } from '../../../apps/portal/src/fleet-push/pusher.service.js';
import { ApiClient } from '../api-client.js';
import { importInto } from '../imports/import-database.js';
import { captureOutput } from '../captured-output.js';
import { MeterFolder } from '../meter-folder.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { answer, FleetStub, loseAnswer, type Respond } from './fleet-stub.js';

const token = 'wf_abc0001_0123456789ABCDEFGHIJabcdefghij0123456789ABC_00000000';
const output = captureOutput();

let admin: FleetStub;
let portal: RunningApp;
let pusher: PusherService;
let day = 0;

beforeAll(async () => {
  admin = await FleetStub.start();
  portal = await startPortal({
    environment: {
      LOG_LEVEL: 'trace',
      FLEET_INGEST_ENABLED: 'true',
      FLEET_INGEST_URL: admin.url,
      FLEET_INGEST_TOKEN: token,
    },
  });
  pusher = portal.app.get(PusherService);
  // Only what says how long a push is held; the clock never goes back.
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.now() });
});
afterAll(async () => {
  vi.useRealTimers();
  await portal.close();
  await admin.close();
});
afterEach(async () => {
  admin.respond = answer(200);
  await pushLater();
  expect((await pusher.status()).unsentBatches).toBe(0);
  await portal.dataSource.query('DELETE FROM monitoring.outbox');
  admin.received.length = 0;
  admin.contacts.length = 0;
});

/** Imports one file, whose rows make three entries. */
async function fillOutbox(): Promise<string[]> {
  const folder = await MeterFolder.create();
  await folder.write('north/02001084/T302.tsv', { start: new Date(Date.UTC(2026, 0, ++day)), rows: 50 });
  await importInto(portal.dataSource, folder, { pushBatchRows: 100 });
  return outboxKeys();
}

async function outboxKeys(where = 'true'): Promise<string[]> {
  const rows: { key: string }[] = await portal.dataSource.query(
    `SELECT idempotency_key AS key FROM monitoring.outbox WHERE ${where} ORDER BY id`,
  );
  return rows.map(({ key }) => key);
}

/** Wakes the pusher and waits until it rests: neither a request nor a query is under way. */
async function push(): Promise<FleetPushStatus> {
  pusher.wake();
  await settled();
  return pusher.status();
}

async function settled(): Promise<void> {
  await (pusher as unknown as { draining: Promise<void> | undefined }).draining;
}

/** The same when every hold has run out. */
function pushLater(): Promise<FleetPushStatus> {
  vi.setSystemTime(Date.now() + 3_600_000);
  return push();
}

describe('the pusher', () => {
  it('sends entries in order, each with its key, and forgets what Admin has taken', async () => {
    const keys = await fillOutbox();
    expect(keys).toHaveLength(3);
    const before = await pusher.status();
    const status = await push();
    expect(admin.keys()).toEqual(keys);
    expect(await outboxKeys()).toEqual([]);
    expect(status).toMatchObject({ unsentBatches: 0, unsentRows: 0, oldestUnsentAt: null, lastError: null });
    expect(status.sentBatches - before.sentBatches).toBe(3);
    expect(status.sentRows - before.sentRows).toBe(300);
  });

  it('says who sends and what is left behind each batch', async () => {
    await fillOutbox();
    await push();
    for (const { path, headers } of admin.received) {
      expect(path).toBe('POST /api/ingest/batches');
      expect(headers).toMatchObject({
        authorization: `Bearer ${token}`,
        'content-type': 'application/vnd.wattfleet.batch+json',
        'content-encoding': 'gzip',
        'wattfleet-sender-version': version,
      });
    }
    const backlog = admin.received.map(({ headers }) => headers['wattfleet-backlog-batches']);
    expect(backlog).toEqual(['2', '1', '0']);
    const oldest = admin.received.map(({ headers }) => headers['wattfleet-oldest-unsent-at']);
    expect(oldest).toEqual([expect.stringMatching(/^\d{4}-.*Z$/), expect.stringMatching(/Z$/), undefined]);
  });

  it('sends the same key and the same bytes again when the answer is lost', async () => {
    const keys = await fillOutbox();
    admin.respond = loseAnswer;
    const status = await push();
    expect(status).toMatchObject({ unsentBatches: 3, lastError: { code: 'NETWORK' } });
    admin.respond = answer(200);
    await pushLater();
    expect(admin.keys()).toEqual([keys[0], ...keys]);
    const [lost, again] = admin.received;
    expect(again?.bytes.equals(lost?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect((await pusher.status()).lastError).toBeNull();
  });

  it.each([401, 403, 404, 408, 413, 429, 500, 502, 503, 418])(
    'holds the queue, in order, on %i: it sends nothing until the hold is over',
    async (httpStatus) => {
      const keys = await fillOutbox();
      admin.respond = answer(httpStatus);
      const status = await push();
      expect(status).toMatchObject({ unsentBatches: 3, quarantinedBatches: 0 });
      expect(status.lastError).toMatchObject({
        code: `STUB_${httpStatus}`,
        message: `answered ${httpStatus}`,
      });
      await push();
      await push();
      expect(admin.keys()).toEqual([keys[0]]);
      admin.respond = answer(200);
      await pushLater();
      expect(admin.keys()).toEqual([keys[0], ...keys]);
    },
  );

  it('waits as long as Retry-After says', async () => {
    await fillOutbox();
    admin.respond = answer(503, { 'retry-after': '120' });
    await push();
    vi.setSystemTime(Date.now() + 119_000);
    await push();
    expect(admin.received).toHaveLength(1);
    vi.setSystemTime(Date.now() + 2_000);
    await push();
    expect(admin.received).toHaveLength(2);
  });

  it('goes on by itself when the hold is over', async () => {
    const keys = await fillOutbox();
    admin.respond = answer(500);
    await push();
    admin.respond = answer(200);
    await vi.advanceTimersByTimeAsync(2_100);
    await settled();
    expect(admin.keys()).toEqual([keys[0], ...keys]);
  });

  it('holds the queue when nobody listens', async () => {
    await fillOutbox();
    const { port } = new URL(admin.url);
    await admin.close();
    const status = await push();
    expect(status).toMatchObject({ unsentBatches: 3, lastError: { code: 'NETWORK' } });
    expect(status.lastError?.message).toContain('ECONNREFUSED');
    await admin.listen(Number(port));
  });

  it.each([400, 409, 422])('sets what Admin refuses with %i aside, and goes on', async (httpStatus) => {
    const keys = await fillOutbox();
    const refuseFirst: Respond = (response) => {
      admin.respond = answer(200);
      answer(httpStatus)(response);
    };
    admin.respond = refuseFirst;
    const status = await push();
    expect(admin.keys()).toEqual(keys);
    expect(status).toMatchObject({ unsentBatches: 0, quarantinedBatches: 1 });
    expect(await outboxKeys('quarantined_at IS NOT NULL')).toEqual([keys[0]]);
    const rows: { reason: string }[] = await portal.dataSource.query(
      'SELECT quarantine_reason AS reason FROM monitoring.outbox',
    );
    expect(rows).toEqual([{ reason: `STUB_${httpStatus}: answered ${httpStatus}` }]);
  });

  it.each([301, 302, 307, 308])(
    'follows no redirect, by %i, and shows its token to nobody else',
    async (status) => {
      await fillOutbox();
      admin.respond = answer(status, { location: `${admin.url}/elsewhere` });
      expect(await push()).toMatchObject({ unsentBatches: 3, quarantinedBatches: 0 });
      expect(admin.received.map(({ path }) => path)).toEqual(['POST /api/ingest/batches']);
    },
  );

  it('shows that it is there when it has nothing to send, once in an interval', async () => {
    vi.setSystemTime(Date.now() + 86_400_000);
    for (let time = 0; time < 3; time++) await push();
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
    vi.setSystemTime(Date.now() + 86_400_000);
    admin.respond = answer(401);
    expect((await push()).lastError).toMatchObject({ code: 'STUB_401' });
    admin.respond = answer(200);
    expect((await pushLater()).lastError).toBeNull();
    expect(admin.contacts).toHaveLength(2);
  });

  it('copes with an error page that is no problem of ours', async () => {
    await fillOutbox();
    admin.respond = (response) => {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    };
    expect((await push()).lastError).toMatchObject({ code: 'HTTP_502', message: 'Bad Gateway' });
  });

  it('sends at most one batch at a time, however often it is woken', async () => {
    const keys = await fillOutbox();
    await Promise.all(Array.from({ length: 10 }, () => push()));
    expect(admin.keys()).toEqual(keys);
  });

  it('shows its state in the API as the contract says', async () => {
    await fillOutbox();
    admin.respond = answer(500);
    await push();
    const client = await ApiClient.signedIn(portal.url);
    const { body } = await client.get('/api/fleet-push/status');
    expect(fleetPushStatus.strict().parse(body)).toMatchObject({
      enabled: true,
      unsentBatches: 3,
      unsentRows: 300,
    });
  });
});

describe('the log', () => {
  it('tells of refusals, and never shows the token', async () => {
    await fillOutbox();
    admin.respond = answer(401);
    await push();
    expect(output.text()).toContain('Admin did not take a batch: answered 401');
    expect(output.text()).not.toContain(token.slice(0, 30));
    expect(output.text()).not.toMatch(/Bearer/i);
  });
});
