import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { envValues, parseEnvFile } from '#libs/stack';
import { docker } from './docker.js';
import { askSecurely, type Answer, type Asked } from './edge.js';
import { imageUnderTest, repository } from './image-under-test.js';
import { images } from './requirements.js';

const run = promisify(execFile);

/** Begins the names of all stacks and networks of the host's own. What bears it is removed. */
export const prefix = 'wattfleet-iso-';
const pool = '10.233.0.0/16';

/** What tells hosts that are tested beside each other apart. */
export interface HostNames {
  prefix: string;
  pool: string;
}

/** A host as ops set it up: with `wattfleet host init`, its own certificates and ports of its own. */
export class HostUnderTest {
  private constructor(
    readonly root: string,
    readonly ports: { http: number; https: number; sftp: number },
    readonly prefix: string,
  ) {}

  /** A root with a host.yaml for the images of this machine. Nothing runs yet. */
  static async create(names: HostNames = { prefix, pool }): Promise<HostUnderTest> {
    const root = await mkdtemp(path.join(tmpdir(), 'wattfleet-host-'));
    const ports = { http: await freePort(), https: await freePort(), sftp: await freePort() };
    const host = new HostUnderTest(root, ports, names.prefix);
    const certificates = path.join(root, '.certificates');
    await mkdir(certificates);
    await makeCertificate(certificates, 'portal.example.com');
    await host.wattfleet('host', 'init', '--certificates', certificates, '--pool', names.pool, '--no-start');
    const { timescaledb, traefik, socketProxy, sftpgo } = images;
    await host.edit({
      listen: { address: '127.0.0.1', ...host.ports },
      networks: { pool: names.pool, namePrefix: names.prefix },
      images: { timescaledb, traefik, socketProxy, sftp: sftpgo, admin: imageUnderTest },
    });
    return host;
  }

  /** Changes keys of host.yaml. */
  async edit(changes: object): Promise<void> {
    const file = path.join(this.root, 'host.yaml');
    const present = parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, stringify({ ...present, ...changes }));
  }

  /** Makes a tenant with the images of this machine. */
  async createTenant(slug: string, host: string, ...options: string[]): Promise<void> {
    const code = slug.toUpperCase();
    await this.wattfleet('create', code, '--host', host, ...options);
    const file = path.join(this.root, slug, 'tenant.yaml');
    const { timescaledb, grafana } = images;
    const tenant = parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, stringify({ ...tenant, images: { portal: imageUnderTest, timescaledb, grafana } }));
    await this.wattfleet('apply', code);
  }

  /** Runs the provisioner on this root. @returns its standard output */
  async wattfleet(...args: string[]): Promise<string> {
    const command = ['run', '--silent', 'wattfleet', '--', ...args, '--root', this.root];
    const { stdout } = await run('npm', command, { cwd: repository });
    return stdout;
  }

  /** Asks the edge over https. */
  ask(host: string, at: string, asked: Asked = {}): Promise<Answer> {
    return askSecurely(this.ports.https, at, { host, ...asked });
  }

  /** Id of a service's container, running or not. */
  async container(project: string, service: string): Promise<string> {
    const of = [`label=com.docker.compose.project=${project}`, `label=com.docker.compose.service=${service}`];
    return docker('ps', '--all', '--quiet', '--no-trunc', ...of.flatMap((filter) => ['--filter', filter]));
  }

  /** All secrets of all stacks below the root. */
  async secrets(...stacks: string[]): Promise<string[]> {
    const texts = await Promise.all(
      stacks.map((stack) => readFile(path.join(this.root, stack, '.env'), 'utf8')),
    );
    const values = texts.flatMap((text) => [...envValues(parseEnvFile(text))]);
    return values.flatMap(([name, value]) => (/_(PASSWORD|SECRET|TOKEN|SEED)$/.test(name) ? [value] : []));
  }

  /** Removes everything that bears the prefix, and the files. */
  async remove(): Promise<void> {
    await removeHost(this.prefix);
    await rm(this.root, { recursive: true, force: true });
  }
}

/** Removes what this run or one that was killed has left of the host's and the tenants' stacks. */
export async function removeHost(ofHost = prefix): Promise<void> {
  const lines = async (...args: string[]) =>
    (await docker(...args)).split('\n').filter((line) => line !== '');
  const format = ['--format', '{{.Label "com.docker.compose.project"}}\t{{.ID}}'];
  const containers = await lines('ps', '--all', '--filter', 'label=com.docker.compose.project', ...format);
  const ours = containers.filter((line) => line.startsWith(ofHost)).map((line) => line.split('\t')[1] ?? '');
  if (ours.length > 0) await docker('rm', '--force', '--volumes', ...ours);
  for (const kind of ['volume', 'network']) {
    const names = await lines(kind, 'ls', '--format', '{{.Name}}');
    const found = names.filter((name) => name.replace(/^0-/, '').startsWith(ofHost));
    if (found.length > 0) await docker(kind, 'rm', ...found);
  }
}

/** A certificate for all names one level below `domain`, and itself. */
async function makeCertificate(folder: string, domain: string): Promise<void> {
  const files = ['-keyout', path.join(folder, 'portal.key'), '-out', path.join(folder, 'portal.crt')];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = ['-subj', `/CN=${domain}`, '-addext', `subjectAltName=DNS:${domain},DNS:*.${domain}`];
  await run('openssl', ['req', '-x509', '-days', '2', ...key, ...names, ...files]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
