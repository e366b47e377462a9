import { appendFileSync, chmodSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  filesIn,
  modeOf,
  rootWithTenant,
  secretsIn,
  token,
  wattfleet,
} from '../testing/provisioner.fixtures.js';

describe('plan', () => {
  it('shows what an edit of tenant.yaml changes, and exits with 2 when asked', async () => {
    const { root, folder, edit } = await rootWithTenant();
    edit('tenant.yaml', /^host: .*/m, 'host: new.example.com');
    const before = filesIn(folder);
    const { exitCode, stdout } = await wattfleet(root, ['plan', 'ABC0001', '--detailed-exitcode']);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('    -       PUBLIC_URL: https://abc0001.portal.example.com\n');
    expect(stdout).toContain('    +       PUBLIC_URL: https://new.example.com\n');
    expect(stdout).toContain('0 to create, 1 to change, 6 unchanged.');
    expect(filesIn(folder)).toEqual(before);
    expect((await wattfleet(root, ['plan', 'abc0001'])).exitCode).toBe(0);
  });

  it('answers in JSON', async () => {
    const { root, folder } = await rootWithTenant();
    chmodSync(path.join(folder, '.env'), 0o644);
    const { stdout } = await wattfleet(root, ['plan', 'ABC0001', '--json']);
    const {
      tenant: slug,
      changes,
      files,
    } = JSON.parse(stdout) as { tenant: string; changes: boolean; files: object[] };
    expect([slug, changes, files.length]).toEqual(['abc0001', true, 7]);
    expect(files[0]).toEqual({
      path: '.env',
      action: 'change',
      mode: { from: '0644', to: '0600' },
      diff: [],
    });
  });

  it('shows no secret, neither an old nor a new one', async () => {
    const { root, folder, edit } = await rootWithTenant();
    const old = secretsIn(folder);
    edit('.env', /^DATABASE_PASSWORD=.*/m, 'DATABASE_PASSWORD=set-by-hand');
    appendFileSync(path.join(folder, 'compose.yaml'), `# set-by-hand ${old['SESSION_SECRET']}\n`);
    rmSync(path.join(folder, 'secrets/grafana_admin_password'));
    const shown = await Promise.all([
      wattfleet(root, ['plan', 'ABC0001'], { terminal: true }),
      wattfleet(root, ['plan', 'ABC0001', '--json']),
    ]);
    const text = shown.map(({ stdout, stderr }) => stdout + stderr).join('');
    expect(text.match(/<secret sha256:[0-9a-f]{8}>/g)?.length).toBeGreaterThan(4);
    for (const value of [...Object.values(old), 'set-by-hand']) expect(text).not.toContain(value);
  });

  it('is coloured on a terminal only, and not with NO_COLOR', async () => {
    const { root, folder } = await rootWithTenant();
    rmSync(path.join(folder, 'compose.yaml'));
    const plan = async (options: object) => (await wattfleet(root, ['plan', 'ABC0001'], options)).stdout;
    expect(await plan({ terminal: true })).toContain('\u001B[32m');
    expect(await plan({})).not.toContain('\u001B');
    expect(await plan({ terminal: true, environment: { NO_COLOR: '1' } })).not.toContain('\u001B');
  });

  it.each([
    ['there is none of that name', 'NOPE', 1, 'error TENANT_NOT_FOUND: '],
    ['the name leads elsewhere', '../abc0001', 64, 'error USAGE: '],
  ])('fails when %s', async (_, code, expected, message) => {
    const { root } = await rootWithTenant();
    const { exitCode, stderr } = await wattfleet(root, ['plan', code]);
    expect([exitCode, stderr.startsWith(message)]).toEqual([expected, true]);
  });

  it.each([
    ['tenant.yaml', /$/, 'limit: 1\n', 'limit: unknown key; did you mean limits?'],
    ['tenant.yaml', /^code: .*/m, 'code: XYZ', 'code: is XYZ in the folder abc0001'],
    ['.env', /^SESSION_SECRET=.*\n/m, '', '.env SESSION_SECRET: is missing'],
    ['.env', /^SESSION_SECRET=/m, 'SESSION SECRET=', '.env line 18: is not NAME=value'],
  ])('names what is wrong in %s', async (name, from, to, message) => {
    const { root, edit, folder } = await rootWithTenant();
    edit(name, from, to);
    const { exitCode, stderr } = await wattfleet(root, ['plan', 'ABC0001']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`  ${message}`);
    for (const value of Object.values(secretsIn(folder))) expect(stderr).not.toContain(value);
  });
});

describe('apply', () => {
  it('writes what plan showed and keeps every secret', async () => {
    const { root, folder, edit } = await rootWithTenant();
    const secrets = secretsIn(folder);
    edit('tenant.yaml', /^host: .*/m, 'host: new.example.com');
    const { exitCode, stdout } = await wattfleet(root, ['apply', 'ABC0001']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('written: compose.yaml (tenant.yaml changed since the last apply)');
    expect(stdout).toContain('wattfleet up abc0001');
    expect(secretsIn(folder)).toEqual(secrets);
    expect(filesIn(folder)['compose.yaml']).toContain('PUBLIC_URL: https://new.example.com');
    expect((await wattfleet(root, ['plan', 'ABC0001', '--detailed-exitcode'])).exitCode).toBe(0);
  });

  it('writes nothing when nothing changed', async () => {
    const { root, folder } = await rootWithTenant();
    const times = () => readdirSync(folder).map((name) => [name, statSync(path.join(folder, name)).mtimeMs]);
    const before = times();
    expect((await wattfleet(root, ['apply', 'ABC0001'])).stdout).toContain('no changes');
    expect(times()).toEqual(before);
  });

  it('ends at the same files after a run that was cut off', async () => {
    const { root, folder } = await rootWithTenant();
    const whole = filesIn(folder);
    for (const name of ['compose.yaml', 'secrets/session_secret']) rmSync(path.join(folder, name));
    chmodSync(path.join(folder, '.env'), 0o644);
    await wattfleet(root, ['apply', 'ABC0001']);
    expect(filesIn(folder)).toEqual(whole);
    expect([modeOf(folder, '.env'), modeOf(folder, 'secrets/session_secret')]).toEqual(['600', '444']);
  });

  it('never touches what is the user’s: tenant.yaml, compose.override.yaml, own variables', async () => {
    const { root, folder, edit } = await rootWithTenant();
    writeFileSync(path.join(folder, 'compose.override.yaml'), 'services: {}\n');
    appendFileSync(path.join(folder, '.env'), 'MINE="a \\$b"\n');
    edit('tenant.yaml', /^host: .*/m, 'host: new.example.com # moved');
    const before = filesIn(folder);
    await wattfleet(root, ['apply', 'ABC0001']);
    const after = filesIn(folder);
    expect(after['compose.override.yaml']).toBe(before['compose.override.yaml']);
    expect(after['tenant.yaml']).toBe(before['tenant.yaml']);
    expect(after['.env']).toContain('\nMINE="a $$b"\n');
  });
});

describe('alerts of the portal', () => {
  const smtpUrl = 'smtps://user:smtp-password-of-the-test@mail.example.com';

  it('go by the server that .env names, which the portal reads as a file', async () => {
    const { root, folder, edit } = await rootWithTenant();
    edit('tenant.yaml', /$/, 'alerts: {emailFrom: alerts@example.com}\n');
    const refused = await wattfleet(root, ['apply', 'ABC0001']);
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('alerts.emailFrom: is set, but no server is'),
    });
    edit('.env', /$/, `SMTP_URL=${smtpUrl}\n`);
    const { exitCode, stdout, stderr } = await wattfleet(root, ['apply', 'ABC0001']);
    expect(exitCode).toBe(0);
    expect(stdout + stderr).not.toContain('smtp-password-of-the-test');
    expect(filesIn(folder)['secrets/smtp_url']).toBe(smtpUrl);
    expect(filesIn(folder)['compose.yaml']).toContain('SMTP_URL_FILE: /run/secrets/smtp_url');
    expect((await wattfleet(root, ['plan', 'ABC0001', '--detailed-exitcode'])).exitCode).toBe(0);
  });
});

describe('set-fleet-token', () => {
  it('gives the tenant its token and switches the push on', async () => {
    const { root, folder, edit } = await rootWithTenant();
    edit('tenant.yaml', /$/, 'fleet: {enabled: true, url: https://admin.example.com}\n');
    const argv = ['set-fleet-token', 'ABC0001', '--token-file', '-'];
    const { exitCode, stdout, stderr } = await wattfleet(root, argv, { stdin: `${token}\n` });
    expect([exitCode, stdout]).toEqual([0, 'Written: .env, secrets/fleet_ingest_token, compose.yaml\n']);
    expect(stdout + stderr).not.toContain(token);
    expect(filesIn(folder)['secrets/fleet_ingest_token']).toBe(token);
    expect(filesIn(folder)['compose.yaml']).toContain('FLEET_INGEST_ENABLED: "true"');
    const audit = filesIn(root)['.wattfleet/audit.jsonl'] ?? '';
    expect(
      audit
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { command: 'create', tenant: 'abc0001', result: 'done' },
      { command: 'set-fleet-token', tenant: 'abc0001', result: 'done' },
    ]);
    expect(audit).not.toContain(token);
  });

  it('replaces the token and leaves the other secrets', async () => {
    const { root, folder } = await rootWithTenant();
    const before = secretsIn(folder);
    for (const stdin of [token, `${token}-next`]) {
      await wattfleet(root, ['set-fleet-token', 'ABC0001', '--token-file', '-'], { stdin });
    }
    expect(secretsIn(folder)).toEqual({ ...before, FLEET_INGEST_TOKEN: `${token}-next` });
  });

  it('says so when the tenant does not push at all', async () => {
    const { root } = await rootWithTenant();
    const argv = ['set-fleet-token', 'ABC0001', '--token-file', '-'];
    expect((await wattfleet(root, argv, { stdin: token })).stderr).toContain('fleet.enabled is not true');
  });
});
