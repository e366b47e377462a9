import type { Command } from 'commander';
import type { Output } from '../output.js';
import type { ProvisionerConfig } from '../provisioner.config.js';

/** What a command works with. `config.root` is the folder that `--root` names, if it is given. */
export interface Context {
  config: ProvisionerConfig;
  output: Output;
  stdin: NodeJS.ReadableStream;
}

/** Adds a command to the program; it answers with its exit code. */
export type Register = (program: Command, start: Start) => void;

/** Runs `action` with the context that its options ask for. Which options it gets is what its command declares. */
export type Start = (
  action: (context: Context, options: never, ...args: string[]) => Promise<number>,
) => (...args: unknown[]) => Promise<void>;

export interface SharedOptions {
  root?: string;
  json?: true;
}

/** The options every command has, and its two examples. */
export function shared(command: Command, examples: [string, string]): Command {
  return command
    .option('--root <dir>', "folder of the tenants' folders (default: WATTFLEET_ROOT or /srv/portal)")
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ wattfleet ${example}\n`).join('')}`);
}
