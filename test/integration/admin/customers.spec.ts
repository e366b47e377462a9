import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  customerDetail,
  customerPage,
  customerWithToken,
  type CustomerDetail,
  type CustomerPage,
  type CustomerWithToken,
} from '#libs/contracts';
import { ago, FleetClient } from './fleet-client.js';

let fleet: FleetClient;
/** What is set on the row; everything else as after registration. */
const past: Record<string, Record<string, unknown>> = {
  ALPHA: {
    last_contact_at: ago(5),
    last_accepted_at: ago(5),
    newest_data_at: ago(60),
    backlog_batches: 3,
    stack_version: '2.0.0',
  },
  BETA: {
    last_contact_at: ago(7_200),
    last_accepted_at: ago(7_200),
    newest_data_at: ago(7_200),
    stack_version: '1.0.0',
  },
  GAMMA: {},
  DELTA: {
    last_contact_at: ago(5),
    last_accepted_at: ago(600),
    last_rejected_at: ago(5),
    newest_data_at: ago(600),
  },
};
const names: Record<string, string> = {
  ALPHA: 'Müller & Söhne',
  BETA: '=cmd|calc',
  GAMMA: '100% Solar_"quoted"',
  DELTA: 'zeta, with a comma',
};

beforeAll(async () => {
  fleet = await FleetClient.start();
  for (const [code, row] of Object.entries(past)) {
    const { id } = await fleet.register(code, names[code]);
    for (const [column, value] of Object.entries(row)) {
      await fleet.query(`UPDATE fleet.customer SET ${column} = $2 WHERE id = $1`, [id, value]);
    }
    if (code === 'ALPHA') {
      await fleet.addEvent(id, {
        rows_received: 200,
        rows_accepted: 150,
        rows_duplicate: 0,
        rows_rejected: 50,
      });
      await fleet.addEvent(id, { received_at: ago(7_200), rows_received: 9_000, rows_accepted: 9_000 });
    }
    if (code === 'DELTA') await fleet.addEvent(id, { rows_received: 10, rows_rejected: 10 });
  }
});
afterAll(() => fleet.running.close());

async function list(query = ''): Promise<CustomerPage> {
  const { status, body } = await fleet.admin.get<CustomerPage>(`/api/customers${query}`);
  expect(status).toBe(200);
  return customerPage.strict().parse(body);
}

async function codes(query: string): Promise<string[]> {
  return (await list(query)).customers.map(({ code }) => code);
}

describe('GET /api/customers', () => {
  it('shows health, rates and tokens', async () => {
    const { customers, total, byHealth } = await list();
    expect(customers.map(({ code, health }) => [code, health])).toEqual([
      ['ALPHA', 'healthy'],
      ['BETA', 'offline'],
      ['DELTA', 'rejecting'],
      ['GAMMA', 'never-connected'],
    ]);
    expect(total).toBe(4);
    expect(byHealth).toEqual({
      'auth-failing': 0,
      rejecting: 1,
      offline: 1,
      late: 0,
      stale: 0,
      'never-connected': 1,
      healthy: 1,
      disabled: 0,
    });
    expect(customers[0]).toMatchObject({
      rowsPerHour: 150,
      rejectedPercent: 25,
      backlogBatches: 3,
      stackVersion: '2.0.0',
      tokenCreatedAt: expect.any(String),
    });
    expect(customers[0]?.lagSeconds).toBeCloseTo(60, -2);
    expect(customers[3]).toMatchObject({ lagSeconds: null, rowsPerHour: 0, rejectedPercent: null });
  });

  it.each([
    ['?sort=code&order=desc', ['GAMMA', 'DELTA', 'BETA', 'ALPHA']],
    ['?sort=name', ['GAMMA', 'BETA', 'ALPHA', 'DELTA']],
    ['?sort=health', ['BETA', 'DELTA', 'GAMMA', 'ALPHA']],
    ['?sort=rowsPerHour&order=desc', ['ALPHA', 'BETA', 'DELTA', 'GAMMA']],
    ['?sort=rejectedPercent&order=desc', ['DELTA', 'ALPHA', 'BETA', 'GAMMA']],
    ['?sort=stackVersion', ['BETA', 'ALPHA', 'DELTA', 'GAMMA']],
    ['?sort=backlogBatches&order=desc', ['ALPHA', 'BETA', 'DELTA', 'GAMMA']],
    ['?sort=newestDataAt', ['BETA', 'DELTA', 'ALPHA', 'GAMMA']],
    ['?sort=lagSeconds&order=desc', ['BETA', 'DELTA', 'ALPHA', 'GAMMA']],
    ['?sort=lastContactAt', ['BETA', 'DELTA', 'ALPHA', 'GAMMA']],
    ['?sort=lastAcceptedAt', ['BETA', 'DELTA', 'ALPHA', 'GAMMA']],
    ['?sort=tokenCreatedAt', ['ALPHA', 'BETA', 'GAMMA', 'DELTA']],
  ])('sorts by %s, with what is unknown last', async (query, expected) => {
    const found = await codes(query);
    // Both were set in the same moment; which comes first says nothing.
    const steady = query.includes('lastContactAt') ? found.toSorted() : found;
    expect(steady).toEqual(query.includes('lastContactAt') ? expected.toSorted() : expected);
  });

  it.each([
    ['?q=alp', ['ALPHA']],
    [`?q=${encodeURIComponent('MÜLLER')}`, ['ALPHA']],
    ['?q=%25', ['GAMMA']],
    ['?q=_', ['GAMMA']],
    ['?q=%22', ['GAMMA']],
    [`?q=${encodeURIComponent("' OR 1=1 --")}`, []],
    ['?health=offline,rejecting', ['BETA', 'DELTA']],
    ['?health=offline&q=alpha', []],
    ['?page=2&pageSize=3', ['GAMMA']],
    ['?page=9&pageSize=3', []],
  ])('finds %s', async (query, expected) => {
    expect(await codes(query)).toEqual(expected);
  });

  it('counts the matches on all pages, and the health of all', async () => {
    const page = await list('?page=9&pageSize=1&health=offline,rejecting');
    expect([page.customers.length, page.total]).toEqual([0, 2]);
    expect(page.byHealth.healthy).toBe(1);
    expect((await list('?q=a&health=never-connected')).total).toBe(1);
  });

  it.each(['?sort=password', '?health=ill', '?page=0', '?pageSize=201', '?unknown=1', '?q=%00'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await fleet.admin.get(`/api/customers${query}`);
      expect([status, body.code]).toEqual([400, 'BODY_INVALID']);
    },
  );
});

describe('GET /api/customers/export.csv', () => {
  it('has every row of the query and runs as a formula nowhere', async () => {
    const { status, headers, body } = await fleet.admin.get<string>(
      '/api/customers/export.csv?sort=code&health=healthy,offline,never-connected',
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain('customers.csv');
    const rows: Record<string, string>[] = parse(body, { columns: true });
    expect(rows.map(({ code, name }) => [code, name])).toEqual([
      ['ALPHA', 'Müller & Söhne'],
      ['BETA', `'=cmd|calc`],
      ['GAMMA', '100% Solar_"quoted"'],
    ]);
    expect(rows[0]).toMatchObject({ health: 'healthy', rowsPerHour: '150', rejectedPercent: '25' });
    expect(body).not.toMatch(/(^|,)"?[=+@-]/m);
    expect(body.startsWith('code,name,health,')).toBe(true);
  });

  it('refuses paging and what the list refuses', async () => {
    for (const query of ['?page=1', '?sort=x']) {
      expect((await fleet.admin.get(`/api/customers/export.csv${query}`)).status).toBe(400);
    }
  });
});

describe('one customer', () => {
  it('is registered once, with a token that no cache keeps', async () => {
    const { status, headers, body } = await fleet.admin.post<CustomerWithToken>('/api/customers', {
      code: 'ONE',
      name: ' One ',
    });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(customerWithToken.strict().parse(body).customer).toMatchObject({
      name: 'One',
      health: 'never-connected',
      measurementCount: 0,
    });
    const again = await fleet.admin.post('/api/customers', { code: 'ONE', name: 'Again' });
    expect([again.status, again.body.code]).toEqual([409, 'CUSTOMER_EXISTS']);
  });

  it('is shown with what it has', async () => {
    const { id } = await fleet.register('SHOWN');
    const [channel = 0] = await fleet.addChannels(id, [{ label: 'U1', unit: 'V' }]);
    await fleet.addMeasurements(id, channel, { from: '2026-01-01', to: '2026-01-02', value: '1' });
    const { body } = await fleet.admin.get<CustomerDetail>('/api/customers/SHOWN');
    expect(customerDetail.strict().parse(body)).toMatchObject({
      siteCount: 1,
      deviceCount: 1,
      channelCount: 1,
      measurementCount: 24,
      disabledAt: null,
    });
    const size = await fleet.admin.get('/api/customers/SHOWN/size');
    expect(size.body).toEqual({ sites: 1, devices: 1, channels: 1, measurements: 24, events: 0 });
  });

  it('gets another name', async () => {
    await fleet.register('NAMED');
    const { status, body } = await fleet.admin.send<CustomerDetail>('PATCH', '/api/customers/NAMED', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Better' }),
    });
    expect([status, body.name]).toEqual([200, 'Better']);
  });

  it('is refused at once while it is disabled, and keeps its data', async () => {
    const { id, token } = await fleet.register('OFF');
    const [channel = 0] = await fleet.addChannels(id, [{ label: 'U1', unit: 'V' }]);
    await fleet.addMeasurements(id, channel, { from: '2026-01-01', to: '2026-01-02', value: '1' });
    expect(await fleet.contact(token)).toBe(204);
    const disabled = await fleet.admin.post<CustomerDetail>('/api/customers/OFF/disable');
    expect([disabled.status, disabled.body.health]).toEqual([200, 'disabled']);
    expect((await fleet.admin.post<CustomerDetail>('/api/customers/OFF/disable')).body.disabledAt).toBe(
      disabled.body.disabledAt,
    );
    expect(await fleet.contact(token)).toBe(401);
    expect((await fleet.admin.get<CustomerDetail>('/api/customers/OFF')).body.measurementCount).toBe(24);
    const enabled = await fleet.admin.post<CustomerDetail>('/api/customers/OFF/enable');
    expect([enabled.status, enabled.body.disabledAt]).toEqual([200, null]);
    expect(await fleet.contact(token)).toBe(204);
  });

  it.each([
    ['GET', ''],
    ['GET', '/size'],
    ['GET', '/tokens'],
    ['GET', '/events'],
    ['GET', '/activity'],
    ['GET', '/sites'],
    ['PATCH', ''],
    ['POST', '/disable'],
    ['POST', '/enable'],
    ['POST', '/tokens'],
    ['POST', '/tokens/rotate'],
    ['DELETE', '/tokens/018f0000-0000-7000-8000-000000000001'],
    ['DELETE', '?confirm=NOBODY'],
  ])('that is not there answers 404: %s %s', async (method, rest) => {
    const sent = rest === '/tokens/rotate' ? {} : { name: 'x' };
    const hasBody = method === 'PATCH' || (method === 'POST' && rest.startsWith('/tokens'));
    const { status, body } = await fleet.admin.send(
      method,
      `/api/customers/NOBODY${rest}`,
      hasBody ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent) } : {},
    );
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  });
});
