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
  ])('refuses %s, names what is wrong, and signs nobody in', async (_what, body) => {
    const client = new ApiClient(portal.url);
    const answer = await client.post('/api/session', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'BODY_INVALID']);
    expect(answer.body.errors?.length).toBeGreaterThan(0);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await client.get('/api/session')).status).toBe(401);
  });

  it('names the field that is missing', async () => {
    const { body } = await new ApiClient(portal.url).signIn({ email: adminAccount.email });
    expect(body.errors?.map(({ path }) => path)).toEqual(['password']);
  });

  it('takes ten wrong passwords a minute for an account, says when to try again, and leaves others alone', async () => {
    const client = new ApiClient(portal.url);
    const guess = { email: 'guessed@wattfleet.example', password: 'wrong' };
    // At the same time, as somebody who guesses does.
    const answers = await Promise.all(Array.from({ length: 12 }, () => client.signIn(guess)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ body }) => body.code)).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
    const seconds = Number(refused[0]?.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await client.signIn({ ...guess, email: ` ${guess.email.toUpperCase()}` })).status).toBe(429);
    expect((await client.signIn()).status).toBe(200);
  });

  it('forgets wrong passwords when the right one comes', async () => {
    const client = new ApiClient(portal.url);
    for (let round = 0; round < 3; round++) {
      for (let attempt = 0; attempt < 5; attempt++) {
        expect((await client.signIn({ ...adminAccount, password: 'wrong' })).status).toBe(401);
      }
      expect((await client.signIn()).status).toBe(200);
    }
  });
});

describe('PUT /api/session/password', () => {
  const change = (client: ApiClient, body: unknown) =>
    client.send('PUT', '/api/session/password', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const password = 'A-new-0ne-for-the-test';

  it('sets one’s own password and ends one’s other sessions', async () => {
    const [here, elsewhere] = [await ApiClient.signedIn(portal.url), await ApiClient.signedIn(portal.url)];
    const { status } = await change(here, { current: adminAccount.password, password });
    expect(status).toBe(204);
    expect((await here.get('/api/session')).status).toBe(200);
    expect((await elsewhere.get('/api/session')).status).toBe(401);
    expect((await new ApiClient(portal.url).signIn()).status).toBe(401);
    expect((await new ApiClient(portal.url).signIn({ ...adminAccount, password })).status).toBe(200);
    expect((await change(here, { current: password, password: adminAccount.password })).status).toBe(204);
  });

  it('asks for the present password, and not for ever', async () => {
    const email = 'guesser@wattfleet.example';
    await portal.dataSource.query(
      `INSERT INTO monitoring.account (id, email, role, password_hash)
       SELECT gen_random_uuid(), $1, 'viewer', password_hash FROM monitoring.account LIMIT 1`,
      [email],
    );
    const client = new ApiClient(portal.url);
    await client.signIn({ ...adminAccount, email });
    const wrong = await change(client, { current: 'guess', password });
    expect([wrong.status, wrong.body.code, wrong.body.errors?.[0]?.path]).toEqual([
      422,
      'PASSWORD_WRONG',
      'current',
    ]);
    for (let guess = 1; guess < 10; guess++) await change(client, { current: 'guess', password });
    expect((await change(client, { current: 'guess', password })).status).toBe(429);
    await portal.dataSource.query('DELETE FROM monitoring.account WHERE email = $1', [email]);
  });

  it.each([{}, { current: 'x' }, { current: 'x', password: 'short' }, { current: '', password }])(
    'refuses %j',
    async (body) => {
      expect((await change(await ApiClient.signedIn(portal.url), body)).status).toBe(400);
    },
  );

  it('is for those who are signed in', async () => {
    expect((await change(new ApiClient(portal.url), { current: 'x', password })).status).toBe(401);
  });
});

describe('session', () => {
  it('has a cookie that scripts cannot read and other sites do not send', async () => {
    const { headers } = await new ApiClient(portal.url).signIn();
    const [cookie = '', ...others] = headers.getSetCookie();
    expect(cookie).toMatch(/^wattfleet-portal=[^;]+; /);
    // The other one remembers that this browser has signed in.
    expect(others).toEqual([expect.stringMatching(/^wattfleet-portal-device=[^;]+; /)]);
    for (const one of [cookie, ...others]) {
      const flags = one.split('; ').slice(1);
      expect(flags).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
      expect(flags).not.toContain('Secure');
      expect(flags.some((flag) => flag.startsWith('Domain'))).toBe(false);
    }
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
