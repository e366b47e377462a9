import type { ReadStream, WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { execa, ExecaError } from 'execa';
import { CodedError, type ErrorCode } from '#libs/errors';

export interface DockerCall {
  /** What the program reads on its standard input: secrets go here, never into arguments that `ps` shows. */
  input?: string | Uint8Array;
  /** New file that gets its standard output, for outputs too large for memory. */
  outputFile?: string;
  /** File that is its standard input, for inputs too large for memory. */
  inputFile?: string;
  timeoutSeconds?: number;
  /** Gets every line of standard output and standard error as it comes. */
  onLine?: (line: string) => void;
  /** Ends the program when it is aborted: for what only watches, such as `logs --follow`. */
  signal?: AbortSignal;
}

/** The engine's command line. */
export interface Docker {
  /**
   * Runs `docker …args`.
   * @returns its standard output without the last line break; empty with `outputFile`
   * @throws CodedError DOCKER_MISSING, DOCKER_FAILED with the end of what it said
   */
  run(args: readonly string[], call?: DockerCall): Promise<string>;
}

/** A program of the PATH, and how its failures are told. */
export interface ProgramName {
  name: string;
  missing: ErrorCode;
  failed: ErrorCode;
}

const keptLines = 12;

/** The `docker` program of the PATH, with the engine that `DOCKER_HOST` or its context names. */
export class DockerProgram implements Docker {
  run(args: readonly string[], call: DockerCall = {}): Promise<string> {
    return runProgram({ name: 'docker', missing: 'DOCKER_MISSING', failed: 'DOCKER_FAILED' }, args, call);
  }
}

/** Runs a program of the PATH: the one place of the provisioner that starts any. */
export async function runProgram(
  program: ProgramName,
  args: readonly string[],
  call: DockerCall = {},
): Promise<string> {
  // Handed to the program as they are: a dump of gigabytes does not pass through this process.
  const stdin = call.inputFile === undefined ? undefined : await open(call.inputFile, 'r');
  try {
    const stdout = call.outputFile === undefined ? undefined : await open(call.outputFile, 'wx', 0o600);
    try {
      return await start(program, args, call, stdin?.createReadStream(), stdout?.createWriteStream());
    } finally {
      await stdout?.close();
    }
  } finally {
    await stdin?.close();
  }
}

async function start(
  program: ProgramName,
  args: readonly string[],
  { input, timeoutSeconds, onLine, signal }: DockerCall,
  stdin: ReadStream | undefined,
  stdout: WriteStream | undefined,
): Promise<string> {
  const child = execa(program.name, [...args], {
    // A process group of its own: Ctrl-C in the terminal must not cut the engine's work off in the middle.
    detached: true,
    killDescendants: true,
    ...(input === undefined ? {} : { input }),
    stdin: input === undefined ? (stdin ?? 'ignore') : 'pipe',
    stdout: stdout ?? 'pipe',
    all: true,
    buffer: { stdout: onLine === undefined, stderr: true, all: false },
    maxBuffer: 256 * 1024 * 1024,
    ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds * 1_000 }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  try {
    if (onLine !== undefined) for await (const line of child.iterable({ from: 'all' })) onLine(line);
    const result = await child;
    return typeof result.stdout === 'string' ? result.stdout : '';
  } catch (error) {
    if (signal?.aborted) return '';
    throw toCodedError(program, error, args);
  }
}

function toCodedError(
  { name, missing, failed }: ProgramName,
  error: unknown,
  args: readonly string[],
): unknown {
  if (!(error instanceof ExecaError)) return error;
  if (error.code === 'ENOENT') {
    return new CodedError(missing, { ...(name !== 'docker' && { detail: name }), cause: error });
  }
  const said = stderrOf(error).trim().split('\n').slice(-keptLines).join('\n');
  const end = error.timedOut ? 'did not end in time' : `ended with ${error.exitCode ?? error.signal}`;
  return new CodedError(failed, {
    detail: `${name} ${subcommand(args)} ${end}${said === '' ? '' : `:\n${said}`}`,
  });
}

function stderrOf({ stderr }: { stderr?: unknown }): string {
  return typeof stderr === 'string' ? stderr : '';
}

/** The words before the first option and file: arguments may be long, and are not needed to understand what failed. */
function subcommand(args: readonly string[]): string {
  const words = args.filter((arg) => /^[a-z][a-z-]*$/.test(arg));
  return words.slice(0, 3).join(' ');
}
