import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../api-client.js';
import { adminAccount, startPortal, type RunningApp } from '../running-app.js';

let portal: RunningApp;

beforeAll(async () => {
  portal = await startPortal({ environment: { TRUST_PROXY: 'true' } });
});
afterAll(() => portal.close());

/** A browser at an address of its own, as the edge tells it. */
function browserAt(address: string): ApiClient {
  return new ApiClient(portal.url, { 'x-forwarded-for': address });
}

/** Wrong passwords; the statuses by number of answers. */
async function guess(
  count: number,
  attempt: (index: number) => { address: string; email: string },
): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (let index = 0; index < count; index++) {
    const { address, email } = attempt(index);
    const { status } = await browserAt(address).signIn({ email, password: `guess number ${index}` });
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

const { email } = adminAccount;

/** A second account with the password of the first. */
async function addAccount(added: string): Promise<string> {
  await portal.dataSource.query(
    `INSERT INTO monitoring.account (id, email, role, password_hash)
     SELECT gen_random_uuid(), $1, 'viewer', password_hash FROM monitoring.account WHERE email = $2`,
    [added, email],
  );
  return added;
}

describe('1,000 wrong passwords', () => {
  it('from one address: ten are looked at, and the owner signs in from elsewhere', async () => {
    const counts = await guess(1_000, () => ({ address: '198.51.100.1', email }));
    expect(counts).toEqual({ 401: 10, 429: 990 });
    expect((await browserAt('198.51.100.1').signIn()).status).toBe(429);
    expect((await browserAt('203.0.113.5').signIn()).status).toBe(200);
  });

  it('for as many accounts from one address: a hundred are looked at', async () => {
    const counts = await guess(300, (index) => ({
      address: '198.51.100.2',
      email: `user-${index}@wattfleet.example`,
    }));
    expect(counts).toEqual({ 401: 100, 429: 200 });
  });

  it('from many addresses: the account is closed to strangers, not to who has signed in before', async () => {
    const owner = browserAt('203.0.113.6');
    const { headers } = await owner.signIn();
    const [, device = ''] = headers.getSetCookie();
    expect(device).toMatch(/^wattfleet-portal-device=.*; HttpOnly; SameSite=Lax/);
    const counts = await guess(200, (index) => ({ address: `192.0.2.${index}`, email }));
    expect(counts[429]).toBeGreaterThan(90);
    expect((await browserAt('203.0.113.7').signIn()).status).toBe(429);

    const [cookie = ''] = device.split(';');
    const forged = cookie.replace(/\.[^.]+$/, '.c2lnbmF0dXJl');
    const pretender = new ApiClient(portal.url, { 'x-forwarded-for': '203.0.113.8', cookie: forged });
    expect((await pretender.signIn()).status).toBe(429);
    const known = new ApiClient(portal.url, { 'x-forwarded-for': '203.0.113.8', cookie });
    expect((await known.signIn()).status).toBe(200);
  });

  it('with the mark of a browser: it has a limit of its own, and is good for one account', async () => {
    const marked = { ...adminAccount, email: await addAccount('marked@wattfleet.example') };
    const { headers } = await browserAt('203.0.113.20').signIn(marked);
    const [cookie = ''] = (headers.getSetCookie()[1] ?? '').split(';');
    const withMark = (address: string) => new ApiClient(portal.url, { 'x-forwarded-for': address, cookie });
    const statuses: number[] = [];
    for (let index = 0; index < 12; index++) {
      const { status } = await withMark(`192.0.2.${index}`).signIn({ ...marked, password: 'wrong' });
      statuses.push(status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    expect((await browserAt('203.0.113.21').signIn(marked)).status).toBe(200);
    const other = await guess(11, () => ({ address: '203.0.113.22', email: 'other@wattfleet.example' }));
    expect(other).toEqual({ 401: 10, 429: 1 });
    const asOther = { email: 'other@wattfleet.example', password: 'wrong' };
    expect((await withMark('203.0.113.22').signIn(asOther)).status).toBe(429);
  });

  it('answer alike whether there is such an account or not, to the last', async () => {
    const answers = async (of: string) => {
      const seen: string[] = [];
      for (let index = 0; index < 12; index++) {
        const client = browserAt('198.51.100.77');
        const { status, body, headers } = await client.signIn({ email: of, password: 'wrong' });
        seen.push(`${status} ${body.code} ${headers.getSetCookie().length}`);
      }
      return seen;
    };
    const unknown = await answers('nobody@wattfleet.example');
    expect(unknown.slice(9, 11)).toEqual(['401 SIGN_IN_FAILED 0', '429 TOO_MANY_ATTEMPTS 0']);
    expect(await answers(await addAccount('somebody@wattfleet.example'))).toEqual(unknown);
  });
});
