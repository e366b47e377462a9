import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseVariables, freePort, stopProgram } from './program.js';

const program = fileURLToPath(new URL('../../apps/admin/src/main.js', import.meta.url));

/** The built Admin in a process of its own, configured as in production. */
export interface AdminProcess {
  pid: number;
  port: number;
  stop: () => Promise<void>;
}

/** @param folder for its log */
export async function startAdmin(database: URL, folder: string): Promise<AdminProcess> {
  const port = await freePort();
  const log = openSync(path.join(folder, 'admin.log'), 'w');
  const child = spawn(process.execPath, [...profileFlags(), program], {
    stdio: ['ignore', log, 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      PUBLIC_URL: 'https://admin.example.com',
      SESSION_SECRET: 'a-secret-of-the-bench-that-is-long-enough',
      DEFAULT_ADMIN_EMAIL: 'bench@wattfleet.example',
      DEFAULT_ADMIN_PASSWORD: 'Tr0ub4dor-and-three',
      ...databaseVariables(database),
    },
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`Admin ended with ${String(code)} before it listened`);
  });
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return { pid: child.pid ?? 0, port, stop: () => stopProgram(child) };
}

/** BENCH_PROFILE_FOLDER gets a profile of where Admin spends its time. */
function profileFlags(): string[] {
  const folder = process.env['BENCH_PROFILE_FOLDER'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}
