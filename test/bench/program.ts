import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { packageRoot } from '#libs/nest-kit';

/** The account that an app of a bench is made with. */
export interface BenchAccount {
  email: string;
  password: string;
}

/** Starts the built Admin in a process of its own. It listens when this is done. */
export async function startAdminProcess(
  database: URL,
  port: number,
  account: BenchAccount,
): Promise<ChildProcess> {
  const child = fork(path.join(packageRoot, 'dist/apps/admin/src/main.js'), ['serve'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      DEFAULT_ADMIN_EMAIL: account.email,
      DEFAULT_ADMIN_PASSWORD: account.password,
      ...databaseVariables(database),
    },
  });
  const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (typeof message !== 'object') throw new Error('Admin ended before it listened');
  return child;
}

/** Variables that point an app at a database of a server. */
export function databaseVariables(database: URL): Record<string, string> {
  return {
    DATABASE_HOST: database.hostname,
    DATABASE_PORT: database.port || '5432',
    DATABASE_NAME: database.pathname.slice(1),
    DATABASE_USER: decodeURIComponent(database.username),
    DATABASE_PASSWORD: decodeURIComponent(database.password),
  };
}

export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
