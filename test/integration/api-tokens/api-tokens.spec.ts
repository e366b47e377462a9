import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addedApiToken, apiToken, type ApiToken, type PortalAuditPage } from '#libs/contracts';
import { hashPassword } from '#libs/nest-kit';
import { Secret } from '#libs/config';
import { ApiClient } from '../api-client.js';
import { startMeteredPortal, type MeteredPortal } from '../measurements/metered-portal.js';
import { adminAccount, publicUrl } from '../running-app.js';

let portal: MeteredPortal;

beforeAll(async () => {
  portal = await startMeteredPortal();
});
afterAll(() => portal.close());

async function tokens(): Promise<ApiToken[]> {
  const { body } = await portal.admin.get<{ tokens: unknown[] }>('/api/api-tokens');
  return body.tokens.map((token) => apiToken.strict().parse(token));
}

async function signedInAs(role: 'editor' | 'viewer'): Promise<ApiClient> {
  const credentials = { email: `${role}@wattfleet.example`, password: adminAccount.password };
  await portal.dataSource.query(
    `INSERT INTO monitoring.account (id, email, role, password_hash) VALUES (gen_random_uuid(), $1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [credentials.email, role, await hashPassword(new Secret(credentials.password))],
  );
  const client = new ApiClient(portal.url);
  expect((await client.signIn(credentials)).status).toBe(200);
  return client;
}

function bearer(secret: string): ApiClient {
  return new ApiClient(portal.url, { authorization: `Bearer ${secret}` });
}

const list = '/api/measurements/channels';

describe('API tokens', () => {
  it('are shown once, and stored as a hash', async () => {
    const made = await portal.admin.post('/api/api-tokens', {
      name: ' Roof logger ',
      scopes: ['measurements:write'],
      expiresInDays: 30,
    });
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { token, secret } = addedApiToken.strict().parse(made.body);
    expect(secret).toMatch(/^wfp_[0-9A-Za-z]{43}_[0-9a-f]{8}$/);
    expect(token).toMatchObject({
      name: 'Roof logger',
      scopes: ['measurements:write'],
      status: 'valid',
      createdBy: adminAccount.email,
      lastUsedAt: null,
      revokedAt: null,
    });
    expect((Date.parse(token.expiresAt ?? '') - Date.now()) / 86_400_000).toBeCloseTo(30, 1);
    expect(secret.startsWith(token.prefix)).toBe(true);
    expect(await tokens()).toEqual([token]);
    const [row]: { row: string }[] = await portal.dataSource.query(
      `SELECT row_to_json(api_token)::text AS row FROM monitoring.api_token`,
    );
    expect(row?.row).not.toContain(secret.split('_')[1]);
  });

  it('are recorded when they are made and revoked, without the token', async () => {
    const { token, secret } = await portal.makeToken(['measurements:read'], { name: 'audited' });
    const revoke = () => portal.admin.send('DELETE', `/api/api-tokens/${token.id}`);
    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 204]);
    const { body } = await portal.admin.get<PortalAuditPage>('/api/audit?subject=audited');
    expect(body.events.map(({ action, account }) => [action, account])).toEqual([
      ['api-token.revoked', adminAccount.email],
      ['api-token.added', adminAccount.email],
    ]);
    expect(JSON.stringify(body)).not.toContain(secret.split('_')[1]);
  });

  it('open what their scopes say, until they are revoked or expire', async () => {
    const { token, secret } = await portal.makeToken(['measurements:read']);
    expect((await bearer(secret).get(list)).status).toBe(200);
    const refused = await bearer(secret).post('/api/measurements', { rows: [] });
    expect([refused.status, refused.body.code]).toEqual([403, 'API_TOKEN_SCOPE_MISSING']);
    expect(refused.body.detail).toContain('measurements:write');
    await portal.admin.send('DELETE', `/api/api-tokens/${token.id}`);
    const revoked = await bearer(secret).get(list);
    expect([revoked.status, revoked.body.code]).toEqual([401, 'API_TOKEN_INVALID']);

    const expiring = await portal.makeToken(['measurements:read'], { expiresInDays: 1 });
    await portal.dataSource.query(`UPDATE monitoring.api_token SET expires_at = now() WHERE id = $1`, [
      expiring.token.id,
    ]);
    expect((await bearer(expiring.secret).get(list)).body.code).toBe('API_TOKEN_INVALID');
    const statuses = (await tokens()).map(({ id, status }) => [id, status]);
    expect(statuses).toEqual(
      expect.arrayContaining([
        [token.id, 'revoked'],
        [expiring.token.id, 'expired'],
      ]),
    );
  });

  it('say when they were last used', async () => {
    const { token, secret } = await portal.makeToken(['measurements:read']);
    await bearer(secret).get(list);
    const used = (await tokens()).find(({ id }) => id === token.id);
    expect(Date.now() - Date.parse(used?.lastUsedAt ?? '')).toBeLessThan(60_000);
  });

  it('that are not ours open nothing, even beside a session', async () => {
    const { secret } = await portal.makeToken(['measurements:read']);
    const mistyped = secret.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    for (const wrong of [mistyped, 'x', `wf_abc0001${secret.slice(3)}`, `${secret}x`]) {
      const { status, body } = await bearer(wrong).get(list);
      expect([status, body.code], wrong).toEqual([401, 'API_TOKEN_INVALID']);
    }
    const beside = await portal.admin.get(list, { authorization: `Bearer ${mistyped}` });
    expect(beside.status).toBe(401);
    expect((await portal.admin.get(list, { authorization: 'Basic eDp5' })).status).toBe(200);
  });

  it('never open a route that names no scope', async () => {
    const { secret } = await portal.makeToken(['measurements:read', 'measurements:write']);
    for (const [method, address] of [
      ['GET', '/api/sites'],
      ['GET', '/api/session'],
      ['GET', '/api/audit'],
      ['GET', '/api/api-tokens'],
      ['POST', '/api/api-tokens'],
      ['GET', '/api/sites/018f0000-0000-7000-8000-000000000000/series'],
      ['POST', '/api/imports/runs'],
    ] as const) {
      const { status, body } = await bearer(secret).send(method, address);
      expect([status, body.code], address).toEqual([401, 'SIGN_IN_REQUIRED']);
    }
  });

  it('need no origin, unless the request brings a cookie too', async () => {
    const { secret } = await portal.makeToken(['measurements:write']);
    const elsewhere = { origin: 'https://elsewhere.example' };
    const alone = await bearer(secret).post('/api/measurements', { rows: [] }, elsewhere);
    expect(alone.status).toBe(200);
    const authorization = `Bearer ${secret}`;
    const rows = { rows: [] };
    const both = await portal.admin.post('/api/measurements', rows, { authorization, ...elsewhere });
    expect([both.status, both.body.code]).toEqual([403, 'ORIGIN_REFUSED']);
    const home = await portal.admin.post('/api/measurements', rows, { authorization, origin: publicUrl });
    expect(home.status).toBe(200);
    const session = await portal.admin.post('/api/measurements', rows, elsewhere);
    expect(session.body.code).toBe('ORIGIN_REFUSED');
  });

  it.each([
    undefined,
    {},
    { name: 'x' },
    { name: 'x', scopes: [] },
    { name: 'x', scopes: ['measurements:delete'] },
    { name: 'x', scopes: ['measurements:read', 'measurements:read'] },
    { name: ' ', scopes: ['measurements:read'] },
    { name: 'x', scopes: ['measurements:read'], expiresInDays: 0 },
    { name: 'x', scopes: ['measurements:read'], expiresInDays: 3_651 },
    { name: 'x', scopes: ['measurements:read'], prefix: 'wfp_' },
  ])('are not made of %j', async (body) => {
    const before = await tokens();
    const answer = await portal.admin.post('/api/api-tokens', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'BODY_INVALID']);
    expect(await tokens()).toEqual(before);
  });

  it('are the business of admins', async () => {
    const { token } = await portal.makeToken(['measurements:read']);
    for (const role of ['editor', 'viewer'] as const) {
      const client = await signedInAs(role);
      const answers = [
        await client.get('/api/api-tokens'),
        await client.post('/api/api-tokens', { name: 'x', scopes: ['measurements:read'] }),
        await client.send('DELETE', `/api/api-tokens/${token.id}`),
      ];
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
        answers.map(() => [403, 'ROLE_REFUSED']),
      );
      const sent = await client.post('/api/measurements', { rows: [] });
      expect(sent.status, role).toBe(role === 'editor' ? 200 : 403);
    }
    expect((await portal.admin.send('DELETE', '/api/api-tokens/1')).status).toBe(400);
    const unknown = await portal.admin.send('DELETE', '/api/api-tokens/018f0000-0000-7000-8000-000000000000');
    expect(unknown.status).toBe(404);
  });
});

describe('a token that asks too often', () => {
  it('is told when to come again, and no other one is', async () => {
    const slow = await startMeteredPortal({ API_REQUESTS_PER_MINUTE: '3' });
    try {
      const [one, other] = [await slow.program('measurements:read'), await slow.program('measurements:read')];
      for (let request = 0; request < 3; request++) expect((await one.get(list)).status).toBe(200);
      const { status, body, headers } = await one.get(list);
      expect([status, body.code]).toEqual([429, 'API_RATE_LIMITED']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await other.get(list)).status).toBe(200);
      expect((await slow.admin.get(list)).status).toBe(200);
    } finally {
      await slow.close();
    }
  });
});
