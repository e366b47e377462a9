import { execFile, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const run = promisify(execFile);
const maxBuffer = 64 * 1024 * 1024;

export interface Finished {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs `docker …`. @returns what it printed on standard output @throws Error with what it printed otherwise */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await run('docker', args, { maxBuffer });
  return stdout.trim();
}

/** Runs `docker …` with `input` on its standard input, and tells how it ended instead of throwing. */
export async function tryDocker(args: string[], input = ''): Promise<Finished> {
  const child = spawn('docker', args);
  child.stdin.end(input);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const [exitCode, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { exitCode, stdout, stderr };
}

/** `starting`, `healthy` or `unhealthy`, as the container's own check finds it. */
export function healthOf(container: string): Promise<string> {
  return docker('inspect', '--format', '{{.State.Health.Status}}', container);
}

/** Port of 127.0.0.1 at which a container's port is published. */
export async function publishedPort(container: string, port: number): Promise<number> {
  const address = await docker('port', container, `${port}/tcp`);
  return Number(/:(\d+)$/m.exec(address)?.[1]);
}

/** Asks until the answer is true, four times a second. @throws Error naming what did not come */
export async function eventually(what: string, seconds: number, ask: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
