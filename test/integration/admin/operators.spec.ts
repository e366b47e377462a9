import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorAccount, type OperatorAccount } from '#libs/contracts';
import { ApiClient, type Answer } from '../api-client.js';
import { adminAccount } from '../running-app.js';
import { isServer } from '../test-database.js';
import { routeList } from '../web/route-list.js';
import { FleetClient } from './fleet-client.js';

const password = 'Another-l0ng-one';
let fleet: FleetClient;
let operator: ApiClient;
/** Every route that Admin registers with its server. */
const { routes, configure } = routeList();

beforeAll(async () => {
  fleet = await FleetClient.start({ configure });
  operator = await fleet.signedInAs('operator', 'operator@wattfleet.example');
});
afterAll(() => fleet.running.close());

function send<T>(client: ApiClient, method: string, address: string, body?: unknown): Promise<Answer<T>> {
  return client.send<T>(
    method,
    address,
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
}

async function add(email: string, role = 'operator'): Promise<OperatorAccount> {
  const { status, body } = await fleet.admin.post<OperatorAccount>('/api/operators', {
    email,
    role,
    password,
  });
  expect(status).toBe(201);
  return operatorAccount.strict().parse(body);
}

async function signIn(email: string, with_ = password): Promise<ApiClient> {
  const client = new ApiClient(fleet.running.url);
  expect((await client.signIn({ email, password: with_ })).status).toBe(200);
  return client;
}

describe('the role operator', () => {
  it('reads everything', async () => {
    await fleet.register('READ');
    for (const address of ['', '/READ', '/READ/tokens', '/READ/size', '/READ/events', '/export.csv']) {
      expect((await operator.get(`/api/customers${address}`)).status).toBe(200);
    }
    for (const address of ['/api/fleet/overview', '/api/audit', '/api/operators', '/api/session']) {
      expect((await operator.get(address)).status, address).toBe(200);
    }
  });

  it('changes nothing, on no route that there is or will be', async () => {
    const own = [
      'POST /api/session',
      'DELETE /api/session',
      'PUT /api/session/password',
      'DELETE /api/sessions',
      'DELETE /api/sessions/:id',
    ];
    const changing = routes.filter(
      (route) =>
        !/^(GET|HEAD|OPTIONS) /.test(route) && !own.includes(route) && !route.includes('/api/ingest/'),
    );
    expect(changing.length).toBeGreaterThan(10);
    for (const route of changing) {
      const [method = '', address = ''] = route.split(' ');
      const { status, body } = await operator.send(method, address.replaceAll(/:\w+/g, 'READ'));
      expect([status, body.code], route).toEqual([403, 'ROLE_REFUSED']);
    }
  });

  it('takes effect with the next request when it is changed', async () => {
    const { id } = await add('rises@wattfleet.example');
    const client = await signIn('rises@wattfleet.example');
    expect((await client.post('/api/customers', { code: 'RISES', name: 'x' })).status).toBe(403);
    expect((await send(fleet.admin, 'PATCH', `/api/operators/${id}`, { role: 'admin' })).status).toBe(200);
    expect((await client.post('/api/customers', { code: 'RISES', name: 'x' })).status).toBe(201);
    await send(fleet.admin, 'PATCH', `/api/operators/${id}`, { role: 'operator' });
    expect((await client.post('/api/customers', { code: 'FALLS', name: 'x' })).status).toBe(403);
  });
});

describe('/api/operators', () => {
  it('lists the accounts by e-mail, without a trace of their passwords', async () => {
    await add('Zoe@Wattfleet.example');
    const { body } = await fleet.admin.get<{ operators: unknown[] }>('/api/operators');
    const accounts = body.operators.map((account) => operatorAccount.strict().parse(account));
    const emails = accounts.map(({ email }) => email);
    expect(emails).toEqual(emails.toSorted());
    expect(emails).toContain('zoe@wattfleet.example');
    expect(accounts.find(({ email }) => email === adminAccount.email)?.lastSignedInAt).not.toBeNull();
    expect(accounts.find(({ email }) => email.startsWith('zoe'))?.lastSignedInAt).toBeNull();
    expect(JSON.stringify(body)).not.toMatch(/argon2|hash/);
  });

  it('adds an account once', async () => {
    await add('twice@wattfleet.example');
    const again = { email: 'TWICE@wattfleet.example', role: 'admin', password };
    const { status, body } = await fleet.admin.post('/api/operators', again);
    expect([status, body.code]).toEqual([409, 'ACCOUNT_EXISTS']);
  });

  it.each([
    [{ email: 'x@y.example', role: 'admin', password: 'short' }, 'password'],
    [{ email: 'nobody', role: 'admin', password }, 'email'],
    [{ email: 'x@y.example', role: 'viewer', password }, 'role'],
    [{ email: 'x@y.example', password }, 'role'],
  ])('refuses %j', async (given, path) => {
    const { status, body } = await fleet.admin.post('/api/operators', given);
    expect([status, body.errors?.[0]?.path]).toEqual([400, path]);
  });

  it('ends the sessions of an account that gets another password or is removed', async () => {
    const { id } = await add('leaves@wattfleet.example');
    const before = await signIn('leaves@wattfleet.example');
    const other = 'Yet-an0ther-one';
    expect(
      (await send(fleet.admin, 'PUT', `/api/operators/${id}/password`, { password: other })).status,
    ).toBe(204);
    expect((await before.get('/api/session')).status).toBe(401);
    const old = await new ApiClient(fleet.running.url).signIn({
      email: 'leaves@wattfleet.example',
      password,
    });
    expect(old.status).toBe(401);
    const after = await signIn('leaves@wattfleet.example', other);
    expect((await send(fleet.admin, 'DELETE', `/api/operators/${id}`)).status).toBe(204);
    expect((await after.get('/api/session')).status).toBe(401);
  });

  it('keeps the last admin', async () => {
    const { body } = await fleet.admin.get<{ operators: OperatorAccount[] }>('/api/operators');
    const admins = body.operators.filter(({ role }) => role === 'admin');
    expect(admins.map(({ email }) => email)).toEqual([adminAccount.email]);
    const address = `/api/operators/${admins[0]?.id}`;
    const demoted = await send<{ code: string }>(fleet.admin, 'PATCH', address, { role: 'operator' });
    expect([demoted.status, demoted.body.code]).toEqual([409, 'LAST_ADMIN']);
    const removed = await send<{ code: string }>(fleet.admin, 'DELETE', address);
    expect([removed.status, removed.body.code]).toEqual([409, 'LAST_ADMIN']);
    expect((await send(fleet.admin, 'PATCH', address, { role: 'admin' })).status).toBe(200);
  });

  it('answers 404 for an account that is not there, 400 for what is no id', async () => {
    const nobody = '/api/operators/018f0000-0000-7000-8000-000000000001';
    expect((await send(fleet.admin, 'PATCH', nobody, { role: 'admin' })).status).toBe(404);
    expect((await send(fleet.admin, 'PUT', `${nobody}/password`, { password })).status).toBe(404);
    expect((await send(fleet.admin, 'DELETE', nobody)).status).toBe(404);
    expect((await send(fleet.admin, 'DELETE', '/api/operators/1')).status).toBe(400);
  });

  it.skipIf(!isServer)(
    'keeps one of two admins that remove each other at the same time (needs a server)',
    async () => {
      const { id } = await add('second@wattfleet.example', 'admin');
      const second = await signIn('second@wattfleet.example');
      const { body } = await second.get<{ account: { id: string } }>('/api/session');
      expect(body.account.id).toBe(id);
      const first = await fleet.admin.get<{ account: { id: string } }>('/api/session');
      const answers = await Promise.all([
        send(fleet.admin, 'PATCH', `/api/operators/${id}`, { role: 'operator' }),
        send(second, 'PATCH', `/api/operators/${first.body.account.id}`, { role: 'operator' }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const left = await fleet.query(`SELECT 1 FROM fleet.account WHERE role = 'admin'`);
      expect(left).toHaveLength(1);
    },
  );
});
