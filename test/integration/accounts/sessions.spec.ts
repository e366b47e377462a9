import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownSession, type OwnSession, type PortalAuditPage } from '#libs/contracts';
import { Sessions } from '#libs/nest-kit';
import { ApiClient } from '../api-client.js';
import { adminAccount, startPortal, type RunningApp } from '../running-app.js';
import { userOf } from './portal-users.js';

let portal: RunningApp;
let admin: ApiClient;

beforeAll(async () => {
  portal = await startPortal({ environment: { SESSION_HOURS: '100', SESSION_IDLE_HOURS: '5' } });
  admin = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());

async function sessionsOf(client: ApiClient): Promise<OwnSession[]> {
  const { status, body } = await client.get<{ sessions: unknown[] }>('/api/sessions');
  expect(status).toBe(200);
  return body.sessions.map((session) => ownSession.strict().parse(session));
}

async function signedInWith(userAgent: string): Promise<ApiClient> {
  const client = new ApiClient(portal.url, { 'user-agent': userAgent });
  expect((await client.signIn()).status).toBe(200);
  return client;
}

/** Moves the sessions' past back. */
function age(column: 'last_seen_at' | 'expires_at', interval: string): Promise<unknown> {
  return portal.dataSource.query(
    `UPDATE monitoring.session SET ${column} = ${column} - $1::interval
     WHERE account_id = (SELECT id FROM monitoring.account WHERE email = $2)`,
    [interval, adminAccount.email],
  );
}

describe('/api/sessions', () => {
  it('lists where one is signed in, and which of them asks', async () => {
    const phone = await signedInWith('a phone');
    const sessions = await sessionsOf(phone);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const own = sessions.find(({ current }) => current);
    expect(own).toMatchObject({ userAgent: 'a phone', address: '127.0.0.1' });
    const hours = (Date.parse(own?.endsAt ?? '') - Date.parse(own?.startedAt ?? '')) / 3_600_000;
    expect(Math.round(hours)).toBe(100);
  });

  it('has nothing that opens a session', async () => {
    const { body } = await admin.get('/api/sessions');
    const [id = ''] = decodeURIComponent(admin.cookie.split('=')[1] ?? '').split('.');
    const stored: { id: string }[] = await portal.dataSource.query('SELECT id FROM monitoring.session');
    for (const secret of [id, ...stored.map((row) => row.id)]) {
      expect(JSON.stringify(body)).not.toContain(secret);
    }
  });

  it('ends one of one’s own, at once and for Grafana too', async () => {
    const lost = await signedInWith('lost laptop');
    expect((await lost.get('/api/auth/check')).status).toBe(200);
    const found = (await sessionsOf(admin)).find(({ userAgent }) => userAgent === 'lost laptop');
    expect((await admin.send('DELETE', `/api/sessions/${found?.id}`)).status).toBe(204);
    expect((await lost.get('/api/auth/check')).status).toBe(401);
    expect((await lost.get('/api/session')).status).toBe(401);
    expect((await admin.send('DELETE', `/api/sessions/${found?.id}`)).status).toBe(404);
    const { body } = await admin.get<PortalAuditPage>('/api/audit?action=session.revoked');
    expect(body.events).toMatchObject([{ account: adminAccount.email, subject: adminAccount.email }]);
  });

  it('ends all others and keeps the one that asks', async () => {
    const others = [await signedInWith('one'), await signedInWith('two')];
    const { client: somebody } = await userOf(portal, admin, 'viewer');
    expect((await admin.send('DELETE', '/api/sessions')).status).toBe(204);
    for (const other of others) expect((await other.get('/api/session')).status).toBe(401);
    expect(await sessionsOf(admin)).toMatchObject([{ current: true }]);
    expect((await somebody.get('/api/session')).status).toBe(200);
  });

  it('neither shows nor ends those of somebody else', async () => {
    const { client } = await userOf(portal, admin, 'viewer');
    const [victim] = await sessionsOf(admin);
    expect((await sessionsOf(client)).map(({ id }) => id)).not.toContain(victim?.id);
    expect((await client.send('DELETE', `/api/sessions/${victim?.id}`)).status).toBe(404);
    expect((await admin.get('/api/session')).status).toBe(200);
    expect((await client.send('DELETE', '/api/sessions/1')).status).toBe(400);
  });
});

describe('a session', () => {
  it('ends when it is not used for SESSION_IDLE_HOURS', async () => {
    const client = await signedInWith('idle');
    await age('last_seen_at', '4 hours 59 minutes');
    expect((await client.get('/api/session')).status).toBe(200);
    await age('last_seen_at', '4 hours 59 minutes');
    expect((await client.get('/api/session')).status).toBe(200);
    await age('last_seen_at', '5 hours 1 minute');
    expect((await client.get('/api/session')).status).toBe(401);
    admin = await ApiClient.signedIn(portal.url);
  });

  it('ends after SESSION_HOURS, however much it is used', async () => {
    const client = await signedInWith('busy');
    await age('expires_at', '99 hours 59 minutes');
    expect((await client.get('/api/session')).status).toBe(200);
    await age('expires_at', '2 minutes');
    expect((await client.get('/api/session')).status).toBe(401);
    admin = await ApiClient.signedIn(portal.url);
  });

  it('is not kept alive by the check for Grafana, which changes nothing', async () => {
    const client = await signedInWith('dashboard on a wall');
    await age('last_seen_at', '2 hours');
    const state = () => portal.dataSource.query('SELECT * FROM monitoring.session ORDER BY id');
    const before: unknown = await state();
    const { status, headers } = await client.get('/api/auth/check');
    expect([status, headers.getSetCookie()]).toEqual([200, []]);
    expect(await state()).toEqual(before);
  });

  it('is believed by that check for three seconds where another program ends it', async () => {
    const client = await signedInWith('watched');
    expect((await client.get('/api/auth/check')).status).toBe(200);
    await portal.dataSource.query(`DELETE FROM monitoring.session WHERE user_agent = 'watched'`);
    await expect
      .poll(async () => (await client.get('/api/auth/check')).status, { timeout: 5_000, interval: 200 })
      .toBe(401);
  });

  it('that has ended is deleted in time', async () => {
    await signedInWith('gone');
    await age('expires_at', '200 hours');
    await portal.app.get(Sessions).deleteEnded();
    const left: unknown[] = await portal.dataSource.query(
      `SELECT 1 FROM monitoring.session WHERE user_agent = 'gone'`,
    );
    expect(left).toEqual([]);
  });
});
