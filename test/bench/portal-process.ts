import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '#libs/nest-kit';

const benchAccount = { email: 'bench@wattfleet.example', password: 'Not-for-any-0ther-use' };

/** The built portal in a process of its own, configured as in production. */
export interface PortalProcess {
  pid: number;
  url: string;
  /** From the start of the process until `GET /health/ready` answered 200. */
  readySeconds: number;
  stop: () => Promise<void>;
}

/**
 * @param folder for its log, and its database where none is given
 * @param database of a server; without it the portal has an embedded one
 */
export async function startPortalProcess(folder: string, database: URL | undefined): Promise<PortalProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = openSync(path.join(folder, 'portal.log'), 'w');
  const started = performance.now();
  const child = fork(path.join(packageRoot, 'dist/apps/portal/src/main.js'), ['serve'], {
    stdio: ['ignore', log, 'inherit', 'ipc'],
    execArgv: [],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      PUBLIC_URL: url,
      SESSION_SECRET: 'a-secret-of-the-bench-that-is-long-enough',
      DEFAULT_ADMIN_EMAIL: benchAccount.email,
      DEFAULT_ADMIN_PASSWORD: benchAccount.password,
      ...databaseVariables(folder, database),
    },
  });
  await untilReady(url, child);
  const readySeconds = (performance.now() - started) / 1_000;
  return { pid: child.pid ?? 0, url, readySeconds, stop: () => stop(child) };
}

function databaseVariables(folder: string, database: URL | undefined): Record<string, string> {
  if (database === undefined) return { DATABASE_EMBEDDED_FOLDER: path.join(folder, 'database') };
  return {
    DATABASE_HOST: database.hostname,
    DATABASE_PORT: database.port || '5432',
    DATABASE_NAME: database.pathname.slice(1),
    DATABASE_USER: decodeURIComponent(database.username),
    DATABASE_PASSWORD: decodeURIComponent(database.password),
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`the portal ended with ${child.exitCode} before it was ready`);
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(20);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Signs in and gives the Cookie header of the session. */
export async function signInToPortal(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(benchAccount),
  });
  const [cookie] = answer.headers.getSetCookie();
  if (!answer.ok || cookie === undefined) throw new Error(`sign-in answered ${answer.status}`);
  return cookie.split(';', 1)[0] ?? '';
}
