import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../api-client.js';
import { adminAccount, publicUrl, startPortal, type RunningApp } from '../running-app.js';

let portal: RunningApp;

beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal.close());

const browser = { accept: 'text/html,application/xhtml+xml', 'x-forwarded-method': 'GET' };

function check(headers: Record<string, string>, client = new ApiClient(portal.url)) {
  return client.get('/api/auth/check', headers);
}

describe('GET /api/auth/check', () => {
  it('names who is signed in and the role in Grafana', async () => {
    const client = await ApiClient.signedIn(portal.url);
    const { status, headers } = await check({ ...browser, 'x-forwarded-uri': '/grafana/' }, client);
    expect(status).toBe(200);
    expect(headers.get('x-webauth-user')).toBe(adminAccount.email);
    expect(headers.get('x-webauth-role')).toBe('Editor');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each(['editor', 'viewer'])('makes an %s a viewer in Grafana', async (role) => {
    const email = `${role}@wattfleet.example`;
    await portal.dataSource.query(
      `INSERT INTO monitoring.account (id, email, role, password_hash)
       SELECT gen_random_uuid(), $1, $2, password_hash FROM monitoring.account LIMIT 1`,
      [email, role],
    );
    const client = new ApiClient(portal.url);
    await client.signIn({ ...adminAccount, email });
    const { headers } = await check(browser, client);
    expect(headers.get('x-webauth-user')).toBe(email);
    expect(headers.get('x-webauth-role')).toBe('Viewer');
  });

  it('does not believe an identity that the client sends', async () => {
    const { status, headers } = await check({ 'x-webauth-user': 'root', 'x-webauth-role': 'Admin' });
    expect(status).toBe(401);
    expect(headers.get('x-webauth-user')).toBeNull();
    expect(headers.get('x-webauth-role')).toBeNull();
  });

  it.each([
    ['a program', { accept: 'application/json', 'x-forwarded-method': 'GET' }],
    ['a program that takes anything', { accept: '*/*', 'x-forwarded-method': 'GET' }],
    ['a form', { ...browser, 'x-forwarded-method': 'POST' }],
    ['nobody in particular', {}],
  ])('answers 401 to %s', async (_who, headers) => {
    const { status, body } = await check(headers);
    expect(status).toBe(401);
    expect(body.code).toBe('SIGN_IN_REQUIRED');
  });

  it.each([
    ['/grafana/d/abc?from=now-1d&to=now', '/grafana/d/abc?from=now-1d&to=now'],
    ['/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/\tevil.example', '/'],
    ['/\t/evil.example', '/'],
    [undefined, '/'],
  ])('sends a browser that wants %j to sign in and back to %j', async (wanted, back) => {
    const { status, headers } = await check(
      wanted === undefined ? browser : { ...browser, 'x-forwarded-uri': wanted },
    );
    expect(status).toBe(302);
    expect(headers.get('location')).toBe(`${publicUrl}/sign-in?return=${encodeURIComponent(back)}`);
  });

  it('stops to answer 200 as soon as the session has ended', async () => {
    const client = await ApiClient.signedIn(portal.url);
    const { cookie } = client;
    await client.send('DELETE', '/api/session');
    client.cookie = cookie;
    expect((await check({}, client)).status).toBe(401);
  });
});
