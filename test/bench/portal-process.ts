import { fork, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '#libs/nest-kit';
import { databaseVariables, freePort, stopProgram } from './program.js';

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
      ...variablesOf(folder, database),
    },
  });
  await untilReady(url, child);
  const readySeconds = (performance.now() - started) / 1_000;
  return { pid: child.pid ?? 0, url, readySeconds, stop: () => stopProgram(child) };
}

function variablesOf(folder: string, database: URL | undefined): Record<string, string> {
  if (database === undefined) return { DATABASE_EMBEDDED_FOLDER: path.join(folder, 'database') };
  return databaseVariables(database);
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
