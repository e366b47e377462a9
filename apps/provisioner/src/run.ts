import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { CodedError } from '#libs/errors';
import { registerApply } from './commands/apply.js';
import { registerAudit } from './commands/audit.js';
import { registerBackup } from './commands/backup.js';
import type { Context, Register, SharedOptions, Start } from './commands/context.js';
import { registerCompletion } from './commands/completion.js';
import { registerCreate } from './commands/create.js';
import { registerDecommission } from './commands/decommission.js';
import { registerDoctor } from './commands/doctor.js';
import { registerDown } from './commands/down.js';
import { registerHost } from './commands/host.js';
import { registerList } from './commands/list.js';
import { registerLogs } from './commands/logs.js';
import { registerVerify } from './commands/verify.js';
import { registerPlan } from './commands/plan.js';
import { registerRestore } from './commands/restore.js';
import { registerRollback } from './commands/rollback.js';
import { registerRotate } from './commands/rotate.js';
import { registerSetFleetToken } from './commands/set-fleet-token.js';
import { registerStatus } from './commands/status.js';
import { registerUp } from './commands/up.js';
import { registerUpdate } from './commands/update.js';
import type { Docker } from './docker/docker.js';
import { guide, reference } from './help-text.js';
import { Output, type Streams } from './output.js';
import type { ProvisionerConfig } from './provisioner.config.js';

/** In the order in which a tenant meets them. */
const commands: readonly { group: string; registers: readonly Register[] }[] = [
  { group: 'Prepare the host:', registers: [registerHost] },
  {
    group: 'Make and change:',
    registers: [registerCreate, registerPlan, registerApply, registerSetFleetToken],
  },
  { group: 'Run:', registers: [registerUp, registerDown] },
  { group: 'Update:', registers: [registerUpdate, registerRollback] },
  {
    group: 'Look:',
    registers: [registerList, registerStatus, registerVerify, registerLogs, registerDoctor, registerAudit],
  },
  { group: 'Keep:', registers: [registerRotate, registerBackup, registerRestore] },
  { group: 'Retire:', registers: [registerDecommission] },
  { group: 'Shell:', registers: [registerCompletion] },
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
    await commandLine(config.version, streams, start).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) return output.error(error);
    if (error.exitCode === 0) return 0;
    // With no command at all Commander has shown the help instead of a message.
    if (error.code === 'commander.help') return 64;
    return output.error(new CodedError('USAGE', { detail: error.message.replace(/^error: /, '') }));
  }
}

/** The whole command line, as run and help and the reference know it. */
export function commandLine(version: string, streams: Streams, start: Start): Command {
  const program = new Command('wattfleet')
    .description(guide)
    .addHelpText('after', reference)
    .version(version, '--version')
    .helpCommand(false)
    // Options belong to the command they stand behind: `backup list --json` is not an option of `backup`.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      // Told once, in our own words, by whoever catches it.
      outputError: () => {},
    });
  for (const { group, registers } of commands) {
    program.commandsGroup(group);
    for (const register of registers) register(program, start);
  }
  return program;
}

function withRoot(config: ProvisionerConfig, options: SharedOptions): ProvisionerConfig {
  return options.root === undefined ? config : { ...config, root: path.resolve(options.root) };
}
