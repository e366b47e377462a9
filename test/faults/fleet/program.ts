import { fork, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const dist = path.resolve(import.meta.dirname, '../../../dist/apps');
const shiftedClock = path.join(import.meta.dirname, 'shifted-clock.mjs');

/** A built app in a process of its own, which can be killed, started again and told a wrong time. */
export class Program {
  #child: ChildProcess | undefined;
  #output = '';
  readonly #clockFile: string;

  /** @param folder for what the program must not lose between two starts */
  constructor(
    readonly name: string,
    private readonly app: 'portal' | 'admin',
    private readonly environment: Record<string, string>,
    folder: string,
  ) {
    this.#clockFile = path.join(folder, `${name}.clock`);
    this.shiftClock(0);
  }

  /** The end of what it printed, for the message of a failed test. */
  get output(): string {
    return this.#output.slice(-4_000);
  }

  /** Returns when it listens. */
  async start(): Promise<void> {
    if (this.#child !== undefined) return;
    const child = fork(path.join(dist, this.app, 'src/main.js'), ['serve'], {
      env: { PATH: process.env['PATH'], CLOCK_FILE: this.#clockFile, ...this.environment },
      execArgv: ['--import', shiftedClock],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-20_000);
      });
    }
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code, signal) => {
        if (this.#child === child) this.#child = undefined;
        reject(new Error(`${this.name} ended with ${code ?? signal}:\n${this.output}`));
      });
    });
  }

  /** `kill -9`, or a polite SIGTERM; returns when it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  }

  shiftClock(milliseconds: number): void {
    writeFileSync(this.#clockFile, String(milliseconds));
  }
}
