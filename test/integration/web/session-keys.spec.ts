import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../api-client.js';
import { startPortal } from '../running-app.js';
import { createTestDatabase, type TestDatabase } from '../test-database.js';

const [first, second, third] = ['first', 'second', 'third'].map(
  (name) => `the-${name}-key-of-this-test-of-keys`,
);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Runs the portal with these keys. `cookie`: of a session that was begun under other ones. */
async function withKeys<T>(
  [secret = '', previous = '']: (string | undefined)[],
  work: (url: string) => Promise<T>,
): Promise<T> {
  const environment = { SESSION_SECRET: secret, SESSION_SECRET_PREVIOUS: previous };
  const portal = await startPortal({ database, environment });
  try {
    return await work(portal.url);
  } finally {
    await portal.close();
  }
}

async function statusOf(url: string, cookie: string): Promise<number> {
  return (await new ApiClient(url, { cookie }).get('/api/session')).status;
}

describe('the key of sessions, rotated', () => {
  it('leaves those signed in who were, until it is rotated once more', async () => {
    const cookie = await withKeys([first], async (url) => (await ApiClient.signedIn(url)).cookie);
    expect(await withKeys([second, first], (url) => statusOf(url, cookie))).toBe(200);
    expect(await withKeys([third, second], (url) => statusOf(url, cookie))).toBe(401);
  });

  it('signs with the new key alone', async () => {
    const cookie = await withKeys([second, first], async (url) => (await ApiClient.signedIn(url)).cookie);
    expect(await withKeys([second], (url) => statusOf(url, cookie))).toBe(200);
    expect(await withKeys([first], (url) => statusOf(url, cookie))).toBe(401);
  });
});
