import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userAccount, userWithPassword, type PortalAuditPage, type UserAccount } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { adminAccount, startPortal, type RunningApp } from '../running-app.js';
import { isServer } from '../test-database.js';
import { addUser, ownPassword, sendJson, userOf } from './portal-users.js';

let portal: RunningApp;
let admin: ApiClient;

beforeAll(async () => {
  portal = await startPortal();
  admin = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());

async function users(): Promise<UserAccount[]> {
  const { body } = await admin.get<{ users: unknown[] }>('/api/users');
  return body.users.map((user) => userAccount.strict().parse(user));
}

async function userByEmail(email: string): Promise<UserAccount | undefined> {
  return (await users()).find((user) => user.email === email);
}

async function signInStatus(email: string, password = ownPassword): Promise<number> {
  return (await new ApiClient(portal.url).signIn({ email, password })).status;
}

async function auditOf(subject: string): Promise<string[]> {
  const { body } = await admin.get<PortalAuditPage>(`/api/audit?subject=${encodeURIComponent(subject)}`);
  return body.events.map(({ action }) => action);
}

describe('/api/users', () => {
  it('adds a user with a temporary password that is shown once', async () => {
    const answer = await admin.post('/api/users', { email: ' New@Wattfleet.example ', role: 'viewer' });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { user, temporaryPassword } = userWithPassword.strict().parse(answer.body);
    expect(user).toMatchObject({
      email: 'new@wattfleet.example',
      role: 'viewer',
      mustChangePassword: true,
      disabledAt: null,
      lastSignedInAt: null,
    });
    expect(temporaryPassword).toMatch(/^(\w{4}-){3}\w{4}$/);
    expect(JSON.stringify((await admin.get('/api/users')).body)).not.toMatch(/argon2|hash|password":"/i);
    expect(JSON.stringify((await admin.get('/api/audit')).body)).not.toContain(temporaryPassword);
    const hashes: { hash: string }[] = await portal.dataSource.query(
      `SELECT password_hash AS hash FROM monitoring.account WHERE email = 'new@wattfleet.example'`,
    );
    expect(hashes[0]?.hash).toMatch(/^\$argon2id\$/);
  });

  it('lists users by e-mail, with when they signed in last', async () => {
    await addUser(admin, 'viewer', 'zoe@wattfleet.example');
    const emails = (await users()).map(({ email }) => email);
    expect(emails).toEqual(emails.toSorted());
    expect((await userByEmail(adminAccount.email))?.lastSignedInAt).not.toBeNull();
    expect((await userByEmail('zoe@wattfleet.example'))?.lastSignedInAt).toBeNull();
  });

  it('adds an e-mail once', async () => {
    await addUser(admin, 'viewer', 'twice@wattfleet.example');
    const { status, body } = await admin.post('/api/users', {
      email: 'TWICE@wattfleet.example',
      role: 'admin',
    });
    expect([status, body.code]).toEqual([409, 'ACCOUNT_EXISTS']);
  });

  it.each([
    [{ email: 'nobody', role: 'viewer' }, 'email'],
    [{ email: 'x@y.example', role: 'operator' }, 'role'],
    [{ email: 'x@y.example' }, 'role'],
  ])('refuses %j and names the field', async (given, path) => {
    const { status, body } = await admin.post('/api/users', given);
    expect([status, body.errors?.[0]?.path]).toEqual([400, path]);
  });

  it('changes a role, which counts from the next request on', async () => {
    const { id, email, client } = await userOf(portal, admin, 'viewer');
    expect((await client.get('/api/users')).status).toBe(403);
    expect((await sendJson(admin, 'PATCH', `/api/users/${id}`, { role: 'admin' })).status).toBe(200);
    expect((await client.get('/api/users')).status).toBe(200);
    expect((await sendJson(admin, 'PATCH', `/api/users/${id}`, { role: 'viewer' })).status).toBe(200);
    expect((await client.get('/api/users')).status).toBe(403);
    expect(await auditOf(email)).toEqual([
      'account.edited',
      'account.edited',
      'account.password-changed',
      'session.signed-in',
      'account.added',
    ]);
  });

  it('disables an account: its sessions end at once, and it signs in no more until it is enabled', async () => {
    const { id, email, client } = await userOf(portal, admin, 'viewer');
    expect((await client.get('/api/auth/check')).status).toBe(200);
    const { status, body } = await admin.post<UserAccount>(`/api/users/${id}/disable`);
    expect([status, body.disabledAt === null]).toEqual([200, false]);
    expect((await client.get('/api/session')).status).toBe(401);
    expect((await client.get('/api/auth/check')).status).toBe(401);
    const refused = await new ApiClient(portal.url).signIn({ email, password: ownPassword });
    const wrong = await new ApiClient(portal.url).signIn({ email, password: 'wrong' });
    expect({ ...refused.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    const again = await admin.post<UserAccount>(`/api/users/${id}/disable`);
    expect(again.body.disabledAt).toBe(body.disabledAt);
    expect((await admin.post<UserAccount>(`/api/users/${id}/enable`)).body.disabledAt).toBeNull();
    expect(await signInStatus(email)).toBe(200);
    expect((await client.get('/api/session')).status).toBe(401);
    expect((await auditOf(email)).filter((action) => /abled/.test(action))).toEqual([
      'account.enabled',
      'account.disabled',
    ]);
  });

  it('sets a temporary password, which ends the sessions and the old password', async () => {
    const { id, email, client } = await userOf(portal, admin, 'editor');
    const { status, body } = await admin.post(`/api/users/${id}/temporary-password`);
    expect(status).toBe(200);
    const { user, temporaryPassword } = userWithPassword.strict().parse(body);
    expect(user.mustChangePassword).toBe(true);
    expect((await client.get('/api/session')).status).toBe(401);
    expect(await signInStatus(email)).toBe(401);
    expect(await signInStatus(email, temporaryPassword)).toBe(200);
    expect(await auditOf(email)).toContain('account.password-set');
  });

  it('removes an account with its sessions; what it did stays on record', async () => {
    const { id, email, client } = await userOf(portal, admin, 'viewer');
    expect((await admin.send('DELETE', `/api/users/${id}`)).status).toBe(204);
    expect((await client.get('/api/session')).status).toBe(401);
    expect(await userByEmail(email)).toBeUndefined();
    expect(await auditOf(email)).toEqual(expect.arrayContaining(['account.removed', 'session.signed-in']));
  });

  it('answers 404 for an account that is not there, 400 for what is no id', async () => {
    const nobody = '/api/users/018f0000-0000-7000-8000-000000000001';
    expect((await sendJson(admin, 'PATCH', nobody, { role: 'admin' })).status).toBe(404);
    for (const action of ['disable', 'enable', 'temporary-password'])
      expect((await admin.post(`${nobody}/${action}`)).status, action).toBe(404);
    expect((await admin.send('DELETE', nobody)).status).toBe(404);
    expect((await admin.send('DELETE', '/api/users/1')).status).toBe(400);
  });
});

describe('the last admin', () => {
  it('cannot be demoted, disabled or removed, also beside one who is disabled', async () => {
    const { id: other } = await userOf(portal, admin, 'admin');
    const id = (await userByEmail(adminAccount.email))?.id ?? '';
    for (const user of await users()) {
      if (user.role === 'admin' && user.id !== id) await admin.post(`/api/users/${user.id}/disable`);
    }
    const refused = await Promise.all([
      sendJson<{ code: string }>(admin, 'PATCH', `/api/users/${id}`, { role: 'viewer' }),
      admin.post(`/api/users/${id}/disable`),
      admin.send('DELETE', `/api/users/${id}`),
    ]);
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 3 }, () => [409, 'LAST_ADMIN']),
    );
    await admin.post(`/api/users/${other}/enable`);
    expect((await admin.post(`/api/users/${other}/disable`)).status).toBe(200);
    expect((await admin.send('DELETE', `/api/users/${other}`)).status).toBe(204);
  });

  it.skipIf(!isServer)('is one of two who remove each other at the same time (needs a server)', async () => {
    const { id, client } = await userOf(portal, admin, 'admin');
    const first = (await userByEmail(adminAccount.email))?.id;
    const answers = await Promise.all([
      sendJson(admin, 'PATCH', `/api/users/${id}`, { role: 'viewer' }),
      sendJson(client, 'PATCH', `/api/users/${first}`, { role: 'viewer' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    await portal.dataSource.query(`UPDATE monitoring.account SET role = 'admin' WHERE id = $1`, [first]);
  });

  // The last test: the account that the others use is gone then.
  it('may go when there is another: the default admin is replaced', async () => {
    const { client } = await userOf(portal, admin, 'admin', 'real@wattfleet.example');
    const id = (await userByEmail(adminAccount.email))?.id;
    expect((await client.send('DELETE', `/api/users/${id}`)).status).toBe(204);
    expect((await admin.get('/api/session')).status).toBe(401);
    expect((await new ApiClient(portal.url).signIn()).status).toBe(401);
    expect((await client.get('/api/users')).status).toBe(200);
  });
});
