import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docker } from './docker.js';
import { FleetAdmin } from './fleet-admin.js';
import { commandsOf, withOwn } from './how-to.js';
import { FleetEdge, interruptions, Traffic } from './fleet-edge.js';
import { Fleet, type FleetTenant } from './fleet.js';
import { skipsStack } from './requirements.js';

/** What is to be found on the page, in its order. */
const commands = ['db', 'grafana', 'admin-password', 'session-keys', 'revoke', 'push-token', 'all'] as const;

describe.skipIf(skipsStack)('rotate', () => {
  let fleet: Fleet;
  let tenant: FleetTenant;
  let other: FleetTenant;
  let edge: FleetEdge;
  let cookie: string;
  let admin: FleetAdmin;
  let passwordFile: string;
  let page: string[][];

  beforeAll(async () => {
    page = await commandsOf('key-rotation.md');
    const made = await Fleet.create('ROTATE-A', 'ROTATE-B');
    fleet = made.fleet;
    [tenant, other] = made.tenants as [FleetTenant, FleetTenant];
    await rotated('up', '--all');
    edge = await FleetEdge.start(made.tenants);
    cookie = await signIn((await tenant.env())['DEFAULT_ADMIN_PASSWORD'] ?? '');
  });

  afterAll(async () => {
    await admin?.remove();
    await edge?.remove();
    await fleet?.remove([tenant, other]);
  });

  /** Runs the provisioner, which must do what it is told. */
  async function rotated(...args: string[]) {
    const finished = await fleet.wattfleet(...args);
    expect(finished, `${finished.stdout}\n${finished.stderr}`).toMatchObject({ exitCode: 0 });
    return finished;
  }

  /** Runs a command of the page, for this tenant. */
  function asDocumented(what: (typeof commands)[number]) {
    const own = {
      ABC0001: tenant.code,
      'https://admin.example.com': admin?.url ?? '',
      'ops@example.com': admin?.operator.email ?? '',
      'operator.txt': passwordFile,
    };
    return rotated(...withOwn(page[commands.indexOf(what)] ?? [], own));
  }

  async function signIn(password: string): Promise<string> {
    const answer = await edge.signIn(tenant, { email: `admin@${tenant.host}`, password });
    expect(answer.status).toBe(200);
    return answer.cookie;
  }

  const session = () => edge.ask(tenant, '/api/session', { headers: { cookie } });
  const grafana = () => edge.ask(tenant, '/grafana/', { headers: { cookie, accept: 'text/html' } });
  const asking = (ask: typeof session) => new Traffic(async () => (await ask()).status);

  it('db: portal and Grafana go on with new passwords, after one restart', async () => {
    const before = await tenant.env();
    const untouched = await other.containers();
    const traffic = [asking(session), asking(grafana)];
    await asDocumented('db');
    await edge.reaches(tenant);
    const after = await tenant.env();
    for (const [name, user] of [
      ['DATABASE_PASSWORD', 'power_user'],
      ['GRAFANA_DATABASE_PASSWORD', 'grafana_reader'],
    ] as const) {
      const [old = '', now = ''] = [before[name], after[name]];
      expect(await tenant.sql('SELECT 1', { user, password: now })).toMatchObject({ stdout: '1\n' });
      expect((await tenant.sql('SELECT 1', { user, password: old })).stderr).toContain(
        'authentication failed',
      );
    }
    for (const one of traffic) expect(interruptions(await one.stop())).toBeLessThanOrEqual(1);
    expect((await session()).status).toBe(200);
    expect(await other.containers()).toEqual(untouched);
  });

  it('db: is undone when the old passwords still work afterwards', async () => {
    const before = await tenant.env();
    const trusting = (rule: string) => `
      COPY (SELECT '${rule}') TO PROGRAM 'cat >> $PGDATA/pg_hba.first; cat $PGDATA/pg_hba.conf >> $PGDATA/pg_hba.first; mv $PGDATA/pg_hba.first $PGDATA/pg_hba.conf';
      SELECT pg_reload_conf();`;
    await tenant.sql(trusting('host all all all trust'));
    const finished = await fleet.wattfleet('rotate', 'db', tenant.code);
    await tenant.sql(trusting('host all all all scram-sha-256'));
    expect(finished.exitCode).toBe(1);
    expect(finished.stderr).toContain('still takes the old password of power_user');
    expect(await tenant.env()).toEqual(before);
    const password = before['DATABASE_PASSWORD'] ?? '';
    expect(await tenant.sql('SELECT 1', { user: 'power_user', password })).toMatchObject({ stdout: '1\n' });
    await edge.reaches(tenant);
    expect((await session()).status).toBe(200);
  });

  it('db: no password is in the log of the server, even where it logs every statement', async () => {
    await tenant.sql(`ALTER SYSTEM SET log_statement = 'all'`);
    await tenant.sql('SELECT pg_reload_conf()');
    await rotated('rotate', 'db', tenant.code);
    const { timescaledb = '' } = await tenant.containers();
    const log = await docker('logs', timescaledb);
    const env = await tenant.env();
    for (const name of ['DATABASE_PASSWORD', 'GRAFANA_DATABASE_PASSWORD']) {
      expect(log).not.toContain(env[name]);
    }
    await tenant.sql('ALTER SYSTEM RESET log_statement');
    await edge.reaches(tenant);
  });

  it.each([0, 700, 2_000, 6_000])(
    'db: killed %d ms into it, run again: one password, which works',
    async (milliseconds) => {
      const child = fleet.start('rotate', 'db', tenant.code);
      await new Promise<void>((resolve) => {
        child.stderr?.on('data', (chunk) => String(chunk).includes('setting them') && resolve());
        child.once('exit', () => resolve());
      });
      await sleep(milliseconds);
      child.kill('SIGKILL');
      await rotated('rotate', 'db', tenant.code);
      const { DATABASE_PASSWORD: password = '', GRAFANA_DATABASE_PASSWORD: reader = '' } = await tenant.env();
      expect(await tenant.sql('SELECT 1', { user: 'power_user', password })).toMatchObject({ stdout: '1\n' });
      expect(await tenant.sql('SELECT 1', { user: 'grafana_reader', password: reader })).toMatchObject({
        stdout: '1\n',
      });
      expect(existsSync(path.join(tenant.folder, '.rotation.json'))).toBe(false);
      await edge.reaches(tenant);
      expect((await session()).status).toBe(200);
    },
  );

  it('grafana: by its own command line, without any restart', async () => {
    const { grafana: container = '' } = await tenant.containers();
    const { GRAFANA_ADMIN_PASSWORD: old = '' } = await tenant.env();
    const traffic = [asking(session), asking(grafana)];
    await asDocumented('grafana');
    for (const one of traffic) expect(await one.stop()).toEqual([200]);
    expect((await tenant.containers())['grafana']).toBe(container);
    const { GRAFANA_ADMIN_PASSWORD: now = '' } = await tenant.env();
    expect(now).not.toBe(old);
    const statusOf = (password: string) =>
      docker(
        'exec',
        container,
        'node',
        '-e',
        `fetch('http://127.0.0.1:3000/grafana/api/user', { headers: { authorization: 'Basic ' + btoa('admin:${password}') } }).then((r) => console.log(r.status))`,
      );
    expect([await statusOf(now), await statusOf(old)]).toEqual(['200', '401']);
  });

  it('session-keys: nobody is signed out, until they are revoked', async () => {
    const traffic = asking(session);
    await asDocumented('session-keys');
    await edge.reaches(tenant);
    const statuses = await traffic.stop();
    expect(statuses).not.toContain(401);
    expect(interruptions(statuses)).toBeLessThanOrEqual(1);
    expect((await session()).status).toBe(200);
    expect((await rotated('plan', tenant.code)).stdout).toContain('No changes');

    await asDocumented('revoke');
    await edge.reaches(tenant);
    expect((await session()).status).toBe(401);
    expect(await tenant.env()).not.toHaveProperty('SESSION_SECRET_PREVIOUS');
    cookie = await signIn((await tenant.env())['DEFAULT_ADMIN_PASSWORD'] ?? '');
  });

  it('admin-password: a temporary one that ends the sessions; the old one is refused', async () => {
    const { DEFAULT_ADMIN_PASSWORD: old = '' } = await tenant.env();
    const { stdout } = await asDocumented('admin-password');
    const { DEFAULT_ADMIN_PASSWORD: now = '' } = await tenant.env();
    expect(stdout).toContain(`admin@${tenant.host}  ${now}`);
    expect((await session()).status).toBe(401);
    const email = `admin@${tenant.host}`;
    expect((await edge.signIn(tenant, { email, password: old })).status).toBe(401);
    cookie = await signIn(now);
    expect((await edge.ask(tenant, '/api/sites', { headers: { cookie } })).status).toBe(403);
    const { stdout: quiet } = await rotated('rotate', 'admin-password', tenant.code);
    expect(quiet).not.toContain((await tenant.env())['DEFAULT_ADMIN_PASSWORD']);
  });

  it('push-token: the push goes over to a new one, then the old one is revoked', async () => {
    admin = await FleetAdmin.start(tenant);
    const tokenFile = path.join(fleet.root, 'token.txt');
    await writeFile(tokenFile, await admin.register(tenant.code));
    await tenant.edit('fleet', { enabled: true, url: 'http://admin:4000' });
    await rotated('set-fleet-token', tenant.code, '--token-file', tokenFile);
    await rotated('up', tenant.code);
    const { FLEET_INGEST_TOKEN: old = '' } = await tenant.env();
    passwordFile = path.join(fleet.root, 'operator.txt');
    await writeFile(passwordFile, admin.operator.password);
    await asDocumented('push-token');
    const { FLEET_INGEST_TOKEN: now = '' } = await tenant.env();
    const tokens = await admin.tokens(tenant.code);
    const statusOf = (token: string) => tokens.find(({ prefix }) => token.startsWith(prefix))?.status;
    expect([statusOf(now), statusOf(old), tokens.length]).toEqual(['valid', 'revoked', 2]);
  });

  it('all: every secret of every tenant, as far as it has them', async () => {
    expect(page).toHaveLength(commands.length);
    const before = [await tenant.env(), await other.env()];
    const { stdout } = await asDocumented('all');
    expect(stdout).toContain(
      'rotated db, grafana, admin-password, push-token, session-keys; sftp: it has no user on the SFTP server',
    );
    expect(stdout).toContain(
      'rotated db, grafana, admin-password, session-keys; push-token: it does not push to Admin',
    );
    const names = [
      'DATABASE_PASSWORD',
      'GRAFANA_DATABASE_PASSWORD',
      'GRAFANA_ADMIN_PASSWORD',
      'DEFAULT_ADMIN_PASSWORD',
      'SESSION_SECRET',
    ];
    for (const [index, one] of [tenant, other].entries()) {
      const after = await one.env();
      for (const name of names) expect(after[name], name).not.toBe(before[index]?.[name]);
      await edge.reaches(one);
    }
  });
});
