import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';

let portal: RunningApp;

beforeAll(async () => {
  portal = await startPortal({
    environment: { PUBLIC_URL: 'https://abc0001.portal.example.com', TRUST_PROXY: 'true' },
  });
});
afterAll(() => portal.close());

const edge = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };

describe('behind an edge with https', () => {
  it('the cookie is Secure and bound to the host', async () => {
    const client = new ApiClient(portal.url, edge);
    const { headers } = await client.signIn();
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-wattfleet=/);
    expect(cookie.split('; ')).toEqual(
      expect.arrayContaining(['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax']),
    );
    expect(cookie).not.toMatch(/domain/i);
    const [, device = ''] = headers.getSetCookie();
    expect(device).toMatch(/^__Host-wattfleet-device=[^;]+;.*; Secure/);
    expect((await client.get('/api/session')).status).toBe(200);
  });

  it('browsers are told to stay on https', async () => {
    const { headers } = await new ApiClient(portal.url, edge).get('/api/application');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });

  it('a session is not given out over plain http', async () => {
    const { headers } = await new ApiClient(portal.url).signIn();
    expect(headers.getSetCookie()).toEqual([]);
  });
});
