import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../api-client.js';
import { startAdmin, startPortal, type RunningApp, type StartOptions } from '../running-app.js';
import { routeList } from './route-list.js';

/** The web app's pages, and what programs and the sign-in page may ask without a session. */
const open = {
  both: [
    'GET /*',
    'GET /health',
    'GET /health/ready',
    'GET /metrics',
    'GET /api/application',
    'POST /api/session',
  ],
  portal: [
    'GET /api/auth/check',
    'GET /api/openapi.json',
    // Opened by its own secret.
    'POST /api/imports/hooks/sftpgo',
    'GET /api/docs',
    'GET /api/branding',
    'GET /api/branding/logo',
    'GET /api/branding/favicon',
  ],
  /** Open to programs with a push token. */
  admin: [
    'POST /api/ingest/batches',
    'POST /api/ingest/contact',
    'GET /api/ingest/catalogue',
    'GET /api/ingest/digests',
  ],
};

describe.each([
  ['portal' as const, startPortal],
  ['admin' as const, startAdmin],
])('routes of %s', (name, start: (options: StartOptions) => Promise<RunningApp>) => {
  const { routes, configure } = routeList();
  let running: RunningApp;

  beforeAll(async () => {
    running = await start({ configure });
  });
  afterAll(() => running.close());

  function closedRoutes(): string[] {
    const isOpen = new Set([...open.both, ...open[name]]);
    return routes.filter((route) => !isOpen.has(route.replace(/^HEAD /, 'GET ')));
  }

  it('are known to this test', () => {
    expect(routes).toEqual(expect.arrayContaining([...open.both, ...open[name]]));
    expect(closedRoutes().length).toBeGreaterThan(5);
    expect(closedRoutes().filter((route) => !/^\S+ \/api\//.test(route))).toEqual([]);
  });

  it('answer 401 without a session, except those that are meant to be open', async () => {
    const client = new ApiClient(running.url);
    const answers: Record<string, number> = {};
    for (const route of closedRoutes()) {
      const [method = '', address = ''] = route.split(' ');
      const answer = await client.send(method, address.replaceAll(/:\w+/g, 'ABC0001'));
      if (answer.status !== 401) answers[route] = answer.status;
      if (method !== 'HEAD') expect(answer.body.code, route).toBe('SIGN_IN_REQUIRED');
    }
    expect(answers).toEqual({});
  });

  it('of the ingest ask for a token', async () => {
    for (const route of routes.filter((one) => one.includes('/api/ingest/'))) {
      const [method = '', address = ''] = route.split(' ');
      const { status, body } = await new ApiClient(running.url).send(method, address);
      expect(status, route).toBe(401);
      if (method !== 'HEAD') expect(body.code, route).toBe('INGEST_TOKEN_INVALID');
    }
  });

  it('answer without a session where they are open', async () => {
    const client = new ApiClient(running.url);
    for (const route of open.both.filter((one) => one.startsWith('GET') && one !== 'GET /*')) {
      expect((await client.get(route.slice(4))).status, route).toBe(200);
    }
  });
});
