import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentSession } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { addUser, ownPassword, sendJson } from './portal-users.js';

let portal: RunningApp;
let admin: ApiClient;

beforeAll(async () => {
  portal = await startPortal();
  admin = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());

async function signedInForTheFirstTime() {
  const { user, temporaryPassword } = await addUser(admin, 'admin');
  const client = new ApiClient(portal.url);
  const { body } = await client.signIn({ email: user.email, password: temporaryPassword });
  return { client, email: user.email, temporaryPassword, session: currentSession.strict().parse(body) };
}

const change = (client: ApiClient, current: string, password: string) =>
  sendJson<{ code?: string; errors?: { path: string; message: string }[] }>(
    client,
    'PUT',
    '/api/session/password',
    { current, password },
  );

describe('a temporary password', () => {
  it('opens nothing but the change of it and the way out', async () => {
    const { client, session } = await signedInForTheFirstTime();
    expect(session.account.mustChangePassword).toBe(true);
    for (const address of ['/api/sites', '/api/users', '/api/sessions', '/api/audit']) {
      const { status, body } = await client.get(address);
      expect([status, body.code], address).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
    }
    const added = await client.post('/api/users', { email: 'x@wattfleet.example', role: 'admin' });
    expect([added.status, added.body.code]).toEqual([403, 'PASSWORD_CHANGE_REQUIRED']);
    expect((await client.get('/api/session')).status).toBe(200);
    expect((await client.send('DELETE', '/api/session')).status).toBe(204);
  });

  it('opens no dashboard: a browser is sent to where it is asked to change it', async () => {
    const { client } = await signedInForTheFirstTime();
    expect((await client.get('/api/auth/check')).status).toBe(401);
    const browser = { accept: 'text/html', 'x-forwarded-uri': '/grafana/' };
    const { status, headers } = await client.get('/api/auth/check', browser);
    expect([status, headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/\/sign-in\?return=%2Fgrafana%2F$/),
    ]);
  });

  it('is changed once and for all, in the session that is open', async () => {
    const { client, email, temporaryPassword } = await signedInForTheFirstTime();
    expect((await change(client, temporaryPassword, ownPassword)).status).toBe(204);
    const { body } = await client.get('/api/session');
    expect(currentSession.parse(body).account.mustChangePassword).toBe(false);
    expect((await client.get('/api/users')).status).toBe(200);
    expect((await client.get('/api/auth/check')).status).toBe(200);
    const later = new ApiClient(portal.url);
    expect((await later.signIn({ email, password: temporaryPassword })).status).toBe(401);
    expect((await later.signIn({ email, password: ownPassword })).status).toBe(200);
    expect((await later.get('/api/users')).status).toBe(200);
  });
});

describe('a new password', () => {
  it('is not one that guessers try first, nor one that is known of the account', async () => {
    const { client, email, temporaryPassword } = await signedInForTheFirstTime();
    for (const password of ['password1234', 'Qwertyuiop2026!', '123456789012', 'Wattfleet2026!', email]) {
      const { status, body } = await change(client, temporaryPassword, password);
      expect([status, body.code, body.errors?.[0]?.path], password).toEqual([
        422,
        'PASSWORD_COMMON',
        'password',
      ]);
    }
  });

  it('is another one than before', async () => {
    const { client, temporaryPassword } = await signedInForTheFirstTime();
    const { status, body } = await change(client, temporaryPassword, temporaryPassword);
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([422, 'PASSWORD_UNCHANGED', 'password']);
    expect((await client.get('/api/sites')).status).toBe(403);
  });

  it('may be long, with any characters', async () => {
    const { client, email, temporaryPassword } = await signedInForTheFirstTime();
    const password = `dix mots d’été, пять слов 六 🐎 ${'and more '.repeat(20)}`;
    expect((await change(client, temporaryPassword, password)).status).toBe(204);
    expect((await new ApiClient(portal.url).signIn({ email, password })).status).toBe(200);
  });
});
