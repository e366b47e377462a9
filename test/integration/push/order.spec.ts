import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SiteDetail, SiteSummary } from '#libs/contracts';
import { OutboxWriter } from '../../../apps/portal/src/fleet-push/outbox-writer.js';
import { ApiClient } from '../api-client.js';
import { isServer } from '../test-database.js';
import { FleetStub, hang, loseAnswer } from './fleet-stub.js';
import { MemoryAdmin } from './memory-admin.js';
import { PushingPortal, pushingTo } from './pushing-portal.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { PusherService } from '../../../apps/portal/src/fleet-push/pusher.service.js';

let stub: FleetStub;
let admin: MemoryAdmin;
let portal: PushingPortal;
let client: ApiClient;

beforeAll(async () => {
  stub = await FleetStub.start();
  portal = await PushingPortal.start(stub.url);
  admin = new MemoryAdmin(stub, portal.dataSource);
  client = await ApiClient.signedIn(portal.url);
});
afterAll(async () => {
  await portal.close();
  await stub.close();
});
afterEach(async () => {
  admin.behave();
  await portal.pushNow();
  expect(await portal.status()).toMatchObject({ unsentBatches: 0, quarantinedBatches: 0 });
  expect(admin.rows()).toEqual(await portal.rows());
  expect(await countOrphans()).toBe(0);
  stub.received.length = 0;
});

/** Measurements of channels that there are not. */
async function countOrphans(): Promise<number | undefined> {
  const rows: { orphans: number }[] = await portal.dataSource.query(
    `SELECT count(*)::int AS orphans FROM monitoring.measurement
     WHERE channel_id NOT IN (SELECT id FROM monitoring.channel)`,
  );
  return rows[0]?.orphans;
}

const sent = () => stub.received.map(({ batch }) => batch);

/** Writes values of one channel as an import would, in a transaction of its own. */
async function write(values: Record<number, number>, before: () => Promise<void> = async () => undefined) {
  await portal.dataSource.transaction(async (manager) => {
    const outbox = await OutboxWriter.open(manager);
    const [channel]: { id: number; uid: string }[] = await manager.query(
      `SELECT id, uid FROM monitoring.channel ORDER BY id LIMIT 1`,
    );
    const times = Object.keys(values).map(Number);
    await manager.query(
      `INSERT INTO monitoring.measurement SELECT $1, to_timestamp(time / 1000), value
       FROM unnest($2::float8[], $3::float8[]) AS row (time, value)
       ON CONFLICT (channel_id, time) DO UPDATE SET value = excluded.value`,
      [channel?.id, times, Object.values(values)],
    );
    await outbox?.write([channel?.uid ?? ''], {
      channel: times.map(() => 0),
      time: times,
      value: Object.values(values),
    });
    await before();
  });
}

const at = (second: number) => Date.UTC(2026, 5, 1) + second * 1_000;

describe('small entries', () => {
  it('become one batch, in which the later value of a row wins', async () => {
    await portal.import();
    await portal.push();
    stub.received.length = 0;
    await write({ [at(1)]: 1, [at(2)]: 2 });
    await write({ [at(2)]: 20, [at(3)]: 3 });
    await write({ [at(1)]: 10 });
    await portal.push();
    expect(sent().map(({ measurements }) => [measurements.time, measurements.value])).toEqual([
      [
        [at(1), at(2), at(3)],
        [10, 20, 3],
      ],
    ]);
    expect((await portal.status()).unsentBatches).toBe(0);
  });

  it('are left as they are once one was sent: a correction goes after it', async () => {
    await write({ [at(1)]: 5 });
    stub.respond = loseAnswer;
    await portal.push();
    await write({ [at(1)]: 6 });
    admin.behave();
    await portal.pushNow();
    expect(sent().map(({ measurements }) => measurements.value)).toEqual([[5], [5], [6]]);
  });

  it('are not mixed with a deletion, nor with what is a full batch', async () => {
    await portal.import(17, 'small');
    const { id } = await siteNamed('small');
    await client.send('DELETE', `/api/sites/${id}?confirm=small`);
    await portal.pusher.settled();
    await portal.import(17, 'small');
    await portal.push();
    const kinds = sent().map(({ deleted, channels, measurements }) =>
      deleted.sites.length > 0 ? 'deletion' : `${channels.length} + ${measurements.time.length}`,
    );
    expect(kinds).toContain('deletion');
    expect(sent().every(({ measurements }) => measurements.time.length <= 100)).toBe(true);
  });
});

describe('a corrected value', () => {
  it('of a row that was pushed is pushed, too', async () => {
    await write({ [at(9)]: 1 });
    await portal.push();
    await write({ [at(9)]: 2 });
    await portal.push();
    expect(sent().map(({ measurements }) => measurements.value)).toEqual([[1], [2]]);
  });
});

describe.skipIf(!isServer)('transactions side by side (need a server)', () => {
  it('a slow one that commits after a later one was sent is sent, too', async () => {
    await portal.import(1);
    await portal.push();
    const later = vi.fn<() => Promise<void>>(async () => {
      await write({ [at(101)]: 1 });
      await portal.push();
      expect(admin.rows().some((row) => row.includes(` ${at(101)} `))).toBe(true);
      expect(admin.rows().some((row) => row.includes(` ${at(100)} `))).toBe(false);
    });
    await write({ [at(100)]: 1 }, later);
    expect(later).toHaveBeenCalledTimes(1);
    await portal.push();
    expect(admin.rows().some((row) => row.includes(` ${at(100)} `))).toBe(true);
  });

  it('an entry that is committed between merged ones stays', async () => {
    const inTheMiddle = async () => {
      await write({ [at(202)]: 2 });
      await write({ [at(203)]: 3 });
    };
    await write({ [at(199)]: 0 });
    await write({ [at(201)]: 1 }, inTheMiddle);
    await portal.push();
    expect(admin.rows()).toEqual(await portal.rows());
  });

  it('of two portals on one database, one sends at a time, and the other goes on where it ends', async () => {
    const other = await startSecond();
    const second = other.app.get(PusherService);
    await portal.fillOutbox();
    stub.respond = hang;
    portal.pusher.wake();
    await vi.waitFor(() => expect(stub.received).toHaveLength(1));
    second.wake();
    await second.settled();
    expect(stub.received).toHaveLength(1);
    // The first one is gone without a word: only its lease is left, and that runs out.
    await portal.dataSource.query(
      `UPDATE monitoring.fleet_push_state SET lease_expires_at = now() - INTERVAL '1 second'`,
    );
    admin.behave();
    second.wake();
    await second.settled();
    expect((await portal.status()).unsentBatches).toBe(0);
    const taken = stub.received.map(({ key }) => key);
    expect(taken[1]).toBe(taken[0]);
    // What the first one hears now it may not record any more.
    const before = await portal.status();
    stub.dropConnections();
    await portal.pusher.settled();
    const after = await portal.status();
    expect(after).toMatchObject({ sentBatches: before.sentBatches, state: 'idle', lastError: null });
    await other.close();
  });
});

async function siteNamed(slug: string): Promise<SiteDetail> {
  const { body } = await client.get<{ sites: SiteSummary[] }>('/api/sites');
  const site = body.sites.find((one) => one.slug === slug);
  return (await client.get<SiteDetail>(`/api/sites/${site?.id}`)).body;
}

describe('sites, devices and channels', () => {
  it('are announced before their rows, and once', async () => {
    await portal.import(20, 'west');
    await portal.push();
    const named = sent().findIndex(({ channels }) => channels.length > 0);
    const first = sent().findIndex(({ measurements }) => measurements.time.length > 0);
    expect(named).toBeLessThanOrEqual(first);
    expect(sent().filter(({ sites }) => sites.length > 0)).toHaveLength(1);
    stub.received.length = 0;
    await portal.import(20, 'west');
    await portal.push();
    expect(sent().every(({ sites, channels }) => sites.length + channels.length === 0)).toBe(true);
  });

  it('are renamed in Admin, in order, and a meter file does not undo it', async () => {
    const site = await siteNamed('west');
    const [channel] = site.devices[0]?.channels ?? [];
    stub.respond = loseAnswer;
    await client.send('PATCH', `/api/sites/${site.id}`, json({ name: 'West I', timeZone: 'UTC' }));
    await client.send('PATCH', `/api/sites/${site.id}`, json({ name: 'West II' }));
    const renamed = await client.send('PATCH', `/api/channels/${channel?.id}`, json({ name: 'Main' }));
    expect(renamed.status).toBe(204);
    await portal.pusher.settled();
    admin.behave();
    await portal.pushNow();
    expect(admin.memory.sites.get(site.id)).toMatchObject({ name: 'West II', timeZone: 'UTC' });
    await portal.import(20, 'west');
    await portal.push();
    expect(admin.memory.channels.get(channel?.id ?? '')?.name).toBe('Main');
    expect((await siteNamed('west')).devices[0]?.channels[0]?.name).toBe('Main');
  });

  it.each([
    ['sites', {}],
    ['sites', { name: '' }],
    ['sites', { timeZone: 'Mars/Olympus' }],
    ['channels', { name: 'x', device: 'V' }],
  ])('refuse a change that is none: %s %j', async (kind, change) => {
    const { status } = await client.send(
      'PATCH',
      `/api/${kind}/${(await siteNamed('west')).id}`,
      json(change),
    );
    expect(status).toBe(400);
  });

  it('are deleted in Admin with everything below them, and come back as new ones', async () => {
    const site = await siteNamed('west');
    const [channel] = site.devices[0]?.channels ?? [];
    expect((await client.send('DELETE', `/api/channels/${channel?.id}`)).status).toBe(204);
    await portal.push();
    expect(admin.memory.channels.has(channel?.id ?? '')).toBe(false);
    expect(admin.rows()).toEqual(await portal.rows());
    expect((await client.send('DELETE', `/api/devices/${site.devices[0]?.id}`)).status).toBe(204);
    expect((await client.send('DELETE', `/api/sites/${site.id}?confirm=west`)).status).toBe(204);
    await portal.push();
    expect(admin.memory.sites.has(site.id)).toBe(false);
    expect(admin.rows()).toEqual(await portal.rows());
    expect((await client.send('DELETE', `/api/sites/${site.id}`)).status).toBe(404);
    await portal.import(20, 'west');
    await portal.push();
    expect((await siteNamed('west')).id).not.toBe(site.id);
  });

  it('are deleted with their measurements in compressed chunks', async () => {
    await portal.import(20, 'old');
    await portal.push();
    await portal.dataSource.query(
      `SELECT compress_chunk(chunk) FROM show_chunks('monitoring.measurement') AS chunk
       WHERE current_setting('timescaledb.license') <> 'apache'`,
    );
    const site = await siteNamed('old');
    expect((await client.send('DELETE', `/api/sites/${site.id}?confirm=old`)).status).toBe(204);
    expect(await countOrphans()).toBe(0);
  });
});

function json(body: unknown): RequestInit {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

describe.skipIf(!isServer)('a portal that stops (needs a server, to look at what is left)', () => {
  it('gives up a request that hangs, and its entry stays', async () => {
    const other = await startSecond();
    const keys = await portal.fillOutbox();
    stub.respond = hang;
    other.app.get(PusherService).wake();
    await vi.waitFor(() => expect(stub.received).toHaveLength(1));
    const started = Date.now();
    await other.close();
    expect(Date.now() - started).toBeLessThan(9_000);
    expect(await portal.outboxKeys()).toEqual(keys);
    expect(await portal.status()).toMatchObject({ lastError: null, retryAt: null });
  });
});

/** Another process, as it were, on the same database. */
async function startSecond(): Promise<RunningApp> {
  const database = { address: portal.address, drop: () => Promise.resolve() };
  const second = await startPortal({ database, environment: pushingTo(stub.url) });
  await second.app.get(PusherService).settled();
  return second;
}
