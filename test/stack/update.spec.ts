import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docker, tryDocker } from './docker.js';
import { FleetEdge } from './fleet-edge.js';
import { Fleet, type FleetTenant } from './fleet.js';
import { commandsOf, withOwn } from './how-to.js';
import { imageUnderTest } from './image-under-test.js';
import { images as stackImages, skipsStack } from './requirements.js';

const main = 'dist/apps/portal/src/main.js';

/** Applies a migration of its own, as a newer portal would, and does not start. */
const migrateAndFail = `
  import pg from 'pg';
  import { readFileSync } from 'node:fs';
  const { DATABASE_HOST: host, DATABASE_USER: user, DATABASE_NAME: database } = process.env;
  const password = readFileSync(process.env.DATABASE_PASSWORD_FILE, 'utf8');
  const client = new pg.Client({ host, user, database, password });
  await client.connect();
  await client.query('BEGIN; ALTER TABLE monitoring.account ADD COLUMN IF NOT EXISTS of_the_future text; DROP TABLE IF EXISTS monitoring.api_token CASCADE;');
  await client.query("INSERT INTO monitoring.migration (timestamp, name) SELECT 9000000000000, 'Future9000000000000' WHERE NOT EXISTS (SELECT 1 FROM monitoring.migration WHERE timestamp = 9000000000000)");
  await client.query('COMMIT');
  process.exit(1);
`;

/**
 * A later TimescaleDB is not to be had: the same one under another number, with what every real one brings, too, a script
 * that leads the functions of the version before to its own library.
 */
const makeNewerExtension = `
  lib=$(ls -d /usr/lib/postgresql/*/lib)
  extension=$(ls -d /usr/share/postgresql/*/extension)
  old=$(sed -n "s/^default_version = '\\(.*\\)'/\\1/p" $extension/timescaledb.control)
  new=\${old%?}$(echo \${old#\${old%?}} | tr 0-9 1-90)
  sed "s/$old/$new/g" $lib/timescaledb-$old.so > $lib/timescaledb-$new.so
  sed -i "s/$old/$new/" $extension/timescaledb.control
  echo "UPDATE pg_catalog.pg_proc SET probin = replace(probin, '$old', '$new') WHERE probin LIKE '%timescaledb-$old%';" > $extension/timescaledb--$old--$new.sql
`;

describe.skipIf(skipsStack)('update', () => {
  let fleet: Fleet;
  let first: FleetTenant;
  let second: FleetTenant;
  let edge: FleetEdge;
  let images: Record<'good' | 'broken' | 'migrating' | 'newerDatabase', string>;

  beforeAll(async () => {
    const made = await Fleet.create('UPDATE-A', 'UPDATE-B');
    fleet = made.fleet;
    [first, second] = made.tenants as [FleetTenant, FleetTenant];
    const tag = (name: string) => `${first.slug}:${name}`;
    images = {
      good: tag('good'),
      broken: tag('broken'),
      migrating: tag('migrating'),
      newerDatabase: tag('newer-database'),
    };
    await build(images.good, 'LABEL of=update');
    await build(images.broken, `RUN echo 'process.exit(1)' > ${main}`);
    const script = Buffer.from(migrateAndFail).toString('base64');
    await build(images.migrating, `RUN echo ${script} | base64 -d > ${main}`);
    const newer = Buffer.from(makeNewerExtension).toString('base64');
    await buildFrom(
      stackImages.timescaledb,
      images.newerDatabase,
      `RUN echo ${newer} | base64 -d | sh -eu`,
      'USER 70:70',
    );
    await does('up', '--all');
    edge = await FleetEdge.start(made.tenants);
  });

  afterAll(async () => {
    await edge?.remove();
    await fleet?.remove([first, second]);
    await docker('rmi', '--force', ...Object.values(images)).catch(() => undefined);
  });

  async function build(image: string, ...lines: string[]): Promise<void> {
    await buildFrom(imageUnderTest, image, ...lines, 'USER 1000:1000');
  }

  async function buildFrom(base: string, image: string, ...lines: string[]): Promise<void> {
    const text = [`FROM ${base}`, 'USER root', ...lines].join('\n');
    expect(await tryDocker(['build', '--quiet', '--tag', image, '-'], text)).toMatchObject({ exitCode: 0 });
  }

  async function does(...args: string[]) {
    const finished = await fleet.wattfleet(...args);
    expect(finished, `${finished.stdout}\n${finished.stderr}`).toMatchObject({ exitCode: 0 });
    return finished;
  }

  /** The commands of the page, for the first tenant and with this image. */
  async function documented(image: string): Promise<string[][]> {
    const own = {
      ABC0001: first.code,
      'portal=wattfleet:1.2.3': `portal=${image}`,
      'portal=wattfleet:1.2.4': `portal=${image}`,
    };
    return (await commandsOf('update-day.md')).map((command) => withOwn(command, own));
  }

  const imageOf = async (tenant: FleetTenant) =>
    docker('inspect', '--format', '{{.Config.Image}}', (await tenant.containers())['portal'] ?? '');

  async function worksOn(tenant: FleetTenant, image: string): Promise<void> {
    expect(await imageOf(tenant)).toBe(image);
    await edge.reaches(tenant);
    const { DEFAULT_ADMIN_PASSWORD: password = '' } = await tenant.env();
    expect((await edge.signIn(tenant, { email: `admin@${tenant.host}`, password })).status).toBe(200);
    expect((await fleet.wattfleet('plan', tenant.code)).stdout).toContain('No changes');
  }

  it('stops nothing for an image that is not to be had', async () => {
    const before = await first.containers();
    const { exitCode, stderr } = await fleet.wattfleet(
      'update',
      '--all',
      '--image',
      `portal=${first.slug}:nowhere`,
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('IMAGE_UNAVAILABLE')]);
    expect(await first.containers()).toEqual(before);
  });

  it('rolls the first back that does not start, and leaves the others alone', async () => {
    const file = path.join(first.folder, 'tenant.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('images:', '# ours since 2026\nimages:'));
    await does('apply', first.code);
    const [text, untouched] = [await readFile(file, 'utf8'), await second.containers()];
    const [, ofAll = []] = await documented(images.broken);
    const { exitCode, stdout, stderr } = await fleet.wattfleet(...ofAll);
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/failed: UPDATE_ROLLED_BACK/)]);
    expect(stderr).toContain('wattfleet update --resume');
    expect(await readFile(file, 'utf8')).toBe(text);
    await worksOn(first, imageUnderTest);
    expect(await second.containers()).toEqual(untouched);
  });

  it('goes on with those that remain, with a corrected image', async () => {
    const [, , resume = []] = await documented(images.good);
    const { stdout } = await does(...resume);
    expect(stdout).toContain(`portal ${imageUnderTest} → ${images.good}`);
    await worksOn(first, images.good);
    await worksOn(second, images.good);
    expect(await readFile(path.join(first.folder, 'tenant.yaml'), 'utf8')).toContain('# ours since 2026');
    expect((await does('update', '--all', '--image', `portal=${images.good}`)).stdout).toContain(
      'up to date',
    );
  });

  it('puts the database back, too, when migrations had run', async () => {
    const count = 'SELECT count(*) FROM monitoring.migration';
    const { stdout: before } = await first.sql(count);
    await first.sql(`INSERT INTO monitoring.site (name) VALUES ('kept')`);
    const [ofOne = []] = await documented(images.migrating);
    const { exitCode, stdout, stderr } = await fleet.wattfleet(...ofOne);
    expect([exitCode, stdout], stderr).toEqual([1, expect.stringContaining('UPDATE_ROLLED_BACK')]);
    expect((await first.sql(count)).stdout).toBe(before);
    expect((await first.sql('SELECT of_the_future FROM monitoring.account')).stderr).toContain(
      'does not exist',
    );
    expect((await first.sql('SELECT count(*) FROM monitoring.api_token')).stdout).toBe('0\n');
    await worksOn(first, images.good);
  });

  it('rollback brings a tenant back to the release before, with its present secrets', async () => {
    await does('rotate', 'db', first.code);
    const { DATABASE_PASSWORD: password } = await first.env();
    const [, , , back = [], audit = [], ...more] = await documented(images.good);
    await does(...back);
    expect((await first.env())['DATABASE_PASSWORD']).toBe(password);
    await worksOn(first, imageUnderTest);
    expect((await does(...audit)).stdout).toMatch(/rollback +done/);
    expect(more).toEqual([]);
    const again = await fleet.wattfleet(...back);
    expect(again.stderr).toContain('NO_RELEASE');
  });

  it('brings the database to the TimescaleDB of its image, and back with its rows of before', async () => {
    const version = async () =>
      (await first.sql(`SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'`)).stdout;
    const sites = async () => (await first.sql('SELECT count(*) FROM monitoring.site')).stdout;
    const [before, rows] = [await version(), await sites()];
    const { stdout } = await does('update', first.code, '--image', `timescaledb=${images.newerDatabase}`);
    expect(stdout).toContain(`timescaledb ${stackImages.timescaledb} → ${images.newerDatabase}`);
    expect(await version()).not.toBe(before);
    expect(await sites()).toBe(rows);
    await worksOn(first, await imageOf(first));
    // What an older TimescaleDB cannot open goes back by its backup, once that is agreed to.
    await first.sql(`INSERT INTO monitoring.site (name) VALUES ('lost')`);
    expect((await fleet.wattfleet('rollback', first.code)).stderr).toContain('CONFIRMATION_NEEDED');
    await does('rollback', first.code, '--yes');
    expect([await version(), await sites()]).toEqual([before, rows]);
    await worksOn(first, await imageOf(first));
  });

  /** Begins an update, and kills it some time after it has begun to start containers. */
  async function killed(image: string, milliseconds: number): Promise<void> {
    const child = fleet.start('update', first.code, '--image', `portal=${image}`);
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (chunk) => String(chunk).includes('starting portal') && resolve());
      child.once('exit', () => resolve());
    });
    await sleep(milliseconds);
    child.kill('SIGKILL');
  }

  it.each([200, 2_500, 8_000])(
    'killed %d ms after it began to start, run again: done',
    async (milliseconds) => {
      const image = (await imageOf(first)) === images.good ? imageUnderTest : images.good;
      await killed(image, milliseconds);
      await does('update', first.code, '--image', `portal=${image}`);
      expect(await imageOf(first)).toBe(image);
      await worksOn(first, image);
    },
  );

  it('killed, run again to other images: taken back first', async () => {
    const before = await imageOf(first);
    await killed(images.migrating, 6_000);
    expect((await fleet.wattfleet('rotate', 'db', first.code)).stdout).toContain('UPDATE_UNFINISHED');
    const { stdout } = await does('update', first.code, '--image', `portal=${before}`);
    expect(stdout).toContain('up to date');
    await worksOn(first, before);
  });
});
