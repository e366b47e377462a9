import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CustomerDetail, CustomerSize } from '#libs/contracts';
import { timescaleLicence } from '#libs/database';
import { isServer } from '../test-database.js';
import { FleetClient } from './fleet-client.js';

let fleet: FleetClient;
/** Stays, whatever is deleted. */
let other: number;

beforeAll(async () => {
  fleet = await FleetClient.start();
  other = await customerWithPast('OTHER');
});
afterAll(() => fleet.running.close());

const tables = ['site', 'device', 'channel', 'measurement', 'ingest_event', 'ingest_batch', 'ingest_stream'];

/** Twenty days of two channels, which are more than two chunks; events, a ledger and a stream. */
async function customerWithPast(code: string): Promise<number> {
  const { id } = await fleet.register(code);
  const channels = [
    { label: 'U1', unit: 'V' },
    { label: 'Ch1', unit: 'W' },
  ];
  for (const channel of await fleet.addChannels(id, channels)) {
    await fleet.addMeasurements(id, channel, { from: '2026-01-01', to: '2026-01-21', value: '1' });
  }
  for (let event = 0; event < 3; event++) await fleet.addEvent(id, {});
  await fleet.query(
    `INSERT INTO fleet.ingest_batch (customer_id, idempotency_key, body_sha256)
     SELECT $1, gen_random_uuid(), '\\x00' FROM generate_series(1, 12000)`,
    [id],
  );
  await fleet.query(
    `INSERT INTO fleet.ingest_stream (customer_id, stream_id) VALUES ($1, gen_random_uuid())`,
    [id],
  );
  return id;
}

async function rowsOf(customerId: number): Promise<Record<string, number>> {
  const counts: [string, number][] = [];
  for (const table of [...tables, 'customer_token']) {
    const [row] = await fleet.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM fleet.${table} WHERE customer_id = $1`,
      [customerId],
    );
    counts.push([table, row?.count ?? -1]);
  }
  return Object.fromEntries(counts);
}

function remove(code: string, confirm = code) {
  return fleet.admin.send('DELETE', `/api/customers/${code}?confirm=${confirm}`);
}

async function compressChunks(): Promise<number> {
  if ((await timescaleLicence(fleet.running.dataSource)) === 'apache') return 0;
  const compressed = await fleet.query(
    `SELECT compress_chunk(chunk, if_not_compressed => true) FROM show_chunks('fleet.measurement') AS chunk`,
  );
  return compressed.length;
}

describe('DELETE /api/customers/:code', () => {
  it('asks for the code, and changes nothing without it', async () => {
    await customerWithPast('SURE');
    for (const confirm of ['sure', 'OTHER', '']) {
      const { status, body } = await remove('SURE', confirm);
      expect([status, body.code, body.errors?.[0]?.path]).toEqual([422, 'CONFIRMATION_WRONG', 'confirm']);
    }
    expect((await fleet.admin.send('DELETE', '/api/customers/SURE')).body.code).toBe('BODY_INVALID');
    const { body } = await fleet.admin.get<CustomerDetail>('/api/customers/SURE');
    expect([body.disabledAt, body.measurementCount]).toEqual([null, 960]);
  });

  it('removes all of the customer, also what is compressed, and nothing of another', async () => {
    const id = await customerWithPast('GONE');
    const size = await fleet.admin.get<CustomerSize>('/api/customers/GONE/size');
    expect(size.body).toEqual({ sites: 1, devices: 1, channels: 2, measurements: 960, events: 3 });
    const before = await rowsOf(other);
    expect(before['measurement']).toBe(960);
    await compressChunks();
    expect((await remove('GONE')).status).toBe(204);
    expect(Object.values(await rowsOf(id)).every((count) => count === 0)).toBe(true);
    expect(await rowsOf(other)).toEqual(before);
    expect((await fleet.admin.get('/api/customers/GONE')).status).toBe(404);
    expect((await remove('GONE')).status).toBe(404);
    expect((await fleet.admin.post('/api/customers', { code: 'GONE', name: 'New' })).status).toBe(201);
  });

  it('goes on where it was cut off; until then nothing brings the customer back', async () => {
    const id = await customerWithPast('HALF');
    const { token } = (
      await fleet.admin.post<{ token: string }>('/api/customers/HALF/tokens', { name: 'one more' })
    ).body;
    const { dataSource } = fleet.running;
    const transact = dataSource.transaction.bind(dataSource);
    // The first marks the customer, the second takes the oldest chunk; then the process dies.
    const cut = vi.spyOn(dataSource, 'transaction').mockImplementation((...work: unknown[]) => {
      if (cut.mock.calls.length > 2) throw new Error('cut off');
      return Reflect.apply(transact, dataSource, work) as Promise<never>;
    });
    expect((await remove('HALF')).status).toBe(500);
    cut.mockRestore();
    const left = (await rowsOf(id))['measurement'] ?? 0;
    expect(left).toBeLessThan(960);
    expect(left).toBeGreaterThan(0);
    const size = await fleet.admin.get<CustomerSize>('/api/customers/HALF/size');
    expect(size.body.measurements).toBe(left);

    expect(await fleet.contact(token)).toBe(401);
    for (const rest of ['/enable', '/disable', '/tokens/rotate']) {
      const body = rest === '/tokens/rotate' ? {} : undefined;
      const answer = await fleet.admin.post(`/api/customers/HALF${rest}`, body);
      expect([answer.status, answer.body.code]).toEqual([409, 'CUSTOMER_BEING_DELETED']);
    }
    expect((await remove('HALF')).status).toBe(204);
    expect(Object.values(await rowsOf(id)).every((count) => count === 0)).toBe(true);
  });

  it('is recorded from its beginning to its end', async () => {
    const actions = await fleet.query<{ action: string }>(
      `SELECT action FROM fleet.audit_event WHERE customer = 'HALF' ORDER BY id`,
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'customer.registered',
      'token.added',
      'customer.disabled',
      'customer.deleted',
    ]);
  });

  it('does not disable again who is disabled', async () => {
    await fleet.register('OFF');
    await fleet.admin.post('/api/customers/OFF/disable');
    expect((await remove('OFF')).status).toBe(204);
    const actions = await fleet.query<{ action: string }>(
      `SELECT action FROM fleet.audit_event WHERE customer = 'OFF' ORDER BY id DESC LIMIT 2`,
    );
    expect(actions.map(({ action }) => action)).toEqual(['customer.deleted', 'customer.disabled']);
  });
});

describe.skipIf(!isServer)('a long deletion (needs a server with many connections)', () => {
  it('lets others write into the chunk that it works on', async () => {
    const id = await customerWithPast('LONG');
    const { dataSource } = fleet.running;
    if ((await timescaleLicence(dataSource)) !== 'apache') {
      await fleet.query(
        `SELECT decompress_chunk(chunk, if_compressed => true) FROM show_chunks('fleet.measurement') AS chunk`,
      );
    }
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query(`DELETE FROM fleet.measurement WHERE customer_id = $1`, [id]);
    const [channel] = await fleet.query<{ id: number }>(
      `SELECT id FROM fleet.channel WHERE customer_id = $1`,
      [other],
    );
    await fleet.query(`INSERT INTO fleet.measurement VALUES ($1, $2, '2026-01-05 00:30Z', 1)`, [
      other,
      channel?.id,
    ]);
    await runner.rollbackTransaction();
    await runner.release();
    expect((await rowsOf(other))['measurement']).toBe(961);
  });
});
