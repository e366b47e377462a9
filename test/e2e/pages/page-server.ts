import path from 'node:path';
import type { Page, Request, Route } from 'playwright-core';
import type { CurrentSession, Problem } from '#libs/contracts';

const built = path.resolve(import.meta.dirname, '../../../dist/web');

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Parsed JSON, the bytes of anything else; undefined without a body. */
  body: unknown;
}

/** What the API answers: JSON, a file, a problem, or undefined for 404. */
export type FakeApi = (request: ApiRequest) => unknown;

/** Thrown by a fake API to answer with this problem. */
export class FakeProblem extends Error {
  constructor(readonly problem: Omit<Problem, 'type'>) {
    super(problem.title);
  }
}

/** Answered by a fake API for what is no JSON. */
export class FakeFile {
  constructor(
    readonly contentType: string,
    readonly body: Buffer,
  ) {}
}

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
};

/**
 * Serves a built web app inside the browser, with its API answered by `api`: pages can be looked at in states that are
 * hard to bring about in the real programs. The programs themselves are driven in fleet.spec.ts.
 *
 * @returns the address of the app; localhost, so that the clipboard works
 */
export async function servePages(page: Page, app: 'admin' | 'portal', api: FakeApi): Promise<string> {
  const origin = `http://${app}.localhost`;
  await page.route(`${origin}/**`, async (route) => {
    const url = new URL(route.request().url());
    if (/^\/(api|grafana)\//.test(url.pathname)) return answer(route, url, api);
    const isFile = path.extname(url.pathname) !== '';
    const file = path.join(built, app, isFile ? url.pathname : 'index.html');
    return route.fulfill({ path: file, contentType: types[path.extname(file)] ?? 'text/plain' });
  });
  return origin;
}

async function answer(route: Route, url: URL, api: FakeApi): Promise<void> {
  const request = route.request();
  try {
    const json: unknown = await api({
      method: request.method(),
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      body: bodyOf(request),
    });
    if (json === undefined) throw new FakeProblem({ status: 404, code: 'NOT_FOUND', title: 'Not found' });
    if (json instanceof FakeFile) {
      await route.fulfill({ contentType: json.contentType, body: json.body });
    } else await route.fulfill({ json });
  } catch (error) {
    if (!(error instanceof FakeProblem)) throw error;
    const { problem } = error;
    await route.fulfill({
      status: problem.status,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'about:blank', ...problem }),
    });
  }
}

function bodyOf(request: Request): unknown {
  const isJson = (request.headers()['content-type'] ?? 'application/json').startsWith('application/json');
  return isJson ? (request.postDataJSON() as unknown) : request.postDataBuffer();
}

/** What both apps ask on every page. */
export function sessionApi(applicationName: string, role: CurrentSession['account']['role']): FakeApi {
  const account = {
    id: '018f0000-0000-7000-8000-000000000001',
    email: 'ops@wattfleet.example',
    role,
    mustChangePassword: false,
  };
  return ({ method, path: asked }) => {
    if (method !== 'GET') return undefined;
    if (asked === '/api/session') return { account, applicationName } satisfies CurrentSession;
    if (asked === '/api/application') return { applicationName, version: '0.1.0' };
    return undefined;
  };
}

/** Asks one after the other until one answers. */
export function firstOf(...apis: FakeApi[]): FakeApi {
  return (request) => {
    for (const api of apis) {
      const answer = api(request);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
}
