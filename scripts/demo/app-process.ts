import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '#libs/nest-kit';

export interface AppSettings {
  name: 'portal' | 'admin';
  environment: Record<string, string>;
  logFolder: string;
}

/** How long a run that was killed may take to let go of its database folder and its port. */
const patienceMs = 30_000;

/** One of the two apps as a process of its own, which ends when this one does. */
export class AppProcess {
  private constructor(private readonly child: ChildProcess) {}

  /**
   * Starts the app and waits until it listens.
   * @param onWait told once when a former run must be waited for
   * @throws Error with the last lines of the app's log
   */
  static async start(settings: AppSettings, onWait: () => void): Promise<AppProcess> {
    const deadline = Date.now() + patienceMs;
    for (let attempt = 0; ; attempt++) {
      const failure = await tryStart(settings);
      if (failure instanceof AppProcess) return failure;
      const isHeld = /DATABASE_LOCKED|EADDRINUSE/.test(failure);
      if (!isHeld || Date.now() > deadline) throw new Error(explain(settings, failure));
      if (attempt === 0) onWait();
      await delay(500);
    }
  }

  static of(child: ChildProcess): AppProcess {
    return new AppProcess(child);
  }

  /** Lets the app finish what it does. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  onExit(listener: () => void): void {
    this.child.once('exit', listener);
  }
}

/** @returns the running app, or the log of one that ended instead */
async function tryStart({ name, environment, logFolder }: AppSettings): Promise<AppProcess | string> {
  await mkdir(logFolder, { recursive: true });
  const logFile = path.join(logFolder, `${name}.log`);
  const script = path.join(packageRoot, 'dist', 'apps', name, 'src', 'main.js');
  // Not this process's environment and flags: a variable of the user's shell must not configure the tenant.
  const child = fork(script, ['serve'], {
    execArgv: [],
    env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(logFile, { flags: 'w', mode: 0o600 });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const listening = await new Promise<boolean>((resolve) => {
    child.once('message', () => resolve(true));
    child.once('close', () => resolve(false));
  });
  if (listening) return AppProcess.of(child);
  await new Promise((resolve) => log.end(resolve));
  return readFile(logFile, 'utf8');
}

function explain({ name, environment, logFolder }: AppSettings, log: string): string {
  if (log.includes('EADDRINUSE')) {
    return `port ${environment['PORT']} is in use by another program; set ${name.toUpperCase()}_PORT`;
  }
  if (log.includes('DATABASE_LOCKED'))
    return 'another run is using this data folder; stop it, or set --data-dir';
  const lastLines = log.trimEnd().split('\n').slice(-8).join('\n');
  return `${name} did not start (${path.join(logFolder, `${name}.log`)}):\n${lastLines}`;
}
