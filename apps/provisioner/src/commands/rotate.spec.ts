import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeTenant } from '../testing/fake-tenant.fixtures.js';
import { host, modeOf, newRoot, secretsIn, wattfleet } from '../testing/provisioner.fixtures.js';

/** A tenant whose database has the passwords of its `.env`. */
async function tenantThatRuns() {
  const root = newRoot();
  await wattfleet(root, ['create', 'ABC0001', ...host]);
  const folder = path.join(root, 'abc0001');
  const tenant = new FakeTenant();
  const { DATABASE_PASSWORD = '', GRAFANA_DATABASE_PASSWORD = '' } = secretsIn(folder);
  await tenant.setPassword('power_user', DATABASE_PASSWORD);
  await tenant.setPassword('grafana_reader', GRAFANA_DATABASE_PASSWORD);
  const run = (...argv: string[]) => wattfleet(root, argv, { docker: tenant.docker });
  return { root, folder, tenant, run, journal: path.join(folder, '.rotation.json') };
}

async function letPush(root: string, folder: string): Promise<void> {
  const file = path.join(folder, 'tenant.yaml');
  writeFileSync(
    file,
    `${readFileSync(file, 'utf8')}fleet:\n  enabled: true\n  url: https://admin.example.com\n`,
  );
  const stdin = 'wf_abc0001_0123456789abcdef';
  await wattfleet(root, ['set-fleet-token', 'ABC0001', '--token-file', '-'], { stdin });
}

describe('rotate db', () => {
  it('sets both passwords, in the database and in the files', async () => {
    const { folder, tenant, run, journal } = await tenantThatRuns();
    const old = secretsIn(folder);
    expect(await run('rotate', 'db', 'ABC0001')).toMatchObject({ exitCode: 0 });
    const now = secretsIn(folder);
    for (const [name, role] of [
      ['DATABASE_PASSWORD', 'power_user'],
      ['GRAFANA_DATABASE_PASSWORD', 'grafana_reader'],
    ] as const) {
      expect(await tenant.accepts(role, now[name] ?? '')).toBe(true);
      expect(await tenant.accepts(role, old[name] ?? '')).toBe(false);
      expect(readFileSync(path.join(folder, 'secrets', name.toLowerCase()), 'utf8')).toBe(now[name]);
    }
    expect(existsSync(journal)).toBe(false);
  });

  it('shows no secret to ps, and none to the server beside the check that it works', async () => {
    const { folder, tenant, run } = await tenantThatRuns();
    const old = secretsIn(folder);
    const { stdout, stderr } = await run('rotate', 'db', 'ABC0001');
    const secrets = [...Object.values(old), ...Object.values(secretsIn(folder))];
    const seen = [...tenant.docker.calls, stdout, stderr, ...tenant.inputs.filter((text) => / /.test(text))];
    for (const secret of secrets) expect(seen.filter((text) => text.includes(secret))).toEqual([]);
  });

  it('is undone when portal and Grafana do not start with the new ones', async () => {
    const { folder, tenant, run, journal } = await tenantThatRuns();
    const [old, roles] = [secretsIn(folder), [...tenant.roles]];
    tenant.failingStarts = 1;
    const { exitCode, stderr } = await run('rotate', 'db', 'ABC0001');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('portal is unhealthy')]);
    expect(stderr).toContain('the old secret is in service as before');
    expect(secretsIn(folder)).toEqual(old);
    expect([...tenant.roles].slice(0, 2)).toEqual(roles);
    expect(existsSync(journal)).toBe(false);
  });

  it('keeps both values where even that fails, and puts it right when it is run again', async () => {
    const { folder, tenant, run, journal } = await tenantThatRuns();
    tenant.failingStarts = 2;
    expect((await run('rotate', 'db', 'ABC0001')).stdout).toContain('ROTATION_STUCK');
    expect(modeOf(journal)).toBe('600');
    expect((await run('rotate', 'grafana', 'ABC0001')).stdout).toContain('ROTATION_UNFINISHED');
    expect(await run('rotate', 'db', 'ABC0001')).toMatchObject({ exitCode: 0 });
    expect(await tenant.accepts('power_user', secretsIn(folder)['DATABASE_PASSWORD'] ?? '')).toBe(true);
    expect(existsSync(journal)).toBe(false);
  });

  it('slips nothing else into service', async () => {
    const { folder, run } = await tenantThatRuns();
    appendFileSync(path.join(folder, 'tenant.yaml'), 'timeZone: Europe/Paris\n');
    expect((await run('rotate', 'db', 'ABC0001')).stdout).toContain('CHANGES_PENDING');
  });

  it('asks for a tenant that runs', async () => {
    const { root } = await tenantThatRuns();
    expect((await wattfleet(root, ['rotate', 'db', 'ABC0001'])).stdout).toContain('TENANT_STOPPED');
  });
});

describe('rotate session-keys', () => {
  it('keeps the key before as the previous one, and drops it when told to', async () => {
    const { folder, run } = await tenantThatRuns();
    const { SESSION_SECRET: old } = secretsIn(folder);
    expect(await run('rotate', 'session-keys', 'ABC0001')).toMatchObject({ exitCode: 0 });
    const previous = path.join(folder, 'secrets/session_secret_previous');
    expect(readFileSync(previous, 'utf8')).toBe(old);
    expect(readFileSync(path.join(folder, 'compose.yaml'), 'utf8')).toContain('SESSION_SECRET_PREVIOUS_FILE');
    expect(await run('rotate', 'session-keys', 'ABC0001', '--revoke')).toMatchObject({ exitCode: 0 });
    expect(existsSync(previous)).toBe(false);
    expect((await run('plan', 'ABC0001', '--detailed-exitcode')).exitCode).toBe(0);
  });

  it('leaves nothing to apply where the tenant has secrets that come after it', async () => {
    const { root, folder, run } = await tenantThatRuns();
    await letPush(root, folder);
    await run('apply', 'ABC0001');
    expect(await run('rotate', 'session-keys', 'ABC0001')).toMatchObject({ exitCode: 0 });
    expect((await run('plan', 'ABC0001', '--detailed-exitcode')).exitCode).toBe(0);
  });
});

describe('rotate, a wrong command line', () => {
  it.each([
    ['no such secret', ['rotate', 'everything', 'ABC0001'], 'Allowed choices are db, grafana'],
    [
      'a password nobody would know',
      ['rotate', 'admin-password', 'ABC0001', '--email', 'a@b.example'],
      '--email',
    ],
    [
      'Admin without an operator',
      ['rotate', 'push-token', 'ABC0001', '--admin-url', 'https://a.example'],
      '--admin-email',
    ],
  ])('exits with 64: %s', async (_, argv, message) => {
    const { run } = await tenantThatRuns();
    const { exitCode, stderr } = await run(...argv);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining(message)]);
  });

  it('says before it begins that Admin is needed, where a tenant pushes', async () => {
    const { root, folder, tenant } = await tenantThatRuns();
    await letPush(root, folder);
    for (const what of ['all', 'push-token']) {
      const { exitCode, stderr } = await wattfleet(root, ['rotate', what, 'ABC0001'], {
        docker: tenant.docker,
      });
      expect([exitCode, stderr]).toEqual([64, expect.stringContaining('--admin-url: is needed')]);
    }
  });

  it('tells where there is nothing to rotate', async () => {
    const { run } = await tenantThatRuns();
    expect((await run('rotate', 'push-token', 'ABC0001')).stdout).toContain('it does not push to Admin');
  });
});
