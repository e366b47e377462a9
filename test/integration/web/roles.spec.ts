import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser, userOf } from '../accounts/portal-users.js';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { portalAccess, type Access } from './portal-access.js';
import { changesSomething, requestOf, routeList } from './route-list.js';

const { routes, configure } = routeList();
let portal: RunningApp;
let admin: ApiClient;
let editor: ApiClient;
let viewer: ApiClient;
/** Has a temporary password. */
let newcomer: ApiClient;

beforeAll(async () => {
  portal = await startPortal({ configure });
  admin = await ApiClient.signedIn(portal.url);
  editor = (await userOf(portal, admin, 'editor')).client;
  viewer = (await userOf(portal, admin, 'viewer')).client;
  const { user, temporaryPassword } = await addUser(admin, 'admin');
  newcomer = new ApiClient(portal.url);
  await newcomer.signIn({ email: user.email, password: temporaryPassword });
});
afterAll(() => portal.close());

function routesOf(...access: Access[]): string[] {
  return routes.filter(
    (route) => access.includes(portalAccess[route] ?? 'admin') && !route.startsWith('HEAD '),
  );
}

/** Status and code of every route's answer, asked as a browser of another site does when `headers` say so. */
async function answersTo(
  client: ApiClient,
  asked: readonly string[],
  headers: Record<string, string> = {},
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const route of asked) {
    const { method, address } = requestOf(route);
    const { status, body } = await client.send(method, address, { headers });
    answers[route] = `${status} ${body.code ?? ''}`.trim();
  }
  return answers;
}

function all(asked: readonly string[], answer: string): Record<string, string> {
  return Object.fromEntries(asked.map((route) => [route, answer]));
}

describe('every route of the portal', () => {
  it('has a rule that says who may use it', () => {
    const known = routes.filter((route) => !/^(HEAD|OPTIONS) /.test(route));
    expect(known.toSorted()).toEqual(Object.keys(portalAccess).toSorted());
  });

  it('of an admin refuses editors and viewers', async () => {
    const asked = routesOf('admin');
    expect(asked.length).toBeGreaterThan(10);
    expect(await answersTo(editor, asked)).toEqual(all(asked, '403 ROLE_REFUSED'));
    expect(await answersTo(viewer, asked)).toEqual(all(asked, '403 ROLE_REFUSED'));
  });

  it('of an editor refuses viewers', async () => {
    const asked = routesOf('editor');
    expect(asked.length).toBeGreaterThan(4);
    expect(await answersTo(viewer, asked)).toEqual(all(asked, '403 ROLE_REFUSED'));
  });

  it('lets those pass whom it is for', async () => {
    const passed = [
      await answersTo(
        viewer,
        routesOf('viewer').filter((route) => !changesSomething(route)),
      ),
      await answersTo(editor, routesOf('editor')),
      await answersTo(admin, routesOf('editor', 'admin')),
    ].flatMap((answers) => Object.entries(answers));
    expect(passed.filter(([, answer]) => /^(401|403|5)/.test(answer))).toEqual([]);
  });

  it('refuses who must change a temporary password, except where it is changed', async () => {
    const asked = routesOf('viewer', 'editor', 'admin');
    expect(await answersTo(newcomer, asked)).toEqual(all(asked, '403 PASSWORD_CHANGE_REQUIRED'));
  });

  it('refuses who is not signed in, unless it is open', async () => {
    const asked = routesOf('own', 'viewer', 'editor', 'admin');
    expect(await answersTo(new ApiClient(portal.url), asked)).toEqual(all(asked, '401 SIGN_IN_REQUIRED'));
  });

  it.each([
    ['origin', { origin: 'https://evil.example' }],
    ['a browser’s word', { 'sec-fetch-site': 'cross-site' }],
  ])('that changes something refuses another site, by its %s', async (_what, headers) => {
    const asked = routes.filter((route) => changesSomething(route));
    expect(asked.length).toBeGreaterThan(15);
    expect(await answersTo(admin, asked, headers)).toEqual(all(asked, '403 ORIGIN_REFUSED'));
    expect((await admin.get('/api/session')).status).toBe(200);
  });
});
