import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Docker, DockerCall } from '../docker/docker.js';
import { findPackage } from '../find-package.js';
import { readProvisionerConfig } from '../provisioner.config.js';
import { run } from '../run.js';

export const host = ['--host', 'abc0001.portal.example.com'];
export const token = 'wf_ABC0001_0123456789abcdefghijklmnopqrstuv_1a2b3c';

/** An empty root folder, removed after the test. */
export function newRoot(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'wattfleet-root-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

export interface Result {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process, as a terminal would see it with `terminal`. */
export async function wattfleet(
  root: string,
  argv: string[],
  {
    stdin = '',
    terminal = false,
    environment = {},
    docker = new FakeDocker(),
    signal = new AbortController().signal,
  }: {
    stdin?: string;
    terminal?: boolean;
    environment?: Record<string, string>;
    docker?: Docker;
    signal?: AbortSignal;
  } = {},
): Promise<Result> {
  const [stdout, stderr] = [new CapturedStream(terminal), new CapturedStream(terminal)];
  const config = readProvisionerConfig(findPackage(import.meta.dirname), {
    WATTFLEET_ROOT: root,
    ...environment,
  });
  const streams = { stdin: Object.assign(Readable.from([stdin]), { isTTY: terminal }), stdout, stderr };
  const exitCode = await run(argv, config, streams, { docker, signal });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

/** Keeps what is written to it. */
class CapturedStream extends Writable {
  text = '';

  constructor(readonly isTTY: boolean) {
    super({
      decodeStrings: false,
      write: (chunk: string, _encoding, callback) => {
        this.text += chunk;
        callback();
      },
    });
  }
}

type Answer = string | ((call: DockerCall) => string | Promise<string>);

/** Stands for the engine where a test is about what is asked of it; the stack tests have a real one. */
export class FakeDocker implements Docker {
  /** Command lines in the order in which they came. */
  readonly calls: string[] = [];
  readonly #answers: [RegExp, Answer][] = [];

  /** The answer to command lines that match; the last one given holds. */
  answer(pattern: RegExp, answer: Answer): this {
    this.#answers.unshift([pattern, answer]);
    return this;
  }

  async run(args: readonly string[], call: DockerCall = {}): Promise<string> {
    const line = args.join(' ');
    this.calls.push(line);
    const answer = this.#answers.find(([pattern]) => pattern.test(line))?.[1] ?? '';
    return typeof answer === 'string' ? answer : answer(call);
  }
}

/** A line of `docker ps` as `listContainers` asks for it. */
export function containerLine({
  project = 'abc0001',
  service = 'portal',
  image = 'image:1',
  state = 'running',
  status = 'Up 3 minutes (healthy)',
} = {}): string {
  return [`id-of-${project}-${service}`, project, service, image, state, status, 'hash'].join('\t');
}

/** A root with the tenant ABC0001, and a way to change its files. */
export async function rootWithTenant() {
  const root = newRoot();
  await wattfleet(root, ['create', 'ABC0001', ...host]);
  const folder = path.join(root, 'abc0001');
  const edit = (name: string, from: string | RegExp, to: string) => {
    const file = path.join(folder, name);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(from, () => to),
    );
  };
  return { root, folder, edit };
}

/** Every file below a folder with its text. */
export function filesIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => path.join(entry.parentPath, entry.name)).toSorted();
  return Object.fromEntries(paths.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]));
}

export function modeOf(...names: string[]): string {
  return (statSync(path.join(...names)).mode & 0o777).toString(8);
}

/** The values of the secrets in a tenant's `.env`, by name. */
export function secretsIn(folder: string): Record<string, string> {
  const env = readFileSync(path.join(folder, '.env'), 'utf8');
  return Object.fromEntries(
    [...env.matchAll(/^(\w+(?:PASSWORD|SECRET|TOKEN))=(.*)$/gm)].map((m) => [m[1], m[2]]),
  );
}
