import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { envValues, parseEnvFile } from '#libs/stack';
import { docker, tryDocker, type Finished } from './docker.js';
import { imageUnderTest, repository } from './image-under-test.js';
import { images } from './requirements.js';

const run = promisify(execFile);

/** Not a code that anybody's tenant has: what bears its name is removed. */
const code = 'WATTFLEET-STACK-TEST';
export const slug = code.toLowerCase();
export const host = 'stack-test.portal.example.com';
export const adminEmail = `admin@${host}`;

/** A tenant's stack as ops make it: with the provisioner and Docker Compose. */
export class TenantStack {
  private constructor(private readonly root: string) {}

  /** Renders the tenant with the images of this machine. Nothing runs yet. */
  static async create(): Promise<TenantStack> {
    const stack = new TenantStack(await mkdtemp(path.join(tmpdir(), 'wattfleet-stack-')));
    await stack.wattfleet('create', code, '--host', host);
    const file = path.join(stack.folder, 'tenant.yaml');
    const tenant: Record<string, unknown> = parse(await readFile(file, 'utf8'));
    const { timescaledb, grafana } = images;
    await writeFile(file, stringify({ ...tenant, images: { portal: imageUnderTest, timescaledb, grafana } }));
    await stack.wattfleet('apply', code);
    // Ops' own file: the portal's schedule stays out of the way of the import that the test starts.
    const override = { services: { portal: { environment: { IMPORT_INTERVAL_SECONDS: '86400' } } } };
    await writeFile(path.join(stack.folder, 'compose.override.yaml'), stringify(override));
    return stack;
  }

  get folder(): string {
    return path.join(this.root, slug);
  }

  /** Runs the provisioner on this tenant's root. @returns its standard output */
  async wattfleet(...args: string[]): Promise<string> {
    const command = ['run', '--silent', 'wattfleet', '--', ...args, '--root', this.root];
    const { stdout } = await run('npm', command, { cwd: repository });
    return stdout;
  }

  compose(...args: string[]): Promise<string> {
    return docker('compose', '--project-directory', this.folder, ...args);
  }

  /** Starts the stack and waits until every service is healthy. */
  async up(): Promise<void> {
    await this.compose('up', '--detach', '--wait', '--wait-timeout', '240');
  }

  /** Id of the container of a service. */
  container(service: string): Promise<string> {
    return this.compose('ps', '--quiet', service);
  }

  /** Runs a statement as the tenant's own role, or over TCP as another. @returns the rows, columns parted by `|` */
  async sql(statement: string, role?: { user: string; password: string }): Promise<Finished> {
    const as = role && ['--env', `PGPASSWORD=${role.password}`];
    const client = ['psql', '-XAt', '-v', 'ON_ERROR_STOP=1', '-d', 'power_monitoring', '-c', statement];
    const account = role ? ['-h', '127.0.0.1', '-U', role.user] : ['-U', 'power_user'];
    return tryDocker(['exec', ...(as ?? []), await this.container('timescaledb'), ...client, ...account]);
  }

  /** Rows of the tenant's measurements. */
  async countMeasurements(): Promise<number> {
    return Number((await this.sql('SELECT count(*) FROM monitoring.measurement')).stdout);
  }

  /** The secrets of `.env` by name. */
  async secrets(): Promise<Map<string, string>> {
    const values = envValues(parseEnvFile(await readFile(path.join(this.folder, '.env'), 'utf8')));
    return new Map([...values].filter(([name]) => /_(PASSWORD|SECRET|TOKEN)$/.test(name)));
  }

  /** Removes containers, volumes, networks and files. */
  async remove(): Promise<void> {
    await this.compose('down', '--volumes', '--remove-orphans', '--timeout', '5').catch(console.error);
    await rm(this.root, { recursive: true, force: true });
  }
}

/** Removes what a run that was killed has left. */
export async function removeLeftovers(): Promise<void> {
  const label = `label=com.docker.compose.project=${slug}`;
  const own = `label=wattfleet.test=${slug}`;
  for (const filter of [own, label]) {
    const ids = await docker('ps', '--all', '--quiet', '--filter', filter);
    if (ids !== '') await docker('rm', '--force', '--volumes', ...ids.split('\n'));
  }
  for (const kind of ['volume', 'network']) {
    const ids = await docker(kind, 'ls', '--quiet', '--filter', label);
    if (ids !== '') await docker(kind, 'rm', ...ids.split('\n'));
  }
}
