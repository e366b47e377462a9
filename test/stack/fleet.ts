import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseDocument } from 'yaml';
import { envValues, parseEnvFile } from '#libs/stack';
import { docker, tryDocker, type Finished } from './docker.js';
import { imageUnderTest, repository } from './image-under-test.js';
import { images } from './requirements.js';

/** Begins the codes of the tenants; what bears it is removed. Another one lets two runs share an engine. */
// oxlint-disable-next-line node/no-process-env -- a setting of the test run
const prefix = process.env['WATTFLEET_TEST_PREFIX'] ?? 'WATTFLEET-TEST';

const source = path.join(repository, 'apps/provisioner/src');
const program = ['--conditions=source', '--import', path.join(source, 'testing/source-hooks.mjs')];

/** Several tenants on one engine, as ops have them: made, started and changed with the provisioner. */
export class Fleet {
  private constructor(readonly root: string) {}

  static async create(...names: string[]): Promise<{ fleet: Fleet; tenants: FleetTenant[] }> {
    const fleet = new Fleet(await mkdtemp(path.join(tmpdir(), 'wattfleet-fleet-')));
    const tenants = names.map((name) => new FleetTenant(fleet, `${prefix}-${name}`));
    for (const tenant of tenants) {
      await removeStack(tenant.slug);
      await tenant.create();
    }
    return { fleet, tenants };
  }

  /** Runs the provisioner as a process of its own. */
  start(...args: string[]): ChildProcess {
    const argv = [...program, path.join(source, 'main.ts'), ...args, '--root', this.root];
    const env = { PATH: process.env['PATH'], NO_COLOR: '1' };
    return spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Runs the provisioner to its end. */
  async wattfleet(...args: string[]): Promise<Finished> {
    const child = this.start(...args);
    const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
    const streams = [child.stdout, child.stderr].map((stream) => (stream === null ? '' : text(stream)));
    const [exitCode, stdout = '', stderr = ''] = await Promise.all([ended, ...streams]);
    return { exitCode, stdout, stderr };
  }

  async remove(tenants: readonly FleetTenant[]): Promise<void> {
    for (const { slug } of tenants) await removeStack(slug);
    await rm(this.root, { recursive: true, force: true });
  }
}

/** One tenant of the fleet. */
export class FleetTenant {
  constructor(
    private readonly fleet: Fleet,
    readonly code: string,
  ) {}

  get slug(): string {
    return this.code.toLowerCase();
  }

  get host(): string {
    return `${this.slug}.portal.example.com`;
  }

  get folder(): string {
    return path.join(this.fleet.root, this.slug);
  }

  /** With the images of this machine. Nothing runs yet. */
  async create(): Promise<void> {
    const { stderr, exitCode } = await this.fleet.wattfleet('create', this.code, '--host', this.host);
    if (exitCode !== 0) throw new Error(stderr);
    const { timescaledb, grafana } = images;
    await this.edit('images', { portal: imageUnderTest, timescaledb, grafana });
    await this.fleet.wattfleet('apply', this.code);
  }

  /** Sets a key of `tenant.yaml`. */
  async edit(key: string, value: unknown): Promise<void> {
    const file = path.join(this.folder, 'tenant.yaml');
    const document = parseDocument(await readFile(file, 'utf8'));
    document.set(key, document.createNode(value));
    await writeFile(file, document.toString());
  }

  /** Ids of the running containers by service. */
  async containers(): Promise<Record<string, string>> {
    const format = '{{.Label "com.docker.compose.service"}} {{.ID}}';
    const filter = `label=com.docker.compose.project=${this.slug}`;
    const lines = await docker('ps', '--no-trunc', '--filter', filter, '--format', format);
    return Object.fromEntries(lines.split('\n').map((line) => line.split(' ')));
  }

  /** Runs a statement in the tenant's database: as its owner on the socket, or over the network with a password. */
  async sql(statement: string, role?: { user: string; password: string }): Promise<Finished> {
    const { timescaledb = '' } = await this.containers();
    const account = role ? ['-W', '-h', 'timescaledb', '-U', role.user] : ['-U', 'power_user'];
    const client = ['psql', '-XAt', '-v', 'ON_ERROR_STOP=1', '-d', 'power_monitoring', '-c', statement];
    return tryDocker(['exec', '-i', timescaledb, ...client, ...account], role ? `${role.password}\n` : '');
  }

  /** The values of `.env` by name. */
  async env(): Promise<Record<string, string>> {
    const content = await readFile(path.join(this.folder, '.env'), 'utf8');
    return Object.fromEntries(envValues(parseEnvFile(content)));
  }
}

async function removeStack(slug: string): Promise<void> {
  const label = `label=com.docker.compose.project=${slug}`;
  const ids = await docker('ps', '--all', '--quiet', '--filter', label);
  if (ids !== '') await docker('rm', '--force', '--volumes', ...ids.split('\n'));
  // Traefik and Admin of a run that was killed stand in its networks, too.
  const networks = await docker('network', 'ls', '--quiet', '--filter', label);
  for (const network of networks.split('\n').filter((id) => id !== '')) {
    const format = '{{range $id, $container := .Containers}}{{$id}} {{end}}';
    const joined = (await docker('network', 'inspect', '--format', format, network)).trim();
    if (joined !== '') await docker('rm', '--force', '--volumes', ...joined.split(' '));
    await docker('network', 'rm', network);
  }
  const volumes = await docker('volume', 'ls', '--quiet', '--filter', label);
  if (volumes !== '') await docker('volume', 'rm', ...volumes.split('\n'));
}
