import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SitesService } from '../../../apps/portal/src/sites/sites.service.js';
import { ApiClient } from '../api-client.js';
import { captureOutput } from '../captured-output.js';
import { adminAccount, startPortal, type RunningApp } from '../running-app.js';

const output = captureOutput();
let portal: RunningApp;
let client: ApiClient;

beforeAll(async () => {
  portal = await startPortal({ environment: { LOG_LEVEL: 'trace' } });
  client = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());

interface LogLine {
  level: number;
  msg: string;
  req?: { id: string; url: string };
  res?: { statusCode: number };
  requestId?: string;
}

/** A request is logged when its answer has gone out, so after the client has it. */
async function linesWith(id: string | null, count = 1): Promise<LogLine[]> {
  return vi.waitFor(() => {
    const lines = output.text().trimEnd().split('\n');
    const found = lines.map((line) => JSON.parse(line) as LogLine);
    const own = found.filter(({ req, requestId }) => req?.id === id || requestId === id);
    expect(own.length).toBeGreaterThanOrEqual(count);
    return own;
  });
}

describe('the log', () => {
  it('has a line of JSON for every request, under its id', async () => {
    const { headers } = await client.get('/api/sites?x=1');
    expect(await linesWith(headers.get('x-request-id'))).toMatchObject([
      { level: 30, req: { url: '/api/sites?x=1' }, res: { statusCode: 200 } },
    ]);
    const missing = await client.get('/api/nothing');
    expect(await linesWith(missing.headers.get('x-request-id'))).toMatchObject([
      { level: 40, res: { statusCode: 404 } },
    ]);
  });

  it('tells the cause of a failure under the id that the answer names', async () => {
    const failing = vi
      .spyOn(portal.app.get(SitesService), 'list')
      .mockRejectedValue(new Error('the real cause'));
    const { body } = await client.get('/api/sites');
    failing.mockRestore();
    const lines = await linesWith(body.requestId ?? '', 2);
    expect(JSON.stringify(lines)).toContain('the real cause');
    expect(lines.every(({ level }) => level === 50)).toBe(true);
  });

  it('leaves out what is asked every few seconds', async () => {
    for (const address of ['/health', '/health/ready', '/metrics']) {
      expect((await client.get(address)).status).toBe(200);
    }
    const { headers } = await client.get('/api/application');
    await linesWith(headers.get('x-request-id'));
    expect(output.text()).not.toMatch(/"url":"\/(health|metrics)/);
  });

  it('shows no password, no cookie and no credential of a header', async () => {
    const { headers } = await client.get('/api/session', { authorization: 'Bearer not-for-the-log' });
    await linesWith(headers.get('x-request-id'));
    await client.signIn({ ...adminAccount, password: 'Wr0ng-and-typed-by-hand' });
    const [, value = ''] = client.cookie.split('=');
    expect(value.length).toBeGreaterThan(40);
    for (const secret of [
      value,
      decodeURIComponent(value),
      'not-for-the-log',
      adminAccount.password,
      'Wr0ng-and',
    ]) {
      expect(output.text()).not.toContain(secret);
    }
  });

  it('has of a request what finds it again, and no header else', async () => {
    const { headers } = await client.get('/api/sites', {
      'user-agent': 'a-test/1',
      'x-secret': 'not-this-one',
    });
    const [line] = await linesWith(headers.get('x-request-id'));
    expect(line).toMatchObject({ responseTime: expect.any(Number), res: { statusCode: 200 } });
    expect(line?.req).toEqual({
      id: headers.get('x-request-id'),
      method: 'GET',
      url: '/api/sites',
      remoteAddress: '127.0.0.1',
      userAgent: 'a-test/1',
    });
    expect(Object.keys(line?.res ?? {})).toEqual(['statusCode']);
    expect(output.text()).not.toMatch(/not-this-one|"headers"/);
  });

  it('is not filled with what Nest says of itself', () => {
    expect(output.text()).not.toMatch(/RouterExplorer|InstanceLoader/);
    expect(output.text()).toContain('Listening on');
  });
});
