import path from 'node:path';
import { Command } from 'commander';
import { readEnvironment, variable, type Environment } from '#libs/config';
import { CodedError } from '#libs/errors';

export interface DemoOptions {
  dataFolder: string;
  /** Folder of the meter files to import; the generated ones when undefined. */
  meterFiles: string | undefined;
  once: boolean;
  json: boolean;
  fresh: boolean;
  portalPort: number;
  adminPort: number;
}

const examples = `
Examples:
  $ npm start
  $ npm start -- --meter-files ~/meter-files
  $ npm start -- --once --json --data-dir /tmp/wattfleet

Ports are set with PORTAL_PORT (4100) and ADMIN_PORT (4000). Ctrl-C stops everything; the next start goes on with the
same data, --fresh begins anew. Meter files lie at <folder>/<site>/<device serial>/<file>.tsv and are copied first.`;

const ports = {
  PORTAL_PORT: variable.port('Port of the portal.', { default: '4100' }),
  ADMIN_PORT: variable.port('Port of Admin.', { default: '4000' }),
};

interface Flags {
  dataDir: string;
  meterFiles?: string;
  once?: boolean;
  json?: boolean;
  fresh?: boolean;
}

/**
 * Reads the command line of `npm start`.
 * @throws CommanderError, CodedError USAGE, CONFIG_INVALID
 */
export function readOptions(argv: readonly string[], environment: Environment): DemoOptions {
  const program = new Command('npm start --')
    .description(
      'Run Admin and one tenant’s portal on this machine, and take meter files all the way through.',
    )
    .option('--data-dir <dir>', 'folder that keeps everything', '.wattfleet')
    .option('--meter-files <dir>', 'import copies of these meter files instead of generated ones')
    .option('--once', 'stop when the numbers are in, with exit code 0 only if nothing was lost')
    .option('--json', 'print one JSON object on standard output, and nothing else there')
    .option('--fresh', 'delete what the folder keeps and begin anew')
    .addHelpText('after', examples)
    .allowExcessArguments(false)
    .exitOverride();
  program.parse([...argv], { from: 'user' });
  const flags = program.opts<Flags>();
  const values = readEnvironment(ports, environment);
  if (flags.json && !flags.once) {
    throw new CodedError('USAGE', { problems: [{ path: '--json', message: 'needs --once' }] });
  }
  return {
    dataFolder: path.resolve(flags.dataDir),
    meterFiles: flags.meterFiles === undefined ? undefined : path.resolve(flags.meterFiles),
    once: flags.once ?? false,
    json: flags.json ?? false,
    fresh: flags.fresh ?? false,
    portalPort: values.PORTAL_PORT,
    adminPort: values.ADMIN_PORT,
  };
}
