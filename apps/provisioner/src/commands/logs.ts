import { InvalidArgumentError } from 'commander';
import pMap from 'p-map';
import { CodedError } from '#libs/errors';
import { buildStack } from '#libs/stack';
import { composeLogs } from '../docker/logs.js';
import { selectTenants } from '../tenants/select-tenants.js';
import { readTenant } from '../tenants/tenant.js';
import {
  selecting,
  shared,
  wholeNumber,
  type Context,
  type Register,
  type SelectionOptions,
} from './context.js';

interface LogsOptions extends SelectionOptions {
  follow?: true;
  service?: string[];
  since?: string;
  tail?: number;
}

/** Each is a process that stays open. */
const mostFollowed = 20;

export const registerLogs: Register = (program, start) => {
  const command = program
    .command('logs')
    .summary('show what the containers of tenants say')
    .description(
      'Shows the logs of one or several tenants, each line with its service. With --follow until Ctrl-C.',
    );
  selecting(command)
    .option('--follow', 'go on with what comes, until Ctrl-C')
    .option('--service <name...>', 'of these services alone: portal, timescaledb, grafana')
    .option(
      '--since <time>',
      'from a time on, such as 2026-11-21T20:00:00Z, or so long ago, such as 90m',
      timeOrAge,
    )
    .option('--tail <n>', 'so many lines of each service', wholeNumber(0));
  shared(command, [
    'logs ABC0001 --follow --service portal',
    'logs --selector region=north --since 1h --json',
  ]).action(start(logs));
};

async function logs(context: Context, options: LogsOptions, codes: string[]): Promise<number> {
  const { config, docker, output, signal } = context;
  const { all, selector, follow, service: services, since, tail } = options;
  const slugs = await selectTenants(config, { codes, all, selector });
  if (follow && slugs.length > mostFollowed) {
    const message = `follows at most ${mostFollowed} tenants; these are ${slugs.length}`;
    throw new CodedError('USAGE', { problems: [{ path: '--follow', message }] });
  }
  output.event({ event: 'start', version: 1, command: 'logs', tenants: slugs.length });
  const one = async (slug: string): Promise<void> => {
    if (signal.aborted) return;
    const tenant = await readTenant(config, slug);
    assertServices(services, Object.keys(buildStack(tenant.spec, config, tenant.secrets).compose.services));
    let lines = 0;
    const onLine = (line: string) => {
      lines += 1;
      output.event({ event: 'line', tenant: slug, ...parts(line) });
      output.text(slugs.length > 1 ? `${slug}  ${line}` : line);
    };
    await docker.run(composeLogs(tenant.folder, { follow, services, since, tail }), { onLine, signal });
    if (lines === 0) output.note(`${slug}: no lines; wattfleet status ${slug} says whether it runs`);
  };
  // One after the other, so that the lines of a tenant stay together, unless they are watched as they come.
  await pMap(slugs, one, { concurrency: follow ? slugs.length : 1 });
  return 0;
}

/** Of `abc0001-portal-1  | {"level":30}`. */
function parts(line: string): { container: string; text: string } {
  const at = line.indexOf('|');
  return { container: line.slice(0, Math.max(0, at)).trim(), text: line.slice(at + 1).replace(/^ /, '') };
}

function assertServices(given: readonly string[] = [], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const message = `is ${unknown}; the services are ${known.join(', ')}`;
  throw new CodedError('USAGE', { problems: [{ path: '--service', message }] });
}

function timeOrAge(text: string): string {
  if (/^\d+[smh]$/.test(text) || /^\d+h\d+m$/.test(text)) return text;
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('must be a time such as 2026-11-21T20:00:00Z, or an age such as 90m');
}
