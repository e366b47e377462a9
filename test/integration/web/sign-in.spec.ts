import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentSession } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { adminAccount, publicUrl, startPortal, type RunningApp } from '../running-app.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';

let database: TestDatabase;
let portal: RunningApp;

beforeAll(async () => {
  database = await createTestDatabase();
  portal = await startPortal({ database });
});
afterAll(async () => {
  await portal.close();
  await database.drop();
});

function sessions(): Promise<{ id: string; data: unknown }[]> {
  return portal.dataSource.query('SELECT id, data FROM monitoring.session');
}

describe('sign-in', () => {
  it('lets the right password in and says who it is', async () => {
    const client = new ApiClient(portal.url);
    expect((await client.get('/api/session')).status).toBe(401);
    const { status, body } = await client.signIn();
    expect(status).toBe(200);
    expect(currentSession.strict().parse(body)).toMatchObject({
      account: { email: adminAccount.email, role: 'admin' },
      applicationName: 'Wattfleet',
    });
    expect((await client.get('/api/session')).body).toEqual(body);
  });

  it('takes the e-mail as people write it', async () => {
    const client = new ApiClient(portal.url);
    const email = ` ${adminAccount.email.toUpperCase()} `;
    expect((await client.signIn({ ...adminAccount, email })).status).toBe(200);
  });

  it('answers a wrong password and an unknown e-mail alike, and sets no cookie', async () => {
    const client = new ApiClient(portal.url);
    const wrong = await client.signIn({ ...adminAccount, password: 'Tr0ub4dor-and-four' });
    const unknown = await client.signIn({ ...adminAccount, email: 'nobody@wattfleet.example' });
    expect(wrong.status).toBe(401);
    expect(wrong.body.code).toBe('SIGN_IN_FAILED');
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    expect(client.cookie).toBe('');
  });

  it.each([
    ['nothing', undefined],
    ['no password', { email: adminAccount.email }],
    ['an empty password', { email: adminAccount.email, password: '' }],
    ['an object for an e-mail', { email: { $ne: '' }, password: 'x' }],
    ['a list for a password', { email: adminAccount.email, password: [adminAccount.password] }],
    ['a NUL in the e-mail', { email: 'a\0@wattfleet.example', password: 'x' }],
    ['one field too many', { ...adminAccount, role: 'admin' }],
  ])('refuses %s as a client error and signs nobody in', async (_what, body) => {
    const client = new ApiClient(portal.url);
    const { status, headers } = await client.post('/api/session', body);
    expect([400, 401]).toContain(status);
    expect(headers.getSetCookie()).toEqual([]);
    expect((await client.get('/api/session')).status).toBe(401);
  });
});

describe('session', () => {
  it('has a cookie that scripts cannot read and other sites do not send', async () => {
    const { headers } = await new ApiClient(portal.url).signIn();
    const [cookie = '', ...others] = headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^wattfleet-portal=[^;]+; /);
    const flags = cookie.split('; ').slice(1);
    expect(flags).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
    expect(flags).not.toContain('Secure');
    expect(flags.some((flag) => flag.startsWith('Domain'))).toBe(false);
  });

  it('gets a new id at sign-in, so that one planted before is worth nothing', async () => {
    const victim = await ApiClient.signedIn(portal.url);
    const planted = victim.cookie;
    await victim.signIn();
    expect(victim.cookie).not.toBe(planted);
    const attacker = new ApiClient(portal.url);
    attacker.cookie = planted;
    expect((await attacker.get('/api/session')).status).toBe(401);

    attacker.cookie = 'wattfleet-portal=chosen-by-the-attacker.c2lnbmF0dXJl';
    const { headers } = await attacker.signIn();
    expect(headers.getSetCookie()[0]).not.toContain('chosen-by-the-attacker');
  });

  it('is stored as a hash of its id, without the id and without the cookie', async () => {
    const client = await ApiClient.signedIn(portal.url);
    const [id = '', signature = ''] = decodeURIComponent(client.cookie.split('=')[1] ?? '').split('.');
    expect(id.length).toBeGreaterThanOrEqual(32);
    const stored = JSON.stringify(await sessions());
    expect(stored).not.toContain(id);
    expect(stored).not.toContain(signature);
  });

  it('survives a restart of the app, and ends with sign-out', async () => {
    const client = await ApiClient.signedIn(portal.url);
    await portal.close();
    portal = await startPortal({ database });
    const restarted = new ApiClient(portal.url);
    restarted.cookie = client.cookie;
    expect((await restarted.get('/api/session')).status).toBe(200);

    const kept = restarted.cookie;
    expect((await restarted.send('DELETE', '/api/session')).status).toBe(204);
    restarted.cookie = kept;
    expect((await restarted.get('/api/session')).status).toBe(401);
  });

  it('ends with its account and at its time', async () => {
    const client = await ApiClient.signedIn(portal.url);
    const { dataSource } = portal;
    await dataSource.query(`UPDATE monitoring.session SET expires_at = now() - INTERVAL '1 second'`);
    expect((await client.get('/api/session')).status).toBe(401);
    await dataSource.query(
      `INSERT INTO monitoring.account (id, email, role, password_hash)
       SELECT gen_random_uuid(), 'leaver@wattfleet.example', 'viewer', password_hash FROM monitoring.account`,
    );
    const leaver = new ApiClient(portal.url);
    await leaver.signIn({ ...adminAccount, email: 'leaver@wattfleet.example' });
    expect((await leaver.get('/api/session')).status).toBe(200);
    await dataSource.query(`DELETE FROM monitoring.account WHERE email LIKE 'leaver%'`);
    expect((await leaver.get('/api/session')).status).toBe(401);
  });

  it('is not made for somebody who has not signed in', async () => {
    const before = await sessions();
    const { headers } = await new ApiClient(portal.url).get('/api/application');
    expect(headers.getSetCookie()).toEqual([]);
    expect(await sessions()).toHaveLength(before.length);
  });
});

describe('the first account', () => {
  it('is made once: a changed DEFAULT_ADMIN_PASSWORD does not open it', async () => {
    const other = 'Another-l0ng-one';
    await portal.close();
    portal = await startPortal({ database, environment: { DEFAULT_ADMIN_PASSWORD: other } });
    const client = new ApiClient(portal.url);
    expect((await client.signIn({ ...adminAccount, password: other })).status).toBe(401);
    expect((await client.signIn()).status).toBe(200);
    const accounts: { hash: string }[] = await portal.dataSource.query(
      'SELECT password_hash AS hash FROM monitoring.account',
    );
    expect(accounts.map(({ hash }) => hash)).toEqual([expect.stringMatching(/^\$argon2id\$/)]);
  });
});

describe('requests from another site', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin at all', { origin: 'null' }],
    ['another port', { origin: `${publicUrl}:8080` }],
    ['https instead of http', { origin: publicUrl.replace('http', 'https') }],
    ['a browser that says cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }],
  ])('that change something are refused: %s', async (_what, headers) => {
    const client = await ApiClient.signedIn(portal.url);
    const { status, body } = await client.post('/api/imports/runs', undefined, headers);
    expect(status).toBe(403);
    expect(body.code).toBe('ORIGIN_REFUSED');
    expect((await client.post('/api/session', adminAccount, headers)).status).toBe(403);
    expect((await client.send('DELETE', '/api/session', { headers })).status).toBe(403);
  });

  it('are let through from the own origin and from programs', async () => {
    const client = new ApiClient(portal.url);
    expect((await client.post('/api/session', adminAccount, { origin: publicUrl })).status).toBe(200);
    expect(
      (await client.post('/api/session', adminAccount, { 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(200);
    expect((await client.signIn()).status).toBe(200);
  });
});
