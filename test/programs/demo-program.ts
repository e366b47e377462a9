import { spawn, type ChildProcess } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';
import type { Summary } from '../../scripts/demo/summary.js';

const script = path.resolve(import.meta.dirname, '../../dist/scripts/demo/main.js');

export interface DemoPorts {
  PORTAL_PORT: string;
  ADMIN_PORT: string;
}

/** `npm start` without npm: the built demo in a process group of its own. */
export class DemoProgram {
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';

  constructor(dataFolder: string, ports: DemoPorts, flags: string[]) {
    this.#child = spawn(process.execPath, [script, '--data-dir', dataFolder, ...flags], {
      env: { PATH: process.env['PATH'], ...ports },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#stdout += chunk.toString();
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString();
    });
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /** Steps that are done. */
  get stepsDone(): number {
    return this.#stderr.split('✓').length - 1;
  }

  /** @returns the exit code; null when it was killed */
  exit(): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return Promise.resolve(this.#child.exitCode);
    }
    return new Promise((resolve) => this.#child.once('close', resolve));
  }

  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  /** `kill -9`, of the program alone or of everything that it started, too. */
  killHard(everything: boolean): void {
    if (this.#child.pid === undefined || this.#child.exitCode !== null) return;
    process.kill(everything ? -this.#child.pid : this.#child.pid, 'SIGKILL');
  }
}

/** Runs the demo once to its end. */
export async function runOnce(dataFolder: string, ports: DemoPorts, flags: string[] = []) {
  const program = new DemoProgram(dataFolder, ports, ['--once', '--json', ...flags]);
  const exitCode = await program.exit();
  if (exitCode !== 0)
    throw new Error(`the demo ended with ${exitCode}:\n${program.stderr}\n${program.stdout}`);
  return JSON.parse(program.stdout) as Summary;
}

export async function freePorts(): Promise<DemoPorts> {
  return { PORTAL_PORT: await freePort(), ADMIN_PORT: await freePort() };
}

function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(String(typeof address === 'object' ? address?.port : '')));
    });
  });
}
