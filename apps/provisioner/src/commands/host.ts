import { hasChanges, type HostSpec } from '#libs/stack';
import writeFileAtomic from 'write-file-atomic';
import { recordAudit } from '../audit/audit-log.js';
import { hostFile, tenantNetworks } from '../hosts/host.js';
import { planHost, type FolderPlan } from '../hosts/host-plan.js';
import { startHost, type StartedHost } from '../hosts/start-host.js';
import { readSubnets } from '../hosts/subnets.js';
import { installCommands, installUnits, writeHost } from '../hosts/write-host.js';
import { listTenants } from '../tenants/select-tenants.js';
import { withTenantLock } from '../tenants/tenant-lock.js';
import { readOrMakeHost, type HostOptions } from './host-options.js';
import { shared, wholeNumber, type Context, type Register, type SharedOptions } from './context.js';
import { showPlan, summary } from './show-plan.js';

interface HostInitOptions extends SharedOptions, HostOptions {
  dryRun?: true;
  /** False with `--no-start`. */
  start: boolean;
  installUnits?: true | string;
  waitSeconds: number;
}

export const registerHost: Register = (program, start) => {
  const host = program
    .command('host')
    .summary('set up this host: edge proxy, networks, shared stacks')
    .description('What belongs to the host and not to one tenant.')
    .helpCommand(false);
  const init = host
    .command('init')
    .summary('render and start the shared stacks after host.yaml')
    .description(
      'Brings this host after its host.yaml, which the first run writes: the edge proxy with its ' +
        'certificates, the ranges that all networks come from, Admin, monitoring and SFTP where they are ' +
        'asked for, and a timer for backups. Run it again after every edit of host.yaml; what is as it ' +
        'should be is left alone.',
    )
    .option('--email <address>', "for the host's account at Let's Encrypt (first run)")
    .option('--certificates <dir>', "the host's own certificates, NAME.crt and NAME.key, instead (first run)")
    .option('--admin-host <name>', 'run Admin here, under this host name (first run)')
    .option('--admin-email <address>', 'first operator of Admin (first run; default: --email)')
    .option(
      '--pool <range>',
      'private range for all networks of this host (first run; default: 10.200.0.0/14)',
    )
    .option('--dry-run', 'show what would change, and change nothing')
    .option('--no-start', 'write the files and start nothing')
    .option('--install-units [dir]', 'also put the timer into /etc/systemd/system, or another folder')
    .option('--wait-seconds <n>', 'how long a stack may take to become healthy', wholeNumber(1), 300);
  shared(init, ['host init --email ops@example.com', 'host init --dry-run']).action(start(hostInit));
};

async function hostInit(context: Context, options: HostInitOptions): Promise<number> {
  const { config } = context;
  const { spec, yaml } = await readOrMakeHost(config, options);
  if (options.dryRun) return showDryRun(context, await planHost(config, spec, true), yaml);
  return withTenantLock(config.root, 'edge', 'wattfleet host init', async () => {
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 100) / 10;
    const entry = { command: 'host init', tenant: null };
    await recordAudit(config.root, { ...entry, result: 'started' });
    try {
      const done = await carryOut(context, options, spec, yaml);
      await recordAudit(config.root, { ...entry, result: 'done', seconds: seconds(), detail: done });
      return 0;
    } catch (error) {
      const detail = context.output.describe(error).code;
      await recordAudit(config.root, { ...entry, result: 'failed', seconds: seconds(), detail });
      throw error;
    }
  });
}

/** Writes, starts and tells. @returns what was done, in a few words */
async function carryOut(
  context: Context,
  options: HostInitOptions,
  spec: HostSpec,
  yaml: string | undefined,
): Promise<string> {
  const { config, output } = context;
  if (yaml !== undefined) await writeFileAtomic(hostFile(config.root), yaml, { mode: 0o644 });
  const folders = await planHost(config, spec, false);
  const written = [
    ...(yaml === undefined ? [] : ['host.yaml']),
    ...(await writeHost(config.root, spec, folders)),
  ];
  const started = options.start ? await startHost(context, spec, options.waitSeconds) : undefined;
  const commands = await unitCommands(context, options, folders, written);
  const text = told(written, started);
  output.result({ root: config.root, written, ...started, commands }, text);
  const next = [...commands, ...(await tenantCommands(config.root))];
  if (next.length > 0) output.note(['Next:', ...next.map((command) => `  ${command}`)].join('\n'));
  return text.split('\n')[0] ?? '';
}

/** What is left to do for the timer: nothing when its files did not change. */
async function unitCommands(
  { config }: Context,
  { installUnits: install }: HostInitOptions,
  folders: readonly FolderPlan[],
  written: readonly string[],
): Promise<string[]> {
  const units = folders.find(({ name }) => name === 'systemd');
  if (install !== undefined && units !== undefined) {
    return installUnits(units, install === true ? '/etc/systemd/system' : install);
  }
  return written.some((file) => file.startsWith('systemd/')) ? installCommands(config.root) : [];
}

/** What is left to do for tenants that were made before their host was set up: they have no ranges yet. */
async function tenantCommands(root: string): Promise<string[]> {
  const subnets = await readSubnets(root);
  const without = (await listTenants(root)).filter((slug) => !subnets.has(tenantNetworks(slug)[0]));
  if (without.length === 0) return [];
  const some = without.length > 3 ? `${without.slice(0, 3).join(' ')} …` : without.join(' ');
  return [
    `wattfleet apply ${some}   (made before this host was set up: networks of their own ranges)`,
    `wattfleet up ${some}`,
  ];
}

function told(written: readonly string[], started: StartedHost | undefined): string {
  const lines = [
    ...(written.length === 0 ? [] : [`Written: ${written.join(', ')}`]),
    ...(started?.started ?? []).map(({ stack, containers }) => `Started: ${stack}, ${containers} containers`),
    ...(started?.stopped ?? []).map((stack) => `Stopped: ${stack}`),
    ...joinedLine('Traefik', started?.joined),
    ...joinedLine('SFTP', started?.sftpJoined),
  ];
  return lines.length === 0 ? 'No changes: the host is as host.yaml says.' : lines.join('\n');
}

function joinedLine(who: string, networks: readonly string[] = []): string[] {
  return networks.length === 0 ? [] : [`${who} joined: ${networks.join(', ')}`];
}

function showDryRun(
  { output, config }: Context,
  folders: readonly FolderPlan[],
  yaml: string | undefined,
): number {
  const host = yaml === undefined ? [] : [newFile('host.yaml', yaml)];
  const files = [
    ...host,
    ...folders.flatMap(({ name, files }) => files.map((file) => ({ ...file, path: `${name}/${file.path}` }))),
  ];
  output.result(
    { root: config.root, changes: hasChanges(files), files },
    `${showPlan(files, output.colours)}${summary(files, 'host.yaml')}`,
  );
  if (hasChanges(files)) output.note('Write and start with: wattfleet host init');
  return 0;
}

function newFile(path: string, text: string) {
  const diff = text
    .trimEnd()
    .split('\n')
    .map((line) => ({ kind: 'added' as const, text: line }));
  return { path, action: 'create' as const, diff };
}
