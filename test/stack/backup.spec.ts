import { cp, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  archives,
  databaseContent,
  databases,
  fill,
  killAt,
  mark,
  marks,
  quietImports,
  reseal,
  volumeContent,
} from './backup-world.js';
import { docker } from './docker.js';
import { FleetAdmin } from './fleet-admin.js';
import { FleetEdge } from './fleet-edge.js';
import { Fleet, type FleetTenant } from './fleet.js';
import { linesOf, runLine } from './how-to-lines.js';
import { skipsStack } from './requirements.js';

describe.skipIf(skipsStack)('backup and restore', () => {
  let fleet: Fleet;
  let tenant: FleetTenant;
  let admin: FleetAdmin | undefined;

  beforeAll(async () => {
    const made = await Fleet.create('BACKUP');
    fleet = made.fleet;
    [tenant] = made.tenants as [FleetTenant];
    await quietImports(tenant);
    await done('up', tenant.code, '--wait-seconds', '600');
    await fill(tenant);
  });

  afterAll(async () => {
    await admin?.remove();
    await fleet?.remove([tenant]);
  });

  async function done(...args: string[]): Promise<string> {
    const finished = await fleet.wattfleet(...args);
    expect(finished, `${finished.stdout}\n${finished.stderr}`).toMatchObject({ exitCode: 0 });
    return finished.stdout;
  }

  const archiveFolder = (name: string) => path.join(fleet.root, 'backups', tenant.slug, name);
  const page = (line: string) => runLine(fleet, line, { ABC0001: tenant.code, abc0001: tenant.slug });

  /** What the engine has of the tenant, by kind. */
  async function remains(slug: string): Promise<string[]> {
    const found = [
      await docker('ps', '--all', '--format', '{{.Names}} {{.Labels}}'),
      await docker('volume', 'ls', '--format', '{{.Name}} {{.Labels}}'),
      await docker('network', 'ls', '--format', '{{.Name}}'),
    ];
    return found.flatMap((text) =>
      text
        .split('\n')
        .filter(
          (line) => line.includes(`${slug}_`) || line.includes(`=${slug}`) || line.startsWith(`${slug}-`),
        ),
    );
  }

  it('makes an archive that only its owner can read, while the tenant runs', async () => {
    await done('backup', tenant.code);
    const [name = ''] = await archives(fleet, tenant);
    const entries = await readdir(archiveFolder(name), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const { mode } = await stat(path.join(entry.parentPath, entry.name));
      expect((mode & 0o777).toString(8), entry.name).toBe(entry.isFile() ? '600' : '700');
    }
    const manifest = JSON.parse(await readFile(path.join(archiveFolder(name), 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      code: tenant.code,
      reason: 'by hand',
      volumes: expect.arrayContaining(['portal-import']),
    });
    expect(manifest.database.postgresql).toMatch(/^17\./);
    const measurements = manifest.database.tables.find(
      ({ table }: { table: string }) => table === 'monitoring.measurement',
    );
    const { stdout } = await tenant.sql('SELECT count(*) FROM monitoring.measurement');
    expect(measurements.rows).toBe(Number(stdout));
    expect(measurements.rows).toBeGreaterThan(10_000);
  });

  it('lists no archive that was cut off, and clears it away', async () => {
    const before = await archives(fleet, tenant);
    await killAt(fleet, ['backup', tenant.code], 'dumping the database', 300);
    const folder = path.join(fleet.root, 'backups', tenant.slug);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toHaveLength(1);
    const { archives: listed } = JSON.parse(await done('backup', 'list', tenant.code, '--json'));
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(before);
    await done('backup', tenant.code);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('leaves no scratch server behind for longer than until the next run', async () => {
    const scratch = ['ps', '--all', '--quiet', '--filter', `label=wattfleet.scratch=${tenant.slug}`];
    await killAt(fleet, ['backup', 'verify', tenant.code], 'restoring into the scratch', 200);
    expect(await docker(...scratch)).not.toBe('');
    await done('backup', 'verify', tenant.code);
    expect(await docker(...scratch)).toBe('');
  });

  it('goes through the disaster drill, command by command', async () => {
    const password = (await tenant.env())['DEFAULT_ADMIN_PASSWORD'] ?? '';
    const before = {
      database: await databaseContent(tenant),
      volumes: await volumeContent(tenant),
      env: await tenant.env(),
    };
    for (const line of await linesOf('disaster-drill.md')) {
      await page(line);
      if (!line.includes('restore') || line.includes('--drop-old')) continue;
      expect(await databaseContent(tenant)).toBe(before.database);
      expect(await volumeContent(tenant)).toBe(before.volumes);
    }
    expect(await tenant.env()).toEqual(before.env);
    expect(await databases(tenant)).toEqual(['power_monitoring']);
    const edge = await FleetEdge.start([tenant]);
    const email = `admin@${tenant.host}`;
    expect(await edge.signIn(tenant, { email, password })).toMatchObject({ status: 200 });
    await edge.remove();
    const reader = { user: 'grafana_reader', password: before.env['GRAFANA_DATABASE_PASSWORD'] ?? '' };
    expect(await tenant.sql('SELECT count(*) > 0 FROM grafana.measurement', reader)).toMatchObject({
      exitCode: 0,
    });
    expect(await done('backup', 'list', tenant.code)).toMatch(/\d\d:\d\d {2}20\d\d/);
    expect((await remains(tenant.slug)).filter((line) => /scratch|_before_/.test(line))).toEqual([]);
  });

  describe('refuses, and leaves the running database alone:', () => {
    let sound: string;
    let containers: Record<string, string>;

    beforeAll(async () => {
      sound = archiveFolder((await archives(fleet, tenant)).at(-1) ?? '');
      await mark(tenant, 'mark-after-the-backup');
      containers = await tenant.containers();
    });

    /** A copy of the sound archive with some damage. */
    async function damaged(name: string, damage: (folder: string) => Promise<void>): Promise<string> {
      const folder = path.join(fleet.root, 'damaged', name);
      await cp(sound, folder, { recursive: true });
      await damage(folder);
      return folder;
    }

    /** Tries to restore, and tells how it ended and what the tenant is afterwards. */
    async function attempt(from: string) {
      const { exitCode, stdout, stderr } = await fleet.wattfleet(
        'restore',
        tenant.code,
        '--from',
        from,
        '--json',
      );
      const told = stdout + stderr;
      return {
        exitCode,
        code: /"code":"(\w+)"/.exec(told)?.[1],
        told,
        containers: await tenant.containers(),
        marks: await marks(tenant),
        databases: await databases(tenant),
      };
    }

    const refusal = (code: string, message: string) => ({
      exitCode: 1,
      code,
      told: expect.stringContaining(message) as string,
      containers,
      marks: ['mark-after-the-backup'],
      databases: ['power_monitoring'],
    });

    it('a dump that is cut off', async () => {
      const folder = await damaged('cut', (folder) => truncate(path.join(folder, 'database.dump'), 5_000));
      expect(await attempt(folder)).toEqual(refusal('ARCHIVE_INVALID', 'bytes instead of'));
    });

    it('a dump that was cut off before its sums were made', async () => {
      const folder = await damaged('cut-early', async (folder) => {
        const { size } = await stat(path.join(folder, 'database.dump'));
        await truncate(path.join(folder, 'database.dump'), size - 2_000);
        await reseal(folder, () => undefined);
      });
      expect(await attempt(folder)).toEqual(refusal('DOCKER_FAILED', 'pg_restore'));
    });

    it('a byte that has flipped', async () => {
      const folder = await damaged('flipped', async (folder) => {
        const file = path.join(folder, 'volumes/portal-import.tar.gz');
        const content = await readFile(file);
        content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
        await writeFile(file, content);
      });
      expect(await attempt(folder)).toEqual(refusal('ARCHIVE_INVALID', 'was changed'));
    });

    it('a dump that holds other rows than its manifest says', async () => {
      const folder = await damaged('other-rows', (folder) =>
        reseal(folder, ({ database }) => Object.assign(database.tables[0] ?? {}, { checksum: '1' })),
      );
      expect(await attempt(folder)).toEqual(refusal('RESTORE_DIFFERS', 'other values'));
    });

    it('another tenant’s archive', async () => {
      const folder = await damaged('other', (folder) =>
        reseal(folder, (manifest) =>
          Object.assign(manifest, { code: 'OTHER1', id: 'other1-20261121T200732Z' }),
        ),
      );
      expect(await attempt(folder)).toEqual(refusal('ARCHIVE_MISMATCH', 'another tenant'));
    });

    it('another major version of PostgreSQL, another version of TimescaleDB', async () => {
      const folder = await damaged('versions', (folder) =>
        reseal(folder, ({ database }) =>
          Object.assign(database, { postgresql: '16.4', timescaledb: '2.1.0' }),
        ),
      );
      expect(await attempt(folder)).toEqual(refusal('ARCHIVE_MISMATCH', 'the same major version'));
    });

    it('a folder that is no archive', async () => {
      const { exitCode, stderr } = await fleet.wattfleet('restore', tenant.code, '--from', tenant.folder);
      expect([exitCode, stderr.split(':')[0]]).toEqual([1, 'error ARCHIVE_INVALID']);
    });
  });

  it.each([
    ['restoring the database beside', 400],
    ['stopping portal and Grafana', 100],
    ['putting database and volumes in place', 300],
    ['putting database and volumes in place', 2_500],
    [': starting\n', 1_000],
  ])('killed at "%s" + %i ms and run again: the same result', async (step, afterMs) => {
    const name = `mark-${step.replaceAll(/\W+/g, '-')}-${afterMs}`;
    await mark(tenant, name);
    await killAt(fleet, ['restore', tenant.code, '--at', 'newest'], step, afterMs);
    await done('restore', tenant.code, '--at', 'newest');
    expect(await marks(tenant)).toEqual([]);
    const [kept = '', ...more] = (await databases(tenant)).filter((one) => one !== 'power_monitoring');
    expect(more).toEqual([]);
    expect(await marks(tenant, kept)).toContain(name);
    expect(await done('list', tenant.code)).toContain('healthy');
  });

  it('retires the customer as the page says, leaves nothing behind, and refuses the code', async () => {
    const content = await databaseContent(tenant);
    admin = await FleetAdmin.start(tenant);
    await admin.register(tenant.code);
    const file = path.join(fleet.root, 'admin-password');
    await writeFile(file, admin.operator.password);
    const [retire = '', restore = '', ...more] = await linesOf('retire-a-customer.md');
    expect(more).toEqual([]);
    const values = {
      ABC0001: tenant.code,
      'https://admin.example.com': admin.url,
      'ops@example.com': admin.operator.email,
      '/root/admin-password': file,
    };
    await runLine(fleet, retire, values);

    expect((await remains(tenant.slug)).filter((line) => !line.includes(`${tenant.slug}-admin`))).toEqual([]);
    const files = await readdir(fleet.root, { recursive: true });
    expect(files.filter((name) => name.includes(tenant.slug) && !name.startsWith('backups'))).toEqual([
      `.wattfleet/tombstones/${tenant.slug}.json`,
    ]);
    await expect(admin.tokens(tenant.code)).rejects.toThrow('404');
    for (const command of [
      ['create', tenant.code, '--host', tenant.host],
      ['restore', tenant.code],
    ]) {
      expect((await fleet.wattfleet(...command)).stderr).toContain('TENANT_RETIRED');
    }
    await admin.remove();

    await runLine(fleet, restore, values);
    expect(await databaseContent(tenant)).toBe(content);
  });

  it('goes on with a retirement that was killed', async () => {
    const args = [
      'decommission',
      tenant.code,
      '--yes',
      '--confirm',
      tenant.code,
      '--no-backup',
      '--confirm-no-backup',
      tenant.code,
    ];
    await killAt(fleet, args, 'removing containers', 500);
    expect((await fleet.wattfleet('create', tenant.code, '--host', tenant.host)).exitCode).toBe(1);
    await done(...args);
    expect(await remains(tenant.slug)).toEqual([]);
    expect((await readdir(fleet.root)).filter((name) => name.includes(tenant.slug))).toEqual([]);
  });
});
