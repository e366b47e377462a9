import { randomBytes, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { maxBatchBytes, pushResult } from '#libs/contracts';
import { startAdmin, type RunningApp } from '../running-app.js';
import { customerState, events, storedRows } from './fleet-state.js';
import { batchOf, firstTime, goodRows, IngestClient } from './ingest-client.js';

let admin: RunningApp;
let portal: IngestClient;
let customers = 0;

beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.close());
beforeEach(async () => {
  portal = await IngestClient.insert(admin, `BAT${++customers}`);
});

const stored = () => storedRows(admin, portal.customer.code);
const state = () => customerState(admin, portal.customer.code);
const newestEvent = async () => (await events(admin, portal.customer.code))[0];

describe('a batch', () => {
  it('is stored, counted and shown', async () => {
    const headers = {
      'wattfleet-sender-version': '9.8.7',
      'wattfleet-backlog-batches': '4',
      'wattfleet-oldest-unsent-at': '2026-01-05T00:00:00.000Z',
    };
    const { status, body } = await portal.push(batchOf(...goodRows(10)), { headers });
    expect(status).toBe(200);
    expect(pushResult.strict().parse(body)).toEqual({
      received: 10,
      accepted: 10,
      duplicates: 0,
      rejected: 0,
      errors: [],
    });
    expect(await stored()).toHaveLength(10);
    expect(await state()).toMatchObject({
      sites: 1,
      devices: 1,
      channels: 3,
      measurement_count: 10,
      backlog_batches: 4,
      oldest_unsent_at: new Date('2026-01-05T00:00:00Z'),
      stack_version: '9.8.7',
      newest_data_at: new Date(firstTime + 9 * 60_000),
      last_contact_at: expect.any(Date),
      last_accepted_at: expect.any(Date),
      last_rejected_at: null,
      contact_resumed_at: null,
    });
    expect(await newestEvent()).toMatchObject({
      outcome: 'accepted',
      code: null,
      type: 'measurements',
      requests: 1,
      rows_received: 10,
      rows_accepted: 10,
      sender_version: '9.8.7',
    });
    const behind = (Date.now() - firstTime - 9 * 60_000) / 1_000;
    expect(Math.abs(((await newestEvent())?.lag_seconds ?? 0) - behind)).toBeLessThan(60);
  });

  it('changes what it corrects, and counts as duplicate what is there already', async () => {
    await portal.push(batchOf(...goodRows(3)));
    const { body } = await portal.push(batchOf([0, firstTime, 999], ...goodRows(4).slice(1)));
    expect(body).toMatchObject({ received: 4, accepted: 2, duplicates: 2, rejected: 0 });
    expect(await stored()).toContain(`U1 ${firstTime} 999`);
    expect((await state()).measurement_count).toBe(4);
  });

  it('gives its good rows and names the others, and the sums are right', async () => {
    await portal.push(batchOf(...goodRows(1)));
    const { status, body } = await portal.push(
      batchOf(
        ...goodRows(3),
        [9, firstTime, 1],
        [-1, firstTime, 1],
        ['0', firstTime, 1],
        [null, firstTime, 1],
        ['__proto__', firstTime, 1],
        ['length', firstTime, 1],
        [1, Date.UTC(1999, 11, 31, 23, 59, 59), 1],
        [1, Date.now() + 25 * 3_600_000, 1],
        [1, firstTime + 0.5, 1],
        [1, String(firstTime), 1],
        [1, null, 1],
        [1, firstTime, null],
        [1, firstTime, '230'],
        [1, firstTime, 'NaN'],
        [1, firstTime, true],
        [1, firstTime, [1]],
        [2, firstTime, 5],
        [2, firstTime, 6],
        [1, Date.UTC(2000, 0, 1), 1],
        [1, firstTime, -0.5],
      ),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ received: 23, accepted: 5, duplicates: 1, rejected: 17 });
    expect(body.accepted + body.duplicates + body.rejected).toBe(body.received);
    const codes = body.errors.toSorted((a, b) => Number('row' in a && 'row' in b && a.row - b.row));
    expect(codes.map((error) => ['row' in error ? error.row : -1, 'code' in error && error.code])).toEqual([
      ...[3, 4, 5, 6, 7, 8].map((row) => [row, 'UNKNOWN_CHANNEL']),
      [9, 'TIME_OUT_OF_RANGE'],
      [10, 'TIME_OUT_OF_RANGE'],
      [11, 'TIME_INVALID'],
      [12, 'TIME_INVALID'],
      [13, 'TIME_INVALID'],
      ...[14, 15, 16, 17, 18].map((row) => [row, 'VALUE_INVALID']),
      [20, 'DUPLICATE_IN_BATCH'],
    ]);
    expect(await stored()).toHaveLength(6);
    expect(await newestEvent()).toMatchObject({ outcome: 'accepted', rows_received: 23, rows_rejected: 17 });
    expect((await state()).last_rejected_at).toEqual(expect.any(Date));
  });

  it('may carry no row: it announces channels', async () => {
    const { status, body } = await portal.push(batchOf());
    expect(status).toBe(200);
    expect(body).toMatchObject({ received: 0, accepted: 0 });
    expect(await state()).toMatchObject({ channels: 3, measurement_count: 0, newest_data_at: null });
    expect(await newestEvent()).toMatchObject({ type: 'catalogue', lag_seconds: null });
  });

  it('may come without compression', async () => {
    const plain = Buffer.from(JSON.stringify(batchOf(...goodRows(2))));
    const { status } = await portal.pushBytes(plain, { headers: { 'content-encoding': '' } });
    expect(status).toBe(200);
    expect(await stored()).toHaveLength(2);
  });

  it('renames what the customer has renamed', async () => {
    await portal.push(batchOf());
    const renamed = batchOf();
    const [first] = renamed.channels;
    renamed.channels = renamed.channels.map((channel) =>
      channel === first ? { ...channel, name: 'Main switch' } : channel,
    );
    renamed.sites = renamed.sites.map((site) => ({ ...site, name: 'North plant' }));
    await portal.push(renamed);
    const names: unknown[] = await admin.dataSource.query(
      `SELECT site.name AS site, channel.name AS channel FROM fleet.site JOIN fleet.channel USING (customer_id)
         JOIN fleet.customer ON customer.id = site.customer_id WHERE code = $1 AND label = 'U1'`,
      [portal.customer.code],
    );
    expect(names).toEqual([{ site: 'North plant', channel: 'Main switch' }]);
  });
});

describe('a contact', () => {
  it('shows that a portal without news is there, and is no push', async () => {
    const headers = { 'wattfleet-sender-version': '1.2.3', 'wattfleet-backlog-batches': '0' };
    expect(await state()).toMatchObject({ last_contact_at: null });
    expect((await portal.contact(headers)).status).toBe(204);
    expect(await state()).toMatchObject({
      last_contact_at: expect.any(Date),
      last_accepted_at: null,
      contact_resumed_at: null,
      stack_version: '1.2.3',
      backlog_batches: 0,
    });
    expect(await newestEvent()).toBeUndefined();
  });

  it('has resumed when it comes after a silence, not when it goes on', async () => {
    await portal.contact();
    await portal.contact();
    expect((await state()).contact_resumed_at).toBeNull();
    await admin.dataSource.query(
      `UPDATE fleet.customer SET last_contact_at = now() - INTERVAL '181 seconds' WHERE code = $1`,
      [portal.customer.code],
    );
    await portal.push(batchOf(...goodRows(1)));
    const { contact_resumed_at: resumedAt } = await state();
    expect(resumedAt).toEqual(expect.any(Date));
    await portal.push(batchOf(...goodRows(2)));
    expect((await state()).contact_resumed_at).toEqual(resumedAt);
  });
});

describe('a batch that comes again', () => {
  it('is answered as the first time, and changes nothing', async () => {
    const key = randomUUID();
    const batch = batchOf(...goodRows(5), [7, firstTime, 1]);
    const first = await portal.push(batch, { key });
    const before = await stored();
    await portal.push(batchOf([0, firstTime, 1_000]));
    const again = await portal.push(batch, { key });
    expect(again.status).toBe(200);
    expect(again.body).toEqual(first.body);
    expect([first.headers, again.headers].map((headers) => headers.get('wattfleet-replayed'))).toEqual([
      null,
      'true',
    ]);
    // A replay must not undo what was corrected in between.
    expect(await stored()).toContain(`U1 ${firstTime} 1000`);
    expect(await stored()).toHaveLength(before.length);
    expect((await state()).measurement_count).toBe(5);
    expect(await newestEvent()).toMatchObject({ outcome: 'replayed', code: null });
  });

  it('is the same however its bytes were compressed', async () => {
    const key = randomUUID();
    const text = JSON.stringify(batchOf(...goodRows(2)));
    const first = await portal.pushBytes(gzipSync(text, { level: 1 }), { key });
    const again = await portal.pushBytes(gzipSync(text, { level: 9 }), { key });
    expect([again.status, again.body]).toEqual([200, first.body]);
  });

  it('is refused when its key was used for another batch', async () => {
    const key = randomUUID();
    await portal.push(batchOf(...goodRows(2)), { key });
    const { status, body } = await portal.push(batchOf(...goodRows(3)), { key });
    expect(status).toBe(409);
    expect(body.code).toBe('INGEST_KEY_REUSED');
    expect(await stored()).toHaveLength(2);
    expect(await newestEvent()).toMatchObject({ outcome: 'refused', code: 'INGEST_KEY_REUSED' });
  });

  it('may be tried with its key again after it was refused', async () => {
    const key = randomUUID();
    expect((await portal.pushBytes(Buffer.from('no gzip'), { key })).status).toBe(422);
    expect((await portal.push(batchOf(...goodRows(2)), { key })).status).toBe(200);
  });

  it('is another one when another customer sends its key', async () => {
    const other = await IngestClient.insert(admin, `OTH${customers}`);
    const key = randomUUID();
    expect((await portal.push(batchOf(...goodRows(2)), { key })).body.accepted).toBe(2);
    expect((await other.push(batchOf(...goodRows(3)), { key })).body.accepted).toBe(3);
  });
});

describe('a batch that is refused', () => {
  async function expectRefused(
    answer: Promise<{ status: number; headers: Headers; body: { code: string } }>,
    status: number,
    code: string,
  ): Promise<void> {
    const refused = await answer;
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await stored()).toEqual([]);
    expect(await newestEvent()).toMatchObject({ outcome: 'refused', code, rows_accepted: 0 });
    expect(await state()).toMatchObject({ last_rejected_at: expect.any(Date), last_accepted_at: null });
  }

  it.each(['', 'not-a-uuid', '12345'])('has no usable key: %j', async (key) => {
    await expectRefused(portal.push(batchOf(...goodRows(1)), { key }), 400, 'INGEST_KEY_MISSING');
  });

  it('inflates to more than the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(maxBatchBytes * 8, ' '));
    expect(bomb.length).toBeLessThan(200_000);
    await expectRefused(portal.pushBytes(bomb), 413, 'INGEST_BATCH_TOO_LARGE');
  });

  it('is more than the limit as it comes', async () => {
    const noise = randomBytes(maxBatchBytes + 1);
    await expectRefused(portal.pushBytes(noise), 413, 'INGEST_BATCH_TOO_LARGE');
  });

  it('spreads over more weeks than a transaction may lock, and is taken when it is split', async () => {
    const weekly = (weeks: number, first = 0) =>
      Array.from({ length: weeks }, (_, week): [number, number, number] => [
        0,
        Date.UTC(2010, 0, 7) + (first + week) * 7 * 86_400_000,
        week,
      ]);
    await expectRefused(portal.push(batchOf(...weekly(101))), 413, 'INGEST_BATCH_SPREAD');
    expect((await portal.push(batchOf(...weekly(51)))).status).toBe(200);
    expect((await portal.push(batchOf(...weekly(50, 51)))).status).toBe(200);
    expect(await stored()).toHaveLength(101);
  });

  it.each([
    ['cut off', gzipSync(JSON.stringify(batchOf(...goodRows(100)))).subarray(0, -20)],
    ['not gzip', Buffer.from(JSON.stringify(batchOf()))],
    ['empty', Buffer.alloc(0)],
    ['gzip of nothing', gzipSync('')],
    ['not JSON', gzipSync('{"version": 1,')],
    ['JSON of another shape', gzipSync('{"rows": []}')],
    ['JSON that is no object', gzipSync('[1]')],
    ['of another version', gzipSync(JSON.stringify({ ...batchOf(), version: 2 }))],
    ['with a field too many', gzipSync(JSON.stringify({ ...batchOf(), customerId: 1 }))],
    ['not UTF-8', gzipSync(Buffer.from([0x7b, 0xff, 0xfe]))],
  ])('is %s', async (_what, bytes) => {
    await expectRefused(portal.pushBytes(bytes), 422, 'INGEST_BATCH_INVALID');
  });

  it('has columns that differ in length', async () => {
    const batch = batchOf(...goodRows(3));
    batch.measurements.value.pop();
    await expectRefused(portal.push(batch), 422, 'INGEST_BATCH_INVALID');
  });

  it('has too many rows', async () => {
    await expectRefused(portal.push(batchOf(...goodRows(5_001))), 422, 'INGEST_BATCH_INVALID');
  });

  it.each([
    ['names a device of a site that it does not', { sites: [] }],
    ['names a channel of a device that it does not', { devices: [] }],
    ['names a channel twice', { channels: [...batchOf().channels, ...batchOf().channels] }],
    ['names a site twice', { sites: [...batchOf().sites, ...batchOf().sites] }],
    ['has a NUL in a name', { sites: batchOf().sites.map((site) => ({ ...site, name: 'a\0b' })) }],
    [
      'has half a character in a name',
      { channels: batchOf().channels.map((channel) => ({ ...channel, name: '\uD800' })) },
    ],
  ])('%s', async (_what, change) => {
    await expectRefused(portal.push({ ...batchOf(), ...change }), 422, 'INGEST_BATCH_INVALID');
  });

  it('has another content type', async () => {
    const plain = Buffer.from(JSON.stringify(batchOf(...goodRows(2))));
    const headers = { 'content-type': 'application/json', 'content-encoding': '' };
    const { status, body } = await portal.pushBytes(plain, { headers });
    expect([status, body.code]).toEqual([422, 'INGEST_BATCH_INVALID']);
    expect(await stored()).toEqual([]);
  });
});
