import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hostWithSftp, tenantWithSftp } from '../testing/sftp-host.fixtures.js';
import { filesIn, host, modeOf, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

const portalOf = (folder: string) =>
  (
    parse(readFileSync(path.join(folder, 'compose.yaml'), 'utf8')) as {
      services: { portal: { environment: Record<string, string>; secrets: string[] } };
    }
  ).services.portal;

describe('host init with an SFTP server', () => {
  it('makes its folder for SFTPGo alone, and its secrets as files', async () => {
    const { root, data } = await hostWithSftp();
    expect([statSync(data).uid, modeOf(data), statSync(path.join(data, '.uploads')).uid]).toEqual([
      1000,
      '750',
      1000,
    ]);
    expect(modeOf(root, 'sftp/secrets')).toBe('700');
    expect(filesIn(root)['sftp/secrets/env.d/admin.env']).toMatch(
      /^SFTPGO_DEFAULT_ADMIN_PASSWORD=[\w-]{43}$/m,
    );
    expect(filesIn(root)['sftp/secrets/ssh_host_ed25519_key']).toContain('BEGIN PRIVATE KEY');
  });

  it('is refused where the folder would be taken for a tenant', async () => {
    const { root, run } = await hostWithSftp();
    const yaml = path.join(root, 'host.yaml');
    writeFileSync(
      yaml,
      readFileSync(yaml, 'utf8').replace(/folder: .*}/, () => `folder: ${root}/files}`),
    );
    const { exitCode, stderr } = await run('host', 'init', '--no-start');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('sftp.folder: must not lie below')]);
    expect(existsSync(path.join(root, 'files'))).toBe(false);
  });

  it('keeps the host key: the second run changes nothing', async () => {
    const { root, run } = await hostWithSftp();
    const before = filesIn(root)['sftp/secrets/ssh_host_ed25519_key'];
    expect((await run('host', 'init', '--no-start')).stdout).toContain('No changes');
    expect(filesIn(root)['sftp/secrets/ssh_host_ed25519_key']).toBe(before);
  });
});

describe('the networks of tenants that use it', () => {
  const moves = (calls: readonly string[]) =>
    calls
      .filter((call) => call.endsWith('id-of-sftp') && call.startsWith('network '))
      .map((call) => call.split(' ')[1]);

  it('are joined again when SFTPGo was made anew, and are left by down', async () => {
    const { run, docker } = await tenantWithSftp();
    await run('up', 'ABC0001');
    await run('down', 'ABC0001');
    expect(moves(docker.calls)).toEqual(['connect', 'disconnect']);
    expect((await run('host', 'init')).stdout).toContain('SFTP joined: abc0001_edge');
    expect((await run('host', 'init')).stdout).not.toContain('SFTP joined');
  });

  it('of others are not', async () => {
    const { run, docker } = await hostWithSftp();
    await run('create', 'ABC0001', ...host);
    await run('up', 'ABC0001');
    await run('host', 'init');
    expect(moves(docker.calls)).toEqual([]);
  });
});

describe('create --sftp', () => {
  it('gives the portal address, user, password and pinned host key, the secrets as files', async () => {
    const { folder } = await tenantWithSftp();
    const { environment, secrets } = portalOf(folder);
    expect(environment).toMatchObject({
      SFTP_HOST: expect.stringMatching(/^10\.200\.\d+\.\d+$/),
      SFTP_PORT: '2022',
      SFTP_USER: 'abc0001',
      SFTP_HOST_KEY: expect.stringMatching(/^SHA256:[\w+/]{43}$/),
      SFTP_FOLDER: '.',
      SFTP_PASSWORD_FILE: '/run/secrets/sftp_password',
      IMPORT_HOOK_SECRET_FILE: '/run/secrets/import_hook_secret',
    });
    expect(secrets).toEqual(expect.arrayContaining(['sftp_password', 'import_hook_secret']));
    expect(readFileSync(path.join(folder, 'secrets/sftp_password'), 'utf8')).toMatch(/^[\w-]{43}$/);
  });

  it('is refused on a host without an SFTP server, by name', async () => {
    const root = newRoot();
    const { exitCode, stderr } = await wattfleet(root, ['create', 'ABC0001', ...host, '--sftp']);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('sftp.enabled: is true, but this host has no SFTP'),
    ]);
    expect(existsSync(path.join(root, 'abc0001'))).toBe(false);
  });
});

describe('a tenant that begins to use SFTP', () => {
  it('gets by apply what its plan has shown', async () => {
    const { root, run } = await hostWithSftp();
    await run('create', 'ABC0001', ...host);
    const folder = path.join(root, 'abc0001');
    const yaml = path.join(folder, 'tenant.yaml');
    writeFileSync(yaml, `${readFileSync(yaml, 'utf8')}sftp: {enabled: true}\n`);
    await run('plan', 'ABC0001', '--out', path.join(root, 'p.plan'));
    expect(await run('apply', '--plan', path.join(root, 'p.plan'))).toMatchObject({ exitCode: 0 });
    expect(portalOf(folder).environment).toMatchObject({ SFTP_USER: 'abc0001' });
    const made = readFileSync(path.join(folder, 'secrets/sftp_password'), 'utf8');
    expect((await run('plan', 'ABC0001', '--detailed-exitcode')).exitCode).toBe(0);
    expect(readFileSync(path.join(folder, '.env'), 'utf8')).toContain(`SFTP_PASSWORD=${made}\n`);
  });
});

describe('up', () => {
  it('makes the user and the hook, and has the server join the network of the tenant', async () => {
    const { run, sftpgo, docker } = await tenantWithSftp();
    const { exitCode, stdout } = await run('up', 'ABC0001');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('SFTP user made')]);
    expect(sftpgo.things.users['abc0001']).toMatchObject({ home_dir: '/srv/sftp/data/abc0001', status: 1 });
    expect(Object.keys(sftpgo.things.eventrules)).toEqual(['wattfleet-abc0001']);
    expect(docker.calls).toContainEqual(
      expect.stringMatching(/^network connect --ip 10\.200\.\d+\.\d+ abc0001_edge id-of-sftp$/),
    );
    expect((await run('up', 'ABC0001')).stdout).not.toContain('SFTP');
  });

  it('keeps the user out once sftp.enabled is false, and lets its files be', async () => {
    const { run, sftpgo, data, folder, edit } = await tenantWithSftp();
    await run('up', 'ABC0001');
    mkdirSync(path.join(data, 'abc0001'));
    edit('tenant.yaml', 'enabled: true', 'enabled: false');
    await run('apply', 'ABC0001');
    expect((await run('up', 'ABC0001')).stdout).toContain('SFTP user kept out');
    expect(sftpgo.things).toMatchObject({ users: { abc0001: { status: 0 } }, eventrules: {} });
    expect([existsSync(path.join(data, 'abc0001')), existsSync(path.join(folder, '.sftp.json'))]).toEqual([
      true,
      false,
    ]);
    sftpgo.requests.length = 0;
    await run('up', 'ABC0001');
    expect(sftpgo.requests).toEqual([]);
  });

  it('says what to do when SFTPGo does not answer', async () => {
    const { run } = await tenantWithSftp();
    const { exitCode, stderr, stdout } = await run.without('up', 'ABC0001');
    expect(exitCode).toBe(1);
    expect(stderr + stdout).toContain('SFTPGO_FAILED');
  });
});

describe('rotate sftp', () => {
  it('sets a new password and hook secret, verified by a sign-in', async () => {
    const { run, folder, sftpgo, secret } = await tenantWithSftp();
    await run('up', 'ABC0001');
    const old = secret('SFTP_PASSWORD');
    expect(await run('rotate', 'sftp', 'ABC0001')).toMatchObject({ exitCode: 0 });
    const now = secret('SFTP_PASSWORD');
    expect([now === old, now.length]).toEqual([false, 43]);
    expect([await sftpgo.accepts(now), await sftpgo.accepts(old)]).toEqual([true, false]);
    expect(JSON.stringify(sftpgo.things.eventactions)).toContain(secret('IMPORT_HOOK_SECRET'));
    expect(existsSync(path.join(folder, '.rotation.json'))).toBe(false);
  });

  it('is undone when the portal does not start with it', async () => {
    const { run, sftpgo, secret, tenant } = await tenantWithSftp();
    await run('up', 'ABC0001');
    const old = secret('SFTP_PASSWORD');
    tenant.failingStarts = 1;
    const { exitCode, stdout } = await run('rotate', 'sftp', 'ABC0001');
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('ROTATION_UNDONE')]);
    expect([secret('SFTP_PASSWORD'), await sftpgo.accepts(old)]).toEqual([old, true]);
  });

  it('shows no secret to ps, nor in what it says', async () => {
    const { run, docker, secret } = await tenantWithSftp();
    await run('up', 'ABC0001');
    const { stdout, stderr } = await run('rotate', 'sftp', 'ABC0001');
    for (const name of ['SFTP_PASSWORD', 'IMPORT_HOOK_SECRET'])
      expect([...docker.calls, stdout, stderr].filter((text) => text.includes(secret(name)))).toEqual([]);
  });

  it('leaves a tenant without SFTP alone, also with all others', async () => {
    const { root, run } = await hostWithSftp();
    await run('create', 'ABC0001', ...host);
    const { exitCode, stdout } = await run('rotate', 'sftp', 'ABC0001');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('has no user on the SFTP server')]);
    expect(existsSync(path.join(root, 'abc0001/.rotation.json'))).toBe(false);
  });
});

describe('verify', () => {
  const sftpFinding = async (run: (...argv: string[]) => Promise<{ stdout: string }>) => {
    const { stdout } = await run('verify', 'ABC0001', '--json');
    const events = stdout.trim().split('\n');
    return events.map((line) => JSON.parse(line) as { check?: string }).find(({ check }) => check === 'sftp');
  };

  it('tells that the user signs in, and how much room it has', async () => {
    const { run, sftpgo } = await tenantWithSftp();
    await run('up', 'ABC0001');
    expect(await sftpFinding(run)).toMatchObject({
      severity: 'ok',
      found: expect.stringContaining('of 10000 MB used'),
    });
    Object.assign(sftpgo.things.users['abc0001'] ?? {}, { used_quota_size: 9_500_000_000 });
    expect(await sftpFinding(run)).toMatchObject({ severity: 'warning' });
  });

  it.each([
    ['home_dir', { home_dir: '/srv/sftp/data' }],
    ['it is disabled', { status: 0 }],
    ['quota_size', { quota_size: 1 }],
    ['refuses the password', { hash: 'of another password' }],
  ])('finds a user that is bent: %s', async (told, change) => {
    const { run, sftpgo } = await tenantWithSftp();
    await run('up', 'ABC0001');
    Object.assign(sftpgo.things.users['abc0001'] ?? {}, change);
    expect(await sftpFinding(run)).toMatchObject({ severity: 'error', found: expect.stringContaining(told) });
  });

  it('finds that the portal does not reach the server', async () => {
    const { run, docker } = await tenantWithSftp();
    await run('up', 'ABC0001');
    // By hand.
    docker.calls.push('network disconnect --force abc0001_edge id-of-sftp');
    expect(await sftpFinding(run)).toMatchObject({
      severity: 'error',
      found: expect.stringContaining('does not reach'),
    });
  });

  it('finds one that is missing', async () => {
    const { run } = await tenantWithSftp();
    expect(await sftpFinding(run)).toMatchObject({
      severity: 'error',
      found: 'the SFTP server has no user abc0001',
    });
  });
});

describe('decommission', () => {
  it('removes user, hook and files, and nothing of others', async () => {
    const { root, run, sftpgo, data } = await tenantWithSftp();
    await run('up', 'ABC0001');
    for (const name of ['abc0001', 'abc0002']) {
      mkdirSync(path.join(data, name, 'site'), { recursive: true });
      writeFileSync(path.join(data, name, 'site/a.tsv'), 'x');
    }
    const sure = ['--yes', '--confirm', 'ABC0001', '--no-backup', '--confirm-no-backup', 'ABC0001'];
    expect(await run('decommission', 'ABC0001', ...sure)).toMatchObject({ exitCode: 0 });
    expect(sftpgo.things).toEqual({ users: {}, eventactions: {}, eventrules: {} });
    expect([
      existsSync(path.join(data, 'abc0001')),
      existsSync(path.join(data, 'abc0002/site/a.tsv')),
    ]).toEqual([false, true]);
    expect(existsSync(path.join(root, 'abc0001'))).toBe(false);
  });
});
