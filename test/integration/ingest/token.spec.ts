import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { batchContentType } from '#libs/contracts';
import { createToken, hashToken, tokenPrefix } from '../../../apps/admin/src/customers/token.js';
import { ApiClient } from '../api-client.js';
import { captureOutput } from '../captured-output.js';
import { startAdmin, type RunningApp } from '../running-app.js';
import { customerState } from './fleet-state.js';
import { batchOf, goodRows, IngestClient } from './ingest-client.js';

const output = captureOutput();
let admin: RunningApp;
let operator: ApiClient;
let portal: IngestClient;
let customers = 0;

beforeAll(async () => {
  admin = await startAdmin({ environment: { LOG_LEVEL: 'trace' } });
  operator = await ApiClient.signedIn(admin.url);
});
afterAll(() => admin.close());
beforeEach(async () => {
  portal = await IngestClient.insert(admin, `TOK${++customers}`);
});

function pushWith(authorization: string) {
  return portal.push(batchOf(...goodRows(1)), { headers: { authorization } });
}

async function expectRefused(authorization: string): Promise<void> {
  const { status, headers, body } = await pushWith(authorization);
  expect(status).toBe(401);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body.code).toBe('INGEST_TOKEN_INVALID');
}

async function storedRows(): Promise<number> {
  const rows: { count: number }[] = await admin.dataSource.query(
    'SELECT count(*)::int AS count FROM fleet.measurement',
  );
  return rows[0]?.count ?? 0;
}

describe('a push token', () => {
  it('opens the ingest, and nothing else', async () => {
    expect((await pushWith(`Bearer ${portal.customer.token}`)).status).toBe(200);
    const headers = { authorization: `Bearer ${portal.customer.token}` };
    expect((await new ApiClient(admin.url).get('/api/customers', headers)).status).toBe(401);
  });

  it('is asked for: a session does not open the ingest', async () => {
    const { status } = await operator.post('/api/ingest/batches', {});
    expect(status).toBe(401);
  });

  it('is refused when it is missing, malformed or unknown', async () => {
    const { token } = portal.customer;
    const before = await storedRows();
    const mistyped = token.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      token,
      `Basic ${Buffer.from(`x:${token}`).toString('base64')}`,
      `Bearer ${mistyped}`,
      `Bearer ${token.toUpperCase()}`,
      `Bearer ${createToken(portal.customer.code)}`,
      `Bearer ${token} ${token}`,
      `Bearer wf_${'a'.repeat(5_000)}`,
      `Bearer ' OR 1=1 --`,
    ]) {
      await expectRefused(authorization);
    }
    expect(await storedRows()).toBe(before);
  });

  it('is refused when it is revoked or has expired', async () => {
    for (const column of ['revoked_at', 'expires_at']) {
      const customer = await IngestClient.insert(admin, `OLD${++customers}`);
      portal = customer;
      expect((await customer.push(batchOf())).status).toBe(200);
      await admin.dataSource.query(
        `UPDATE fleet.customer_token SET ${column} = now() WHERE customer_id =
           (SELECT id FROM fleet.customer WHERE code = $1)`,
        [customer.customer.code],
      );
      await expectRefused(`Bearer ${customer.customer.token}`);
    }
  });

  it('is refused at once when the customer is disabled, and its data stays', async () => {
    const before = await storedRows();
    await portal.push(batchOf(...goodRows(3)));
    const { code, token } = portal.customer;
    await admin.dataSource.query('UPDATE fleet.customer SET disabled_at = now() WHERE code = $1', [code]);
    await expectRefused(`Bearer ${token}`);
    expect(await storedRows()).toBe(before + 3);
    expect(await customerState(admin, code)).toMatchObject({ last_auth_failed_at: expect.any(Date) });
  });

  it('stays valid when another one is issued, and is stored as a hash only', async () => {
    const { code, token } = portal.customer;
    const issued = createToken(code);
    await admin.dataSource.query(
      `INSERT INTO fleet.customer_token (id, customer_id, name, prefix, sha256)
       SELECT gen_random_uuid(), id, 'second', $2, $3 FROM fleet.customer WHERE code = $1`,
      [code, tokenPrefix(issued), hashToken(issued)],
    );
    for (const valid of [token, issued]) expect((await pushWith(`Bearer ${valid}`)).status).toBe(200);
    const stored = JSON.stringify(await admin.dataSource.query('SELECT * FROM fleet.customer_token'));
    for (const secret of [token, issued]) {
      expect(stored).not.toContain(secret.slice(secret.indexOf('_', 3) + 6));
    }
  });

  it('is in no log and in no other answer', async () => {
    const { code, token } = portal.customer;
    await pushWith(`Bearer ${token}`);
    await pushWith(`Bearer ${token}x`);
    const answers = await Promise.all(
      ['/api/customers', `/api/customers/${code}`, `/api/customers/${code}/events`].map((address) =>
        operator.get(address),
      ),
    );
    const random = token.split('_')[2] ?? '';
    expect(random).toHaveLength(43);
    expect(JSON.stringify(answers)).not.toContain(random);
    await vi.waitFor(() => expect(output.text()).toContain('/api/ingest/batches'));
    expect(output.text()).not.toContain(random);
  });

  it('is checked before the body is read: an upload without an end is answered', async () => {
    const { hostname, port } = new URL(admin.url);
    const socket = connect(Number(port), hostname);
    const head = [
      'POST /api/ingest/batches HTTP/1.1',
      `host: ${hostname}`,
      `content-type: ${batchContentType}`,
      'content-encoding: gzip',
      `content-length: ${10 ** 12}`,
      `authorization: Bearer ${createToken('ABC0001')}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(Buffer.alloc(64 * 1024));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 [\s\S]*application\/problem\+json/);
  });
});

describe('a customer', () => {
  it('is registered once', async () => {
    const { code } = portal.customer;
    const { status, body } = await operator.post('/api/customers', { code, name: 'Again' });
    expect(status).toBe(409);
    expect(body.code).toBe('CUSTOMER_EXISTS');
    expect((await operator.post('/api/customers/NOBODY/tokens', { name: 'main' })).status).toBe(404);
  });

  it.each([
    { code: 'abc0001', name: 'lower case' },
    { code: 'A', name: 'too short' },
    { code: `A${'B'.repeat(31)}`, name: 'too long' },
    { code: 'ABC 1', name: 'a space' },
    { code: 'ABC0001' },
    { code: 'ABC0001', name: '  ' },
    { code: 'ABC0001', name: 'one field too many', id: 1 },
    [],
  ])('is not registered with %j', async (given) => {
    const { status, body } = await operator.post('/api/customers', given);
    expect(status).toBe(400);
    expect(body.code).toBe('BODY_INVALID');
    expect(body.errors?.length).toBeGreaterThan(0);
  });

  it.each(['AB', `A${'B'.repeat(30)}`, 'ABC-0001', 'A--'])('may have the code %s', async (code) => {
    const customer = await IngestClient.register(admin.url, operator, code);
    expect((await customer.push(batchOf())).status).toBe(200);
  });
});
