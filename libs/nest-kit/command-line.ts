import { Command, CommanderError } from 'commander';
import { endWhenOutputCloses } from '#libs/config';
import { CodedError } from '#libs/errors';
import { releaseMemoryAfterStart } from './release-memory.js';
import { version } from './version.js';

const usageExit = 64;

/** The command line of one of the two apps: `serve`, `health` and what the app adds. */
export function appCommandLine(name: string, serve: () => Promise<void>, healthUrl: () => string): Command {
  const program = new Command(name).version(version).exitOverride().showHelpAfterError();
  program
    .command('serve', { isDefault: true })
    .description('run the server')
    .action(async () => {
      await serve();
      releaseMemoryAfterStart();
    });
  program
    .command('health')
    .description('exit 0 when the server on this machine answers, for container health checks')
    .action(async () => {
      const response = await fetch(healthUrl(), { signal: AbortSignal.timeout(4_000) });
      process.exitCode = response.ok ? 0 : 1;
    });
  return program;
}

/** Runs the program's command and turns what goes wrong into a text on standard error and an exit code. */
export async function runCommandLine(program: Command): Promise<void> {
  endWhenOutputCloses();
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = report(error);
    // The embedded database's thread or a half-started server must not keep a failed process alive.
    if (process.exitCode !== 0) process.exit();
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExit;
  if (error instanceof CodedError) {
    process.stderr.write(`error ${error.code}: ${error.message}\n${error.entry.remedy}\n`);
    return error.code === 'USAGE' ? usageExit : 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
