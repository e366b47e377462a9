import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { problem } from '#libs/contracts';
import { SitesService } from '../../../apps/portal/src/sites/sites.service.js';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';

let portal: RunningApp;
let client: ApiClient;

beforeAll(async () => {
  portal = await startPortal();
  client = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());

function expectProblem({ status, headers, body }: Awaited<ReturnType<ApiClient['get']>>, code: string): void {
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const found = problem.strict().parse(body);
  expect(found).toMatchObject({ code, status, type: `urn:wattfleet:error:${code}` });
  expect(found.requestId).toBe(headers.get('x-request-id'));
  expect(found.remedy).not.toBe('');
  expect(headers.get('cache-control')).toBe('no-store');
}

describe('a problem', () => {
  it('says that there is nothing at an address, in the API and outside of it', async () => {
    for (const address of ['/api/nothing', '/api', '/health/nothing', '/metrics/', '/api/sites/%2e%2e%2fx']) {
      const answer = await client.get(address);
      expect([400, 404], address).toContain(answer.status);
    }
    expectProblem(await client.get('/api/nothing'), 'NOT_FOUND');
    expectProblem(await client.get('/api/sites/018f0000-0000-7000-8000-000000000000'), 'NOT_FOUND');
    expectProblem(await client.send('PUT', '/api/sites'), 'NOT_FOUND');
  });

  it('says that a body is no JSON', async () => {
    const answer = await client.post('/api/session', '{"email": ');
    expect(answer.status).toBe(400);
    expectProblem(answer, 'BODY_INVALID');
  });

  it('names every field that is wrong', async () => {
    const answer = await client.get('/api/measurements?channelId=1&from=yesterday&to=2026-01-01T00:00:00Z');
    expect(answer.status).toBe(400);
    expectProblem(answer, 'BODY_INVALID');
    expect(answer.body.errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['channelId.0', 'from']),
    );
  });

  it('says that a body is too large', async () => {
    const answer = await client.post('/api/session', {
      email: 'a@b.example',
      password: 'x'.repeat(1_100_000),
    });
    expect(answer.status).toBe(413);
    expectProblem(answer, 'BODY_TOO_LARGE');
  });

  it('is told of a body of an unknown type', async () => {
    const answer = await client.post('/api/session', 'email=x', { 'content-type': 'text/csv' });
    expect(answer.status).toBe(415);
    expectProblem(answer, 'MEDIA_TYPE_UNSUPPORTED');
  });

  it('tells nothing of the inside when the server fails', async () => {
    const failing = vi
      .spyOn(portal.app.get(SitesService), 'list')
      .mockRejectedValue(new Error('relation "secret_table" at /srv/app/db.ts:12'));
    const answer = await client.get('/api/sites');
    failing.mockRestore();
    expect(answer.status).toBe(500);
    expectProblem(answer, 'INTERNAL');
    expect(JSON.stringify(answer.body)).not.toMatch(/secret_table|db\.ts|Error/);
  });

  it('tells nothing of a statement that the database refuses', async () => {
    await portal.dataSource.query('ALTER TABLE monitoring.site RENAME TO site_away');
    const answer = await client.get('/api/sites');
    await portal.dataSource.query('ALTER TABLE monitoring.site_away RENAME TO site');
    expect(answer.status).toBe(500);
    expectProblem(answer, 'INTERNAL');
    expect(JSON.stringify(answer.body)).not.toMatch(/site|relation|SELECT/);
  });
});

describe('the request id', () => {
  it('is the one that the edge gave, when it looks like one', async () => {
    const given = async (id: string) =>
      (await client.get('/api/application', { 'x-request-id': id })).headers.get('x-request-id');
    expect(await given('edge-0123456789')).toBe('edge-0123456789');
    expect(await given('short')).toMatch(/^[\da-f-]{36}$/);
    expect(await given('<script>alert(1)</script>')).toMatch(/^[\da-f-]{36}$/);
    expect(await given('x'.repeat(65))).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('security headers', () => {
  it.each(['/api/application', '/api/nothing', '/api/sites', '/health', '/', '/sites/1'])(
    'come with %s',
    async (address) => {
      const { headers } = await client.get(address);
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).not.toBeNull();
    },
  );
});
