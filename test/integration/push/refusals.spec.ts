import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { quarantinedEntry, type PushBatch, type QuarantinedEntry } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { answer, FleetStub, loseAnswer, once, reject, type Respond } from './fleet-stub.js';
import { PushingPortal } from './pushing-portal.js';

let admin: FleetStub;
let portal: PushingPortal;
let client: ApiClient;

beforeAll(async () => {
  admin = await FleetStub.start();
  portal = await PushingPortal.start(admin.url);
  client = await ApiClient.signedIn(portal.url);
});
afterAll(async () => {
  await portal.close();
  await admin.close();
});
afterEach(async () => {
  admin.respond = answer(200);
  await portal.pusher.settled();
  await portal.forget();
  admin.received.length = 0;
});

/** A line for every row, in the order in which it was sent. */
function rowsOf(batches: readonly PushBatch[]): string[] {
  return batches.flatMap(({ measurements: { channels, channelIndex, time, value } }) =>
    time.map((at, row) => `${channels[channelIndex[row] ?? -1]} ${at} ${value[row]}`),
  );
}

const sent = () => admin.received.map(({ batch }) => batch);

/** Takes batches of at most so many rows. */
function takeUpTo(rows: number): Respond {
  return (response, push) => {
    const count = push?.batch.measurements.time.length ?? 0;
    return answer(count > rows ? 413 : 200)(response, push);
  };
}

async function quarantine(): Promise<QuarantinedEntry[]> {
  const { body } = await client.get<{ entries: unknown[] }>('/api/fleet-push/quarantine');
  return body.entries.map((entry) => quarantinedEntry.strict().parse(entry));
}

describe('a batch that is too large (413)', () => {
  it('is halved by time, in its place, until Admin takes it', async () => {
    await portal.fillOutbox();
    admin.respond = takeUpTo(30);
    const status = await portal.push();
    expect(status).toMatchObject({ unsentBatches: 0, quarantinedBatches: 0, sentRows: expect.any(Number) });
    const taken = sent().filter(({ measurements }) => measurements.time.length <= 30);
    const rows = rowsOf(taken);
    expect(rows).toHaveLength(300);
    expect(rows.toSorted()).toEqual(await newestRows(300));
    // Halves of one entry: what the first holds is earlier than what the second holds.
    const [first, second] = taken.map(({ measurements }) => measurements.time);
    expect(Math.max(...(first ?? []))).toBeLessThan(Math.min(...(second ?? [])));
    expect(new Set(admin.keys()).size).toBe(admin.received.length);
  });

  it('keeps its place before what comes later, and its key when the answer to a half is lost', async () => {
    const [, , last] = await portal.fillOutbox();
    let answers = 0;
    admin.respond = (response, push) => {
      answers += 1;
      if (answers === 2) return loseAnswer(response, push);
      return takeUpTo(60)(response, push);
    };
    await portal.push();
    await portal.pushNow();
    const [, half, again] = admin.received;
    expect(again?.key).toBe(half?.key);
    expect(again?.bytes.equals(half?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(admin.keys().indexOf(last ?? '')).toBeGreaterThan(4);
  });

  it('ends in quarantine where a single row is still too large', async () => {
    await portal.import(1);
    await portal.dataSource.query(`DELETE FROM monitoring.outbox WHERE kind = 'catalogue'`);
    admin.respond = answer(413);
    const status = await portal.push();
    expect(status).toMatchObject({ unsentBatches: 0, quarantinedBatches: 6, quarantinedRows: 6 });
    expect((await quarantine())[0]).toMatchObject({ code: 'STUB_413', rows: 1 });
  });
});

describe('rows that Admin refuses one by one', () => {
  const errors = [
    { row: 3, code: 'TIME_OUT_OF_RANGE' as const, message: 'time is before the year 2000' },
    { row: 7, code: 'VALUE_INVALID' as const, message: 'value must be a finite number' },
    { row: 8, code: 'VALUE_INVALID' as const, message: 'value must be a finite number' },
  ];

  it('go to quarantine with their reasons, and the queue moves on', async () => {
    const keys = await portal.fillOutbox();
    const before = await portal.status();
    admin.respond = once(admin, reject(errors));
    const status = await portal.push();
    expect(admin.keys()).toEqual(keys);
    expect(status).toMatchObject({ unsentBatches: 0, quarantinedBatches: 2, quarantinedRows: 3 });
    expect(status.sentRows - before.sentRows).toBe(297);
    const entries = await quarantine();
    expect(new Map<string, number>(entries.map(({ code, rows }) => [code, rows]))).toEqual(
      new Map<string, number>([
        ['TIME_OUT_OF_RANGE', 1],
        ['VALUE_INVALID', 2],
      ]),
    );
    const [row] = rowsOf(sent()).slice(3);
    const [shown] = entries.find(({ code }) => code === 'TIME_OUT_OF_RANGE')?.sample ?? [];
    expect(`${shown?.channelId} ${Date.parse(shown?.time ?? '')} ${shown?.value}`).toBe(row);
    expect(shown).toMatchObject({
      message: errors[0]?.message,
      channel: expect.stringMatching(/^north \/ 02001084 \/ \w+ \(\w+\)$/),
    });
  });

  it('are sent as they are now when they are released, or forgotten when they are discarded', async () => {
    await portal.fillOutbox();
    admin.respond = once(admin, reject(errors));
    await portal.push();
    const corrected = rowsOf(sent())[7]?.split(' ') ?? [];
    const gone = rowsOf(sent())[8]?.split(' ') ?? [];
    await changeRow(`UPDATE monitoring.measurement SET value = 4242.5`, corrected);
    await changeRow(`DELETE FROM monitoring.measurement`, gone);
    admin.received.length = 0;
    const entries = await quarantine();
    const valueEntry = entries.find(({ code }) => code === 'VALUE_INVALID');
    const timeEntry = entries.find(({ code }) => code === 'TIME_OUT_OF_RANGE');
    expect((await client.post(`/api/fleet-push/quarantine/${valueEntry?.id}/release`)).status).toBe(202);
    const { status } = await client.send('DELETE', `/api/fleet-push/quarantine/${timeEntry?.id}`);
    expect(status).toBe(204);
    await portal.pusher.settled();
    expect(rowsOf(sent())).toEqual([`${corrected[0]} ${corrected[1]} 4242.5`]);
    expect(sent().flatMap(({ channels }) => channels.map(({ id }) => id))).toContain(corrected[0]);
    expect(await quarantine()).toEqual([]);
    for (const action of ['release', '']) {
      const address = `/api/fleet-push/quarantine/${valueEntry?.id}/${action}`.replace(/\/$/, '');
      expect((await client.send(action === '' ? 'DELETE' : 'POST', address)).status).toBe(404);
    }
  });

  it('vanish where Admin does not know a channel that was deleted here, too', async () => {
    await portal.import(1, 'gone');
    admin.respond = loseAnswer;
    await portal.push();
    await portal.dataSource.query(
      `DELETE FROM monitoring.channel USING monitoring.device, monitoring.site
       WHERE device.id = device_id AND site.id = site_id AND slug = 'gone'`,
    );
    admin.respond = once(admin, reject([{ row: 0, code: 'UNKNOWN_CHANNEL', message: 'no such channel' }]));
    expect(await portal.pushNow()).toMatchObject({
      unsentBatches: 0,
      quarantinedBatches: 0,
      reconcile: null,
    });
  });
});

async function changeRow(statement: string, [channel, time]: string[]): Promise<void> {
  await portal.dataSource.query(
    `${statement} WHERE time = to_timestamp($2::float8 / 1000)
       AND channel_id = (SELECT id FROM monitoring.channel WHERE uid = $1)`,
    [channel, time],
  );
}

/** The rows of the newest days, as they are stored. */
async function newestRows(count: number): Promise<string[]> {
  const rows: { row: string }[] = await portal.dataSource.query(
    `SELECT uid || ' ' || (extract(epoch FROM time) * 1000)::bigint || ' ' || value AS row
     FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id
     ORDER BY time DESC LIMIT $1`,
    [count],
  );
  return rows.map(({ row }) => row).toSorted();
}

describe('what changes the push', () => {
  it.each([
    ['POST', '/api/fleet-push/retry'],
    ['POST', '/api/fleet-push/reconcile'],
    ['POST', '/api/fleet-push/quarantine/018f0000-0000-7000-8000-000000000000/release'],
    ['DELETE', '/api/fleet-push/quarantine/018f0000-0000-7000-8000-000000000000'],
    ['DELETE', '/api/sites/018f0000-0000-7000-8000-000000000000'],
  ])('is for administrators: %s %s', async (method, address) => {
    await portal.dataSource.query(`UPDATE monitoring.account SET role = 'viewer'`);
    const { status, body } = await client.send(method, address);
    await portal.dataSource.query(`UPDATE monitoring.account SET role = 'admin'`);
    expect([status, body.code]).toEqual([403, 'ROLE_REFUSED']);
    expect((await client.get('/api/fleet-push/status')).status).toBe(200);
  });
});
