import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { CodedError } from '#libs/errors';
import { registerApply } from './commands/apply.js';
import { registerAudit } from './commands/audit.js';
import type { Context, Register, SharedOptions, Start } from './commands/context.js';
import { registerCreate } from './commands/create.js';
import { registerDown } from './commands/down.js';
import { registerHost } from './commands/host.js';
import { registerList } from './commands/list.js';
import { registerPlan } from './commands/plan.js';
import { registerSetFleetToken } from './commands/set-fleet-token.js';
import { registerUp } from './commands/up.js';
import type { Docker } from './docker/docker.js';
import { Output, type Streams } from './output.js';
import type { ProvisionerConfig } from './provisioner.config.js';

const description = `Renders and keeps the stacks of tenants: portal, TimescaleDB and Grafana of one customer.

A tenant is a folder. tenant.yaml is yours; .env and compose.yaml follow from it.
Exit codes: 0 done, 1 failed, 2 changes pending (plan --detailed-exitcode), 3 some tenants failed or remain,
64 wrong command line. Ctrl-C stops at the next safe point and says what remains; --resume goes on with it.`;

const commands: readonly Register[] = [
  registerHost,
  registerCreate,
  registerPlan,
  registerApply,
  registerUp,
  registerDown,
  registerList,
  registerSetFleetToken,
  registerAudit,
];

/** What a run works on beside its command line. A test gives its own. */
export interface Surroundings {
  docker: Docker;
  /** Aborted to stop the run at its next safe point. */
  signal: AbortSignal;
}

/**
 * Runs one command line of the provisioner.
 * @param argv the arguments after the program's name
 * @returns the exit code; errors have been told by then
 */
export async function run(
  argv: readonly string[],
  config: ProvisionerConfig,
  streams: Streams & { stdin: NodeJS.ReadableStream },
  { docker, signal }: Surroundings,
): Promise<number> {
  const has = (option: string) => argv.includes(option);
  const output = new Output(streams, {
    json: has('--json'),
    noColour: config.noColour,
    quiet: has('--quiet'),
  });
  let exitCode = 0;
  const start: Start =
    (action) =>
    async (...args) => {
      // Commander hands over the positional arguments, then the options, then the command.
      const options = args.at(-2) as SharedOptions;
      const context: Context = {
        config: withRoot(config, options),
        output,
        stdin: streams.stdin,
        docker,
        signal,
      };
      exitCode = await action(context, options as never, ...(args.slice(0, -2) as never[]));
    };
  try {
    await program(config, streams, start).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return output.error(error);
    if (error.exitCode === 0) return 0;
    // With no command at all Commander has shown the help instead of a message.
    if (error.code === 'commander.help') return 64;
    return output.error(new CodedError('USAGE', { detail: error.message.replace(/^error: /, '') }));
  }
}

function program(config: ProvisionerConfig, streams: Streams, start: Start): Command {
  const program = new Command('wattfleet')
    .description(description)
    .version(config.version, '--version')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      // Told once, in our own words, by whoever catches it.
      outputError: () => {},
    });
  for (const register of commands) register(program, start);
  return program;
}

function withRoot(config: ProvisionerConfig, options: SharedOptions): ProvisionerConfig {
  return options.root === undefined ? config : { ...config, root: path.resolve(options.root) };
}
