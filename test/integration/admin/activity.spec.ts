import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  customerActivity,
  customerSite,
  ingestEventPage,
  type CustomerActivity,
  type IngestEventPage,
} from '#libs/contracts';
import { bucketFor } from '../../../apps/admin/src/customers/activity.service.js';
import { ago, FleetClient } from './fleet-client.js';

let fleet: FleetClient;

beforeAll(async () => {
  fleet = await FleetClient.start();
  const { id } = await fleet.register('BUSY');
  const { id: strange } = await fleet.register('STRANGE');
  await fleet.addEvent(strange, { rows_received: 999, rows_accepted: 999 });
  await fleet.addEvent(id, {
    received_at: ago(60),
    rows_received: 10,
    rows_accepted: 8,
    rows_rejected: 2,
    lag_seconds: 30,
  });
  await fleet.addEvent(id, {
    received_at: ago(61),
    outcome: 'refused',
    type: 'unknown',
    code: 'INGEST_TOKEN_INVALID',
    message: 'no',
    requests: 7,
  });
  await fleet.addEvent(id, { received_at: ago(62), outcome: 'replayed', rows_received: 10 });
  await fleet.addEvent(id, { received_at: ago(8_000), rows_received: 5, rows_accepted: 5, lag_seconds: 90 });
  await fleet.addEvent(id, {
    received_at: ago(40 * 86_400),
    rows_received: 1,
    rows_accepted: 1,
    type: 'catalogue',
  });
  // Within one millisecond.
  const [start] = await fleet.query<{ at: string }>(
    `SELECT date_trunc('second', now() - INTERVAL '3 hours')::text AS at`,
  );
  for (let microsecond = 0; microsecond < 5; microsecond++) {
    await fleet.query(
      `INSERT INTO fleet.ingest_event (received_at, customer_id, outcome, type, bytes, duration_ms)
       VALUES ($1::timestamptz + make_interval(secs => $2::float8 / 1000000), $3, 'accepted', 'measurements', $2, 1)`,
      [start?.at, microsecond, id],
    );
  }
  await fleet.addChannels(id, [
    { label: 'U1', unit: 'V', name: 'Ph 1' },
    { label: 'Ch1', unit: 'W' },
  ]);
});
afterAll(() => fleet.running.close());

async function events(query = ''): Promise<IngestEventPage> {
  const { status, body } = await fleet.admin.get<IngestEventPage>(`/api/customers/BUSY/events${query}`);
  expect(status).toBe(200);
  return ingestEventPage.strict().parse(body);
}

describe('GET /api/customers/:code/events', () => {
  it('shows the newest first, and of this customer only', async () => {
    const { events: all, nextBefore } = await events();
    expect(all).toHaveLength(10);
    expect(nextBefore).toBeNull();
    expect(all[0]).toMatchObject({ outcome: 'accepted', rowsReceived: 10, rowsAccepted: 8, rowsRejected: 2 });
    expect(all[1]).toMatchObject({
      outcome: 'refused',
      type: 'unknown',
      requests: 7,
      code: 'INGEST_TOKEN_INVALID',
      message: 'no',
    });
  });

  it.each([
    ['?outcome=refused', 1],
    ['?outcome=refused,replayed', 2],
    ['?problems=true', 2],
    ['?problems=false', 10],
    ['?problems=true&outcome=accepted', 1],
    ['?code=INGEST_TOKEN_INVALID', 1],
    ['?code=NONE', 0],
    [`?before=${ago(7_000)}`, 7],
  ])('filters by %s', async (query, count) => {
    expect((await events(query)).events).toHaveLength(count);
  });

  it('goes on page by page without a gap or a repetition, within a millisecond as well', async () => {
    const seen: string[] = [];
    let before = '';
    for (let page = 0; page < 9; page++) {
      const { events: some, nextBefore } = await events(`?limit=2${before}`);
      seen.push(...some.map(({ receivedAt }) => receivedAt));
      if (nextBefore === null) break;
      before = `&before=${nextBefore}`;
    }
    expect(seen).toEqual((await events()).events.map(({ receivedAt }) => receivedAt));
    expect(new Set(seen).size).toBe(10);
  });

  it.each(['?limit=0', '?limit=501', '?before=yesterday', '?outcome=lost', '?problems=1'])(
    'refuses %s',
    async (query) => {
      const { status } = await fleet.admin.get(`/api/customers/BUSY/events${query}`);
      expect(status).toBe(400);
    },
  );
});

describe('GET /api/customers/:code/activity', () => {
  it.each([
    [24, 300, [5, 8]],
    [168, 3_600, [5, 8]],
    [2_160, 86_400, [1, 13]],
  ])('sums up %i hours by %i s', async (hours, bucketSeconds, accepted) => {
    const { body } = await fleet.admin.get<CustomerActivity>(`/api/customers/BUSY/activity?hours=${hours}`);
    const activity = customerActivity.strict().parse(body);
    expect(activity.bucketSeconds).toBe(bucketSeconds);
    const nonZero = activity.rowsAccepted.filter((rows) => rows > 0);
    expect(nonZero.reduce((sum, rows) => sum + rows, 0)).toBe(accepted.reduce((sum, rows) => sum + rows, 0));
    expect(activity.refusals.reduce((sum, count) => sum + count, 0)).toBe(7);
    expect(activity.rowsRejected.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(activity.times).toEqual(activity.times.toSorted((a, b) => a - b));
    expect(activity.times.every((time) => time % (bucketSeconds * 1_000) === 0)).toBe(true);
    expect(activity.times.length).toBe(activity.lagSeconds.length);
    expect(activity.lagSeconds.filter((lag) => lag !== null).length).toBeGreaterThan(0);
  });

  it('never has more than 300 buckets', () => {
    for (let hours = 1; hours <= 24 * 90; hours++) {
      expect((hours * 3_600) / bucketFor(hours * 3_600)).toBeLessThanOrEqual(300);
    }
    expect([bucketFor(25 * 3_600), bucketFor(26 * 3_600), bucketFor(301 * 3_600)]).toEqual([
      300, 3_600, 86_400,
    ]);
  });

  it.each(['?hours=0', '?hours=2161', '?hours=x'])('refuses %s', async (query) => {
    expect((await fleet.admin.get(`/api/customers/BUSY/activity${query}`)).status).toBe(400);
  });
});

describe('GET /api/customers/:code/sites', () => {
  it('shows sites with their devices and channels, of this customer only', async () => {
    const { body } = await fleet.admin.get<{ sites: unknown[] }>('/api/customers/BUSY/sites');
    const [site, ...others] = body.sites.map((one) => customerSite.strict().parse(one));
    expect(others).toEqual([]);
    expect(site?.devices).toMatchObject([
      {
        serial: '02001084',
        masterId: null,
        channels: [{ label: 'U1', name: 'Ph 1', unit: 'V' }, { label: 'Ch1' }],
      },
    ]);
    expect((await fleet.admin.get('/api/customers/STRANGE/sites')).body).toEqual({ sites: [] });
  });
});
