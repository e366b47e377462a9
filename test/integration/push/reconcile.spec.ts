import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SiteSummary } from '#libs/contracts';
import { releaseLease } from '../../../apps/portal/src/fleet-push/push-state.queries.js';
import { startReconcile } from '../../../apps/portal/src/fleet-push/reconcile.queries.js';
import { takeTurn } from '../../../apps/portal/src/fleet-push/send-turn.js';
import { ApiClient } from '../api-client.js';
import { importInto } from '../imports/import-database.js';
import { MeterFolder } from '../meter-folder.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';
import { answer, FleetStub, loseAnswer } from './fleet-stub.js';
import { MemoryAdmin } from './memory-admin.js';
import { PushingPortal, startQuietPortal } from './pushing-portal.js';

let stub: FleetStub;
let admin: MemoryAdmin;
let portal: PushingPortal;
let client: ApiClient;

beforeAll(async () => {
  stub = await FleetStub.start();
  portal = await PushingPortal.start(stub.url);
  admin = new MemoryAdmin(stub, portal.dataSource);
  client = await ApiClient.signedIn(portal.url);
  await portal.import();
  await portal.import(20, 'south');
  await portal.push();
});
afterAll(async () => {
  await portal.close();
  await stub.close();
});
afterEach(async () => {
  admin.behave();
  await portal.pushNow();
  const status = await portal.status();
  expect(status).toMatchObject({ unsentBatches: 0, quarantinedBatches: 0, state: 'idle' });
  expect(admin.rows()).toEqual(await portal.rows());
  stub.received.length = 0;
});

const rowsSent = () => stub.received.reduce((sum, { batch }) => sum + batch.measurements.time.length, 0);

async function siteId(slug: string): Promise<string> {
  const { body } = await client.get<{ sites: SiteSummary[] }>('/api/sites');
  return body.sites.find((site) => site.slug === slug)?.id ?? '';
}

describe('an Admin that was restored from its backup', () => {
  it('gets again what it has lost, and nothing else', async () => {
    const backup = admin.backup();
    await portal.import();
    await portal.import(20, 'east');
    await portal.push();
    admin.memory = backup;
    stub.received.length = 0;
    await portal.import(1);
    const status = await portal.push();
    expect(status.reconcile).toMatchObject({
      reason: 'admin-behind',
      finishedAt: expect.any(String),
      rowsQueued: 300 + 120 + 6,
    });
    expect(admin.rows()).toEqual(await portal.rows());
    expect(admin.memory.sites.has(await siteId('east'))).toBe(true);
    const channels = stub.received.findIndex(({ batch }) => batch.channels.length > 0);
    // The first one is answered by 412; what follows finds a known channel.
    expect(channels).toBe(1);
  });

  it('is noticed by a portal that has nothing to send', async () => {
    const backup = admin.backup();
    await portal.import();
    await portal.push();
    admin.memory = backup;
    await longAgo();
    expect((await portal.push()).reconcile).toMatchObject({ reason: 'admin-behind', rowsQueued: 300 });
    expect(admin.rows()).toEqual(await portal.rows());
  });

  it('forgets again what was deleted since', async () => {
    await portal.import(20, 'doomed');
    await portal.push();
    const backup = admin.backup();
    const id = await siteId('doomed');
    await client.send('DELETE', `/api/sites/${id}?confirm=doomed`);
    await portal.push();
    admin.memory = backup;
    expect(admin.memory.sites.has(id)).toBe(true);
    await longAgo();
    await portal.push();
    expect(admin.memory.sites.has(id)).toBe(false);
    expect(admin.rows()).toEqual(await portal.rows());
  });

  it('gets it all when it was made anew', async () => {
    admin.memory = new MemoryAdmin(await FleetStub.start(), portal.dataSource).memory;
    await longAgo();
    await portal.push();
    expect(admin.rows().length).toBeGreaterThan(1_000);
    expect(admin.rows()).toEqual(await portal.rows());
  });
});

describe('a portal that was restored from its backup', () => {
  it('sends what Admin has otherwise; what only Admin has stays there', async () => {
    const position = admin.memory.position;
    await portal.import(1);
    await portal.push();
    // As it was before the last push, with a value that Admin has otherwise and a row that it has not.
    const held = admin.rows().length;
    await portal.dataSource.query(`UPDATE monitoring.fleet_push_state SET stream_position = $1`, [
      position - 3,
    ]);
    const changed: { uid: string; ms: string; value: number }[] = await portal.dataSource.query(
      `SELECT uid, (extract(epoch FROM time) * 1000)::bigint AS ms, value
       FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id ORDER BY time, uid LIMIT 2`,
    );
    const [first, second] = changed;
    admin.memory.values.set(`${first?.uid} ${first?.ms}`, -1);
    admin.memory.values.delete(`${second?.uid} ${second?.ms}`);
    admin.memory.values.set(`${first?.uid} ${Number(first?.ms) - 86_400_000 * 40}`, 5);
    await longAgo();
    const status = await portal.push();
    expect(status.reconcile?.reason).toBe('portal-behind');
    expect(admin.memory.values.get(`${first?.uid} ${first?.ms}`)).toBe(first?.value);
    expect(admin.memory.values.get(`${second?.uid} ${second?.ms}`)).toBe(second?.value);
    expect(admin.rows()).toHaveLength(held + 1);
    admin.memory.values.delete(`${first?.uid} ${Number(first?.ms) - 86_400_000 * 40}`);
  });

  it('is noticed by the position of the next answer, too', async () => {
    await portal.dataSource.query(
      `UPDATE monitoring.fleet_push_state SET stream_position = stream_position - 2`,
    );
    await portal.import(1);
    expect((await portal.push()).reconcile).toMatchObject({
      reason: 'portal-behind',
      finishedAt: expect.any(String),
      rowsQueued: 0,
    });
  });
});

describe('a comparison', () => {
  it('is begun by a button, compares window by window, and sends nothing where nothing differs', async () => {
    expect((await client.post('/api/fleet-push/reconcile')).status).toBe(202);
    await portal.pusher.settled();
    const { reconcile } = await portal.status();
    expect(reconcile).toMatchObject({ reason: 'requested', finishedAt: expect.any(String), rowsQueued: 0 });
    expect(reconcile?.windowsTotal).toBeGreaterThan(0);
    expect(reconcile?.windowsDone).toBe(reconcile?.windowsTotal);
    expect(rowsSent()).toBe(0);
  });

  it('finds a row that is missing, one that has another value, and sends their days only', async () => {
    const [missing = '', altered = ''] = [...admin.memory.values.keys()];
    admin.memory.values.delete(missing);
    admin.memory.values.set(altered, -7);
    await client.post('/api/fleet-push/reconcile');
    await portal.pusher.settled();
    expect(admin.rows()).toEqual(await portal.rows());
    expect((await portal.status()).reconcile?.rowsQueued).toBeLessThanOrEqual(100);
  });

  it('waits, and the queue does not, while Admin answers no questions', async () => {
    stub.answerQuestion = (_url, response) => answer(503)(response);
    await client.post('/api/fleet-push/reconcile');
    await portal.import(1);
    const status = await portal.push();
    expect(status).toMatchObject({ unsentBatches: 0, reconcile: { finishedAt: null }, state: 'sending' });
    admin.behave();
    expect((await portal.pushNow()).reconcile?.finishedAt).toEqual(expect.any(String));
  });

  it('goes on where it was when the portal is killed in between', async () => {
    const all = admin.rows().length;
    admin.memory.values.clear();
    let batches = 0;
    stub.respond = (response, push) => {
      batches += 1;
      if (batches % 4 === 0) return loseAnswer(response, push);
      admin.behave();
      const respond = stub.respond;
      stub.respond = killing;
      return respond(response, push);
    };
    const killing = stub.respond;
    await client.post('/api/fleet-push/reconcile');
    for (let time = 0; time < 40 && admin.rows().length < all; time++) await portal.pushNow();
    admin.behave();
    await portal.pushNow();
    expect(admin.rows()).toEqual(await portal.rows());
  });

  it('queues nothing more while 200 entries wait, so that live data are not held up', async () => {
    const { dataSource } = portal;
    await portal.fillOutbox();
    await dataSource.transaction((manager) => startReconcile(manager, 'requested'));
    await dataSource.query(`UPDATE monitoring.fleet_reconcile SET stage = 'windows'`);
    const holder = crypto.randomUUID();
    expect((await takeTurn(dataSource, holder, false)).kind).toBe('reconcile');
    // Every other turn is one of the queue.
    expect((await takeTurn(dataSource, holder, true)).kind).toBe('send');
    await dataSource.query(
      `INSERT INTO monitoring.outbox (idempotency_key, kind, rows, items, payload)
       SELECT gen_random_uuid(), kind, rows, items, payload FROM monitoring.outbox, generate_series(1, 67)`,
    );
    expect((await takeTurn(dataSource, holder, false)).kind).toBe('send');
    await releaseLease(dataSource, holder);
    await dataSource.query(`UPDATE monitoring.fleet_reconcile SET stage = 'catalogue'`);
    expect((await portal.push()).reconcile?.finishedAt).toEqual(expect.any(String));
  });

  it('leaves out what Admin would refuse for ever', async () => {
    await portal.dataSource.query(
      `INSERT INTO monitoring.measurement SELECT id, '2099-01-01 00:00Z', 1 FROM monitoring.channel LIMIT 1`,
    );
    await client.post('/api/fleet-push/reconcile');
    await portal.pusher.settled();
    expect(rowsSent()).toBe(0);
    await portal.dataSource.query(`DELETE FROM monitoring.measurement WHERE time > '2098-01-01'`);
  });
});

describe('a channel that Admin does not know', () => {
  it('is announced once more, and its rows are taken out of quarantine', async () => {
    const channel = [...admin.memory.channels.keys()][0] ?? '';
    admin.memory.channels.delete(channel);
    await portal.import(2);
    const status = await portal.push();
    expect(status.reconcile).toMatchObject({ reason: 'unknown-channel', finishedAt: expect.any(String) });
    expect(status.quarantinedBatches).toBe(0);
    expect(admin.memory.channels.has(channel)).toBe(true);
  });

  it('begins no comparison a second time within an hour', async () => {
    const before = (await portal.status()).reconcile?.startedAt;
    const channel = [...admin.memory.channels.keys()][0] ?? '';
    admin.memory.channels.delete(channel);
    await portal.import(2);
    expect(await portal.push()).toMatchObject({ quarantinedBatches: 1, reconcile: { startedAt: before } });
    await client.post('/api/fleet-push/reconcile');
    await portal.pusher.settled();
  });
});

/** As if Admin had last been reached long ago, so that it is told that the portal is there. */
async function longAgo(): Promise<void> {
  await portal.dataSource.query(
    `UPDATE monitoring.fleet_push_state SET last_contact_at = now() - INTERVAL '2 days'`,
  );
}

describe('a push that is switched on later', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('sends the history, and what was changed while it was switched off', async () => {
    const off = await startQuietPortal(database);
    const folder = await MeterFolder.create();
    for (const day of [1, 2, 90]) {
      await folder.write(`north/02001084/${day}.tsv`, { start: new Date(Date.UTC(2026, 0, day)), rows: 30 });
    }
    await importInto(off.dataSource, folder, { pushBatchRows: null });
    expect(await off.dataSource.query('SELECT 1 FROM monitoring.outbox')).toEqual([]);
    await off.close();

    const other = await FleetStub.start();
    other.respond = answer(503);
    const later = await PushingPortal.start(other.url, {}, database);
    const fleet = new MemoryAdmin(other, portal.dataSource);
    const status = await later.pushNow();
    expect(status.reconcile).toMatchObject({
      reason: 'enabled',
      rowsQueued: 3 * 180,
      windowsDone: 2,
      windowsTotal: 2,
    });
    expect(fleet.rows()).toEqual(await later.rows());

    // An entry of before is not sent: what it says may have been changed while nothing was queued.
    other.respond = answer(500);
    await later.import(5);
    await later.stop();
    const offAgain = await startQuietPortal(database);
    await offAgain.dataSource.query(`UPDATE monitoring.measurement SET value = value + 1`);
    await offAgain.close();
    fleet.behave();
    const again = await PushingPortal.start(other.url, {}, database);
    expect((await again.pushNow()).reconcile?.finishedAt).toEqual(expect.any(String));
    expect(fleet.rows()).toEqual(await again.rows());
    await again.stop();
    await other.close();
  });
});
