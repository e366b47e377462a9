import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FleetStub, hang, type Respond } from './fleet-stub.js';
import { MemoryAdmin } from './memory-admin.js';
import { PushingPortal } from './pushing-portal.js';

let stub: FleetStub;
let admin: MemoryAdmin;
let portal: PushingPortal;

beforeAll(async () => {
  stub = await FleetStub.start();
  portal = await PushingPortal.start(stub.url);
  admin = new MemoryAdmin(stub, portal.dataSource);
});
afterAll(async () => {
  await portal.close();
  await stub.close();
});
afterEach(async () => {
  vi.restoreAllMocks();
  admin.behave();
  const status = await portal.pushNow();
  expect(status).toMatchObject({ unsentBatches: 0, quarantinedBatches: 0 });
  expect(admin.rows()).toEqual(await portal.rows());
  expect(admin.memory.results.size).toBe(admin.memory.position);
  stub.received.length = 0;
});

/** The first statement of this kind fails, as all that follow would in a process that was killed. */
function failAt(pattern: RegExp): void {
  const { dataSource } = portal;
  const createQueryRunner = dataSource.createQueryRunner.bind(dataSource);
  let failed = false;
  vi.spyOn(dataSource, 'createQueryRunner').mockImplementation((mode) => {
    const runner = createQueryRunner(mode);
    const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
    runner.query = ((...given: unknown[]) => {
      if (failed || !pattern.test(String(given[0]))) return query(...given);
      failed = true;
      throw new Error('killed');
    }) as typeof runner.query;
    return runner;
  });
}

/** Commits the batch, and the answer is lost. */
const loseTaken: Respond = (response, push) => {
  admin.behave();
  const respond = stub.respond;
  response.end = (() => {
    response.socket?.destroy();
    return response;
  }) as typeof response.end;
  return respond(response, push);
};

describe('a sender that is killed', () => {
  it('before the send has sent nothing, and sends it all later', async () => {
    await portal.fillOutbox();
    failAt(/UPDATE monitoring.outbox SET attempts/);
    await portal.push();
    expect(stub.received).toEqual([]);
    expect((await portal.status()).unsentBatches).toBe(3);
  });

  it('after the send, before Admin has it, sends it again', async () => {
    const keys = await portal.fillOutbox();
    stub.respond = hang;
    portal.pusher.wake();
    await vi.waitFor(() => expect(stub.received).toHaveLength(1));
    stub.dropConnections();
    await portal.pusher.settled();
    admin.behave();
    await portal.pushNow();
    expect(stub.keys()).toEqual([keys[0], ...keys]);
  });

  it('after Admin has committed, before the answer, sends the same and changes nothing', async () => {
    const keys = await portal.fillOutbox();
    stub.respond = loseTaken;
    await portal.push();
    await portal.pushNow();
    expect(stub.keys()).toEqual([keys[0], ...keys]);
    expect((await portal.status()).reconcile?.reason).not.toBe('portal-behind');
  });

  it('after the answer, before the entry is deleted, sends the same and changes nothing', async () => {
    const keys = await portal.fillOutbox();
    failAt(/DELETE FROM monitoring.outbox/);
    await portal.push();
    expect(stub.keys()).toEqual([keys[0]]);
    expect((await portal.status()).unsentBatches).toBe(3);
    vi.restoreAllMocks();
    await portal.pushNow();
    expect(stub.keys()).toEqual([keys[0], ...keys]);
    expect(stub.received[1]?.bytes.equals(stub.received[0]?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it('in the middle of a merge has merged nothing', async () => {
    await portal.import(1);
    await portal.import(1);
    const before = await portal.outboxKeys();
    failAt(/UPDATE monitoring.outbox SET idempotency_key/);
    await portal.push();
    expect(await portal.outboxKeys()).toEqual(before);
  });
});
