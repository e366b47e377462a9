import { Readable } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PortalAuditPage } from '#libs/contracts';
import { addSetPasswordCommand } from '../../../apps/portal/src/accounts/set-password.command.js';
import { ApiClient } from '../api-client.js';
import { adminAccount, startPortal } from '../running-app.js';
import { createTestDatabase, databaseEnvironment, type TestDatabase } from '../test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Runs `portal set-password …` in this process. */
async function setPassword(email: string, stdin: string): Promise<void> {
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  onTestFinished(() => spy.mockRestore());
  const program = new Command('portal').exitOverride();
  addSetPasswordCommand(program, databaseEnvironment(database.address), Readable.from([stdin]));
  await program.parseAsync(['set-password', '--email', email, '--stdin'], { from: 'user' });
}

/** Runs the portal while nothing else has the database open. */
async function withPortal<T>(work: (url: string) => Promise<T>): Promise<T> {
  const portal = await startPortal({ database });
  try {
    return await work(portal.url);
  } finally {
    await portal.close();
  }
}

describe('portal set-password', () => {
  it('gives a temporary password, ends the sessions and is recorded', async () => {
    const old = await withPortal((url) => ApiClient.signedIn(url));
    const password = 'kX5_temporary-of-the-test';
    await setPassword(adminAccount.email.toUpperCase(), `${password}\n`);
    await withPortal(async (url) => {
      const { cookie } = old;
      expect((await new ApiClient(url, { cookie }).get('/api/session')).status).toBe(401);
      const client = new ApiClient(url);
      expect((await client.signIn()).status).toBe(401);
      const answer = await client.signIn({ email: adminAccount.email, password });
      expect(answer).toMatchObject({ status: 200, body: { account: { mustChangePassword: true } } });
      const change = { current: password, password: 'a-password-of-my-own-9' };
      const init = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(change) };
      expect((await client.send('PUT', '/api/session/password', init)).status).toBe(204);
      const { body } = await client.get<PortalAuditPage>('/api/audit?action=account.password-set');
      expect(body.events).toMatchObject([{ account: 'command line', subject: adminAccount.email }]);
    });
  });

  it('refuses an account that is not there, and a short password', async () => {
    await expect(setPassword('nobody@wattfleet.example', 'kX5_temporary-of-the-test')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(setPassword(adminAccount.email, 'short')).rejects.toMatchObject({ code: 'USAGE' });
  });
});
