import { InvalidArgumentError, type Command } from 'commander';
import type { Docker } from '../docker/docker.js';
import type { Output } from '../output.js';
import type { ProvisionerConfig } from '../provisioner.config.js';
import type { RolloutOptions } from '../rollout/run-tenants.js';
import { RunRecord } from '../rollout/run-record.js';
import { selectTenants } from '../tenants/select-tenants.js';

/** What a command works with. `config.root` is the folder that `--root` names, if it is given. */
export interface Context {
  config: ProvisionerConfig;
  output: Output;
  stdin: NodeJS.ReadableStream;
  docker: Docker;
  /** Aborted by Ctrl-C: the run stops at its next safe point. */
  signal: AbortSignal;
}

/** Adds a command to the program; it answers with its exit code. */
export type Register = (program: Command, start: Start) => void;

/** Runs `action` with the context that its options ask for. Which options it gets is what its command declares. */
export type Start = (
  action: (context: Context, options: never, ...args: never[]) => Promise<number>,
) => (...args: unknown[]) => Promise<void>;

export interface SharedOptions {
  root?: string;
  json?: true;
  quiet?: true;
}

/** The options every command has, and its two examples. */
export function shared(command: Command, examples: [string, string]): Command {
  return command
    .option('--root <dir>', "folder of the tenants' folders (default: WATTFLEET_ROOT or /srv/portal)")
    .option('--json', 'JSON instead of text: one object, or one event a line for long runs')
    .option('--quiet', 'no progress and no hints')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ wattfleet ${example}\n`).join('')}`);
}

export interface SelectionOptions extends SharedOptions {
  all?: true;
  selector?: string[];
}

/** Options of a command that is about one tenant, several, or all. */
export function selecting(command: Command): Command {
  return command
    .argument('[codes...]', 'codes of tenants')
    .option('--all', 'all tenants below the root')
    .option('--selector <key=value...>', 'tenants with these labels in tenant.yaml');
}

export interface ManyOptions extends SelectionOptions {
  parallel: number;
  canary: number;
  failFast?: true;
  resume?: true;
}

/** Options of a command that works on many tenants, one after the other or beside each other. */
export function many(command: Command, parallel: number, canary = 0): Command {
  return selecting(command)
    .option('--parallel <n>', 'so many tenants at once', wholeNumber(1), parallel)
    .option(
      '--canary <n>',
      'so many first, one by one; the rest only when they are well',
      wholeNumber(0),
      canary,
    )
    .option('--fail-fast', 'begin no further tenant after the first failure')
    .option('--resume', 'go on with what an earlier run of this command left');
}

/** The tenants of a command made with `many`, and how to go over them. @throws CodedError USAGE, TENANT_NOT_FOUND */
export async function manyTenants(
  { config }: Context,
  command: string,
  { resume, failFast, parallel, canary, all, selector }: ManyOptions,
  codes: readonly string[],
): Promise<{ command: string; slugs: string[]; options: RolloutOptions }> {
  const slugs =
    resume && codes.length === 0 && !all && selector === undefined
      ? await RunRecord.remaining(config.root, command)
      : await selectTenants(config, { codes, all, selector });
  return { command, slugs, options: { parallel, canary, failFast: failFast === true } };
}

/** Reads a whole number of at least `minimum` off the command line. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= minimum) return value;
    throw new InvalidArgumentError(`must be a whole number, at least ${minimum}`);
  };
}
