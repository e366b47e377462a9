import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { meterFileText } from '../fixtures/meter-files.js';
import { docker, tryDocker } from './docker.js';
import type { Fleet, FleetTenant } from './fleet.js';
import { imageUnderTest } from './image-under-test.js';

const program = 'dist/apps/portal/src/main.js';

/** Ops' own file, which a backup holds, too: the portal's schedule stays out of the way of what the test does. */
export async function quietImports(tenant: FleetTenant): Promise<void> {
  // A machine at the end of its strength starts a portal slowly; that is no failure here.
  const patience = { start_period: '600s' };
  const portal = { environment: { IMPORT_INTERVAL_SECONDS: '86400' }, healthcheck: patience };
  const override = { services: { portal, timescaledb: { healthcheck: patience } } };
  await writeFile(path.join(tenant.folder, 'compose.override.yaml'), stringify(override));
}

/** Runs a script in a volume of the tenant, as its user there. @returns what it printed */
async function inVolume(
  tenant: FleetTenant,
  volume: string,
  script: string,
  { input = '', user = '1000:1000' } = {},
): Promise<string> {
  const mount = `${tenant.slug}_${volume}:/volume:nocopy`;
  const args = ['run', '--rm', '--interactive', `--user=${user}`, '--network=none', `--volume=${mount}`];
  const finished = await tryDocker([...args, imageUnderTest, 'sh', '-c', script], input);
  if (finished.exitCode !== 0) throw new Error(finished.stderr);
  return finished.stdout;
}

/** A generated meter file, imported by the portal; a logo's file; and a database as Grafana has one. */
export async function fill(tenant: FleetTenant): Promise<void> {
  const text = meterFileText({
    format: 'MV_T302_V002',
    masterSerial: '02003107',
    slaves: [{ serial: '04002211', channels: 2 }],
    start: new Date('2026-06-01T00:00:00Z'),
    rows: 3_000,
    intervalSeconds: 600,
  });
  const folder = '/volume/north-plant/02003107';
  await inVolume(tenant, 'portal-import', `mkdir -p ${folder} && cat > ${folder}/T302.tsv`, { input: text });
  const { portal: container = '' } = await tenant.containers();
  await docker('exec', container, 'node', program, 'import', '--data-folder', '/data/import', '--json');
  await inVolume(
    tenant,
    'portal-branding',
    `printf 'a logo' > /volume/logo.png && chmod 640 /volume/logo.png`,
  );
  const sqlite = `const { DatabaseSync } = require('node:sqlite'); const db = new DatabaseSync('/volume/grafana.db');
    db.exec("CREATE TABLE dashboard (title text); INSERT INTO dashboard VALUES ('Made by hand')")`;
  // The folder of the stand-in for Grafana is root's.
  const script = `node -e "${sqlite.replaceAll('"', '\\"')}" && chown -R 472:0 /volume`;
  await inVolume(tenant, 'grafana-data', script, { user: '0:0' });
}

/** What the volumes hold, with owners and modes; of Grafana's database its rows. */
export async function volumeContent(tenant: FleetTenant): Promise<string> {
  const list =
    'cd /volume && find . -type f ! -name grafana.db -printf "%p %U:%G %m " -exec cat {} + | sha256sum';
  const names = ['portal-branding', 'portal-keys', 'portal-import', 'portal-reports'];
  const sums = await Promise.all(names.map((name) => inVolume(tenant, name, list)));
  const sqlite = `const { DatabaseSync } = require('node:sqlite'); const db = new DatabaseSync('/volume/grafana.db');
    console.log(db.prepare('SELECT title FROM dashboard').all())`;
  const titles = await inVolume(tenant, 'grafana-data', `node -e "${sqlite}"`, { user: '472:0' });
  return [...sums, titles].join('');
}

const tables = [
  'site',
  'device',
  'channel',
  'measurement',
  'import_run',
  'import_file',
  'account',
  'branding',
];

/** MD5 of all rows of the tables that a portal does not change by itself. */
export async function databaseContent(tenant: FleetTenant): Promise<string> {
  const sums = tables.map(
    (table) =>
      `SELECT '${table}', count(*), md5(string_agg(row::text, ',' ORDER BY row::text)) FROM monitoring.${table} AS row`,
  );
  const { stdout, stderr } = await tenant.sql(sums.join(' UNION ALL '));
  if (stdout === '') throw new Error(stderr);
  return stdout;
}

/** A row that was written at some time, so that one database can be told from another. */
export async function mark(tenant: FleetTenant, name: string): Promise<void> {
  const { stderr } = await tenant.sql(`INSERT INTO monitoring.site (uid, slug, name, time_zone)
    VALUES (gen_random_uuid(), '${name}', '${name}', 'UTC')`);
  if (stderr !== '') throw new Error(stderr);
}

/** The marks in a database of the tenant's server. */
export async function marks(tenant: FleetTenant, database = 'power_monitoring'): Promise<string[]> {
  const { timescaledb = '' } = await tenant.containers();
  const statement = `SELECT slug FROM monitoring.site WHERE slug LIKE 'mark-%' ORDER BY 1`;
  const open = `ALTER DATABASE ${database} ALLOW_CONNECTIONS true`;
  const psql = ['exec', timescaledb, 'psql', '-XAtq', '-U', 'power_user'];
  await docker(...psql, '-d', 'postgres', '-c', open);
  const text = await docker(...psql, '-d', database, '-c', statement);
  return text.split('\n').filter((line) => line !== '');
}

export async function databases(tenant: FleetTenant): Promise<string[]> {
  const { stdout } = await tenant.sql(
    `SELECT datname FROM pg_database WHERE datname LIKE 'power_%' ORDER BY 1`,
  );
  return stdout.trim().split('\n');
}

/** Starts the provisioner and kills it, and nothing that it has started, some time after it has told of a step. */
export async function killAt(fleet: Fleet, args: string[], step: string, afterMs: number): Promise<void> {
  const child = fleet.start(...args);
  let told = '';
  child.stdout?.resume();
  child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!told.includes(step)) {
    if (isOver) throw new Error(`ended before "${step}":\n${told}`);
    await sleep(20);
  }
  await sleep(afterMs);
  child.kill('SIGKILL');
  await ended;
}

interface SealedManifest {
  database: { postgresql: string; timescaledb: string; tables: { checksum: string | null }[] };
  parts: { path: string; bytes: number; sha256: string }[];
}

/** Writes SHA256SUMS and the manifest as if a damaged archive had been made so. */
export async function reseal(folder: string, change: (manifest: SealedManifest) => void): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as SealedManifest;
  change(manifest);
  for (const part of manifest.parts) {
    const content = await readFile(path.join(folder, part.path));
    part.bytes = content.length;
    part.sha256 = createHash('sha256').update(content).digest('hex');
  }
  const text = JSON.stringify(manifest);
  await writeFile(path.join(folder, 'manifest.json'), text);
  await writeFile(
    path.join(folder, 'SHA256SUMS'),
    `${createHash('sha256').update(text).digest('hex')}  manifest.json\n`,
  );
}

/** Names of the complete archives of a tenant in the default place. */
export async function archives(fleet: Fleet, tenant: FleetTenant): Promise<string[]> {
  const names = await readdir(path.join(fleet.root, 'backups', tenant.slug)).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).toSorted();
}
