import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiClient } from '../api-client.js';
import { MeterFolder } from '../meter-folder.js';
import { adminAccount, startPortal } from '../running-app.js';
import { createTestDatabase, databaseEnvironment } from '../test-database.js';

const program = path.resolve('dist/apps/portal/src/main.js');

describe('an app that is closed', () => {
  it('finishes the file that it imports and leaves the others to its next start', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const folder = await MeterFolder.create();
    for (let file = 10; file < 40; file++) {
      await folder.write(`north/02001084/${file}.tsv`, {
        start: new Date(Date.UTC(2026, 0, file)),
        rows: 144,
      });
    }
    const environment = { IMPORT_FOLDER: folder.path };
    const first = await startPortal({ database, environment });
    const client = await ApiClient.signedIn(first.url);
    await client.post('/api/imports/runs');
    await first.close();
    const waiting = (await folder.files()).filter((file) => !file.includes('/parsed/'));

    const second = await startPortal({ database, environment });
    const stored = async () => {
      const rows: { count: number }[] = await second.dataSource.query(
        'SELECT count(*)::int AS count FROM monitoring.measurement',
      );
      return rows[0]?.count;
    };
    // What was put away was stored, and nothing else was.
    expect(await stored()).toBe((30 - waiting.length) * 144 * 6);
    const again = await ApiClient.signedIn(second.url);
    await again.post('/api/imports/runs');
    await expect.poll(stored, { timeout: 30_000 }).toBe(30 * 144 * 6);
    await second.close();
  });
});

interface ProgramRun {
  child: ChildProcess;
  stderr: () => string;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}

async function serve(environment: Record<string, string>): Promise<ProgramRun> {
  const port = await freePort();
  const child = fork(program, ['serve'], {
    env: {
      PATH: process.env['PATH'],
      TMPDIR: process.env['TMPDIR'],
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SESSION_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
      DEFAULT_ADMIN_EMAIL: adminAccount.email,
      DEFAULT_ADMIN_PASSWORD: adminAccount.password,
      ...environment,
    },
    // Not those of vitest, which have the sources run.
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, stderr: () => text };
}

describe.skipIf(!existsSync(program))(`the built program (in ${path.relative('.', program)})`, () => {
  it('ends on SIGTERM, when it has let go of its database', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    for (let start = 0; start < 2; start++) {
      const { child, stderr } = await serve(databaseEnvironment(database.address));
      const exit = once(child, 'exit');
      await Promise.race([once(child, 'message'), exit.then(() => Promise.reject(new Error(stderr())))]);
      child.kill('SIGTERM');
      const [code, signal] = (await exit) as [number | null, string | null];
      expect([0, null]).toContain(code);
      expect([null, 'SIGTERM']).toContain(signal);
      expect(stderr()).toBe('');
    }
  });

  it('does not start in production with a weak password, and says which variable it is', async () => {
    const { child, stderr } = await serve({
      DEFAULT_ADMIN_PASSWORD: 'changeme-hunter2',
      DATABASE_EMBEDDED_FOLDER: '/nowhere',
    });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(stderr()).toContain('CONFIG_INVALID');
    expect(stderr()).toContain('DEFAULT_ADMIN_PASSWORD');
    expect(stderr()).not.toContain('hunter2');
  });
});
