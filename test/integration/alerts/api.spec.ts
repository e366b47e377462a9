import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  alertDestination,
  alertDestinations,
  alertPage,
  alertRule,
  type AlertDestination,
  type AlertPage,
  type AlertRule,
} from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { adminAccount } from '../running-app.js';
import { WatchedFleet } from './watched-fleet.js';

let fleet: WatchedFleet;

beforeAll(async () => {
  fleet = await WatchedFleet.start();
});
afterAll(() => fleet.close());
beforeEach(async () => {
  await fleet.reset();
  await fleet.setHold(0);
});

function put<T>(path: string, body: unknown) {
  return fleet.operator.send<T>('PUT', path, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Newest first: `action customer summary`. */
async function audited(limit: number): Promise<string[]> {
  const rows = await fleet.query<{ line: string }>(
    `SELECT concat_ws(' ', action, customer, summary) AS line FROM fleet.audit_event
     WHERE account = $1 AND request_id IS NOT NULL AND action LIKE 'alert%' ORDER BY id DESC LIMIT $2`,
    [adminAccount.email, limit],
  );
  return rows.map(({ line }) => line);
}

describe('GET /api/alerts', () => {
  beforeEach(async () => {
    for (const code of ['A1', 'A2', 'A3'])
      await fleet.addCustomer(code, { last_contact_at: -61, newest_data_at: -3_000 });
    await fleet.evaluate(0);
    await fleet.set('A1', { last_contact_at: 1 });
    await fleet.evaluate(1);
  });

  it.each([
    ['', ['A2 offline', 'A3 offline', 'A1 lag', 'A2 lag', 'A3 lag']],
    ['?state=resolved', ['A1 offline']],
    ['?state=all&customer=A1', ['A1 offline', 'A1 lag']],
    ['?state=all&kind=offline', ['A1 offline', 'A2 offline', 'A3 offline']],
    ['?customer=NONE', []],
  ])('%s lists newest first', async (query, expected) => {
    const { status, body } = await fleet.operator.get<AlertPage>(`/api/alerts${query}`);
    expect(status).toBe(200);
    const page = alertPage.strict().parse(body);
    expect(page.alerts.map(({ customer, kind }) => `${customer.code} ${kind}`)).toEqual(expected);
    expect(page).toMatchObject({ openCount: 5, nextBefore: null });
  });

  it('loses none between pages, though all were raised together', async () => {
    const found: string[] = [];
    let before = '';
    do {
      const { body } = await fleet.operator.get<AlertPage>(`/api/alerts?state=all&limit=2${before}`);
      found.push(...body.alerts.map(({ id }) => id));
      before = body.nextBefore === null ? '' : `&before=${encodeURIComponent(body.nextBefore)}`;
    } while (before !== '');
    expect(found).toEqual((await fleet.alerts()).map(({ id }) => id));
    expect(new Set(found).size).toBe(6);
  });

  it.each(['state=none', 'kind=none', 'limit=0', 'before=yesterday', 'other=1'])(
    'refuses %s',
    async (query) => {
      expect((await fleet.operator.get(`/api/alerts?${query}`)).status).toBe(400);
    },
  );

  it('is counted by kind for Prometheus', async () => {
    const { body } = await fleet.operator.get<string>('/metrics');
    expect(body).toContain('wattfleet_alerts_open{kind="lag",app="admin"} 3');
    expect(body).toContain('wattfleet_alerts_open{kind="offline",app="admin"} 2');
    expect(body).toContain('wattfleet_alerts_open{kind="rejection",app="admin"} 0');
  });
});

describe('POST /api/alerts/:id/acknowledge', () => {
  it('notes who has seen it, once, in the audit log too', async () => {
    await fleet.addCustomer('ACME', { last_contact_at: -61 });
    await fleet.evaluate(0);
    const [{ id } = { id: '' }] = await fleet.alerts();
    const first = await fleet.operator.post(`/api/alerts/${id}/acknowledge`);
    const again = await fleet.operator.post(`/api/alerts/${id}/acknowledge`);
    expect(first.body).toMatchObject({ id, acknowledgedBy: adminAccount.email, resolvedAt: null });
    expect(again).toMatchObject({ status: 200, body: first.body });
    const line = 'alert.acknowledged ACME Acknowledged offline: No contact for 1 h 1 min (limit 1 h)';
    expect((await audited(10)).filter((found) => found === line)).toHaveLength(1);
  });

  it('knows no other', async () => {
    expect((await fleet.operator.post(`/api/alerts/${randomUUID()}/acknowledge`)).status).toBe(404);
    expect((await fleet.operator.post('/api/alerts/1/acknowledge')).status).toBe(400);
  });
});

describe('rules', () => {
  it('are the defaults until they are edited', async () => {
    await fleet.setHold(5);
    const { body } = await fleet.operator.get<{ rules: AlertRule[] }>('/api/alerts/rules');
    const rules = body.rules.map((rule) => alertRule.strict().parse(rule));
    expect(rules.map(({ kind, threshold }) => [kind, threshold])).toEqual([
      ['offline', 60],
      ['auth-failure', null],
      ['rejection', 5],
      ['lag', 1_440],
    ]);
    expect(rules.every(({ enabled, holdMinutes }) => enabled && holdMinutes === 5)).toBe(true);
  });

  it('are used as they are edited', async () => {
    await fleet.addCustomer('ACME', { last_contact_at: -31 });
    const edited = { enabled: true, threshold: 30, holdMinutes: 0 };
    const { status, body } = await put('/api/alerts/rules/offline', edited);
    expect({ status, body }).toEqual({ status: 200, body: { kind: 'offline', ...edited } });
    await fleet.evaluate(0);
    expect(await fleet.open()).toEqual(['ACME offline']);
    await put('/api/alerts/rules/lag', { ...edited, enabled: false });
    expect(await audited(2)).toEqual([
      'alert-rule.edited Turned alerts of lag off',
      'alert-rule.edited Set alerts of offline: above 30 min for 0 min',
    ]);
  });

  it.each<[string, unknown]>([
    ['auth-failure', { enabled: true, threshold: 5, holdMinutes: 5 }],
    ['offline', { enabled: true, threshold: null, holdMinutes: 5 }],
    ['offline', { enabled: true, threshold: 0, holdMinutes: 5 }],
    ['rejection', { enabled: true, threshold: 101, holdMinutes: 5 }],
    ['lag', { enabled: true, threshold: 5, holdMinutes: -1 }],
    ['other', { enabled: true, threshold: 5, holdMinutes: 5 }],
  ])('of %s refuse %j', async (kind, body) => {
    expect(await put(`/api/alerts/rules/${kind}`, body)).toMatchObject({
      status: 400,
      body: { code: 'BODY_INVALID' },
    });
  });
});

describe('destinations', () => {
  const path = '/api/alerts/destinations';
  const webhook = { type: 'webhook', address: 'https://hooks.example.com/T0/s3cret', enabled: true };

  it('are added, edited and removed, and the audit log names no secret of theirs', async () => {
    const added = await fleet.operator.post<AlertDestination>(path, webhook);
    expect(added.status).toBe(201);
    expect(alertDestination.strict().parse(added.body)).toEqual({
      ...webhook,
      id: added.body.id,
      lastSentAt: null,
      lastError: null,
    });
    const one = `${path}/${added.body.id}`;
    expect(await put(one, { ...webhook, enabled: false })).toMatchObject({
      status: 200,
      body: { enabled: false },
    });
    const { body } = await fleet.operator.get(path);
    expect(alertDestinations.strict().parse(body).destinations).toHaveLength(1);
    expect((await fleet.operator.send('DELETE', one)).status).toBe(204);
    for (const gone of [
      await fleet.operator.send('DELETE', one),
      await put(one, webhook),
      await fleet.operator.post(`${one}/test`),
    ])
      expect(gone.status).toBe(404);
    expect(await audited(3)).toEqual([
      'alert-destination.removed Removed webhook https://hooks.example.com',
      'alert-destination.edited Set webhook https://hooks.example.com: off',
      'alert-destination.added Added webhook https://hooks.example.com',
    ]);
  });

  it('are unique, and keep their type', async () => {
    const { body } = await fleet.operator.post<AlertDestination>(path, webhook);
    const taken = { status: 409, body: { code: 'ALERT_DESTINATION_EXISTS' } };
    expect(await fleet.operator.post(path, webhook)).toMatchObject(taken);
    const other = await fleet.operator.post<AlertDestination>(path, {
      ...webhook,
      address: 'https://b.example',
    });
    expect(await put(`${path}/${other.body.id}`, webhook)).toMatchObject(taken);
    expect(await put(`${path}/${body.id}`, { type: 'email', address: 'a@example.com' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'type' }] },
    });
  });

  it.each([
    { type: 'webhook', address: 'ftp://hooks.example.com' },
    { type: 'webhook', address: 'file:///etc/passwd' },
    { type: 'email', address: 'no address' },
    { type: 'email', address: 'a@example.com\r\nBcc: b@example.com' },
    { type: 'email', address: 'a@example.com, b@example.com' },
    { type: 'pigeon', address: 'coop' },
  ])('refuse %j', async (body) => {
    expect(await fleet.operator.post(path, body)).toMatchObject({
      status: 400,
      body: { code: 'BODY_INVALID' },
    });
  });

  it('are tested: what became of it is told, shown and audited', async () => {
    const id = await fleet.addDestination('email', 'ops@example.com');
    const message = 'there is no SMTP server: set SMTP_URL';
    expect(await fleet.operator.post(`${path}/${id}/test`)).toMatchObject({
      status: 200,
      body: { sent: false, message },
    });
    const { body } = await fleet.operator.get(path);
    expect(body).toMatchObject({ destinations: [{ lastError: { message } }], emailConfigured: false });
    expect(await audited(1)).toEqual([`alert-destination.tested Tested e-mail ops@example.com: ${message}`]);
  });
});

describe('without a session', () => {
  it.each([
    ['GET', '/api/alerts'],
    ['POST', `/api/alerts/${randomUUID()}/acknowledge`],
    ['GET', '/api/alerts/rules'],
    ['PUT', '/api/alerts/rules/lag'],
    ['GET', '/api/alerts/destinations'],
    ['POST', '/api/alerts/destinations'],
    ['DELETE', `/api/alerts/destinations/${randomUUID()}`],
    ['POST', `/api/alerts/destinations/${randomUUID()}/test`],
  ])('%s %s is refused', async (method, path) => {
    expect((await new ApiClient(fleet.admin.url).send(method, path)).status).toBe(401);
  });
});
