import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import {
  FakeDocker,
  filesIn,
  modeOf,
  rootWithTenant,
  secretsIn,
  wattfleet,
} from '../testing/provisioner.fixtures.js';

/** Two tenants, of which one changes. */
async function twoTenants() {
  const made = await rootWithTenant();
  await wattfleet(made.root, ['create', 'ABC0002', '--host', 'two.example.com', '--label', 'region=north']);
  made.edit('tenant.yaml', /portal: wattfleet:.*/, 'portal: wattfleet:9.9.9');
  return made;
}

describe('plan of services', () => {
  it('says what happens to each, and why', async () => {
    const { root, edit } = await rootWithTenant();
    edit('tenant.yaml', /portal: wattfleet:(.*)/, 'portal: wattfleet:9.9.9');
    edit('tenant.yaml', /$/, 'timeZone: Europe/Paris\n');
    const { stdout } = await wattfleet(root, ['plan', 'ABC0001']);
    expect(stdout).toMatch(
      /^ {2}± recreate portal: image wattfleet:.* → wattfleet:9\.9\.9; environment SITE_TIME_ZONE\n/,
    );
    expect(stdout).toContain('  ± recreate grafana: environment GF_DATE_FORMATS_DEFAULT_TIMEZONE\n');
    expect(stdout).not.toContain('recreate timescaledb');
    expect(stdout).toContain('  Because: tenant.yaml changed since the last apply\n');
  });

  it('tells of data that would be lost, and of the override it cannot see into', async () => {
    const { root, edit, folder } = await rootWithTenant();
    edit('tenant.yaml', 'pg17', 'pg16');
    writeFileSync(path.join(folder, 'compose.override.yaml'), 'services: {}\n');
    const { stdout } = await wattfleet(root, ['plan', 'ABC0001']);
    expect(stdout).toMatch(/^ {2}DESTROYS DATA: .*PostgreSQL 17 → 16/m);
    expect(stdout).toContain('compose.override.yaml is there');
  });

  it('names a change of the templates as the cause', async () => {
    const { root, folder, edit } = await rootWithTenant();
    edit('.applied.json', /"wattfleet": ".*"/, '"wattfleet": "0.0.1"');
    edit('.applied.json', /"templates": ".*"/, '"templates": "old"');
    edit('compose.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: debug');
    edit('.applied.json', /"compose": ".*"/, '"compose": "old"');
    const { stdout } = await wattfleet(root, ['plan', 'ABC0001']);
    expect(stdout).toMatch(/Because: templates changed since the last apply \(wattfleet 0\.0\.1 → \d/);
    expect(stdout).toContain('Because: compose.yaml was edited since the last apply; apply overwrites it');
    await wattfleet(root, ['apply', 'ABC0001']);
    expect(readFileSync(path.join(folder, '.applied.json'), 'utf8')).not.toContain('0.0.1');
  });
});

describe('plan of several tenants', () => {
  it('tells of those that change, and counts', async () => {
    const { root } = await twoTenants();
    const { exitCode, stdout } = await wattfleet(root, ['plan', '--all', '--detailed-exitcode']);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('abc0001\n  ± recreate portal');
    expect(stdout).not.toContain('abc0002\n');
    expect(stdout).not.toContain('    + PORTAL_IMAGE');
    expect(stdout).toMatch(/^1 of 2 tenants change; services: 1 to recreate\.$/m);
    expect((await wattfleet(root, ['plan', '--all', '--diff'])).stdout).toContain(
      '    + PORTAL_IMAGE=wattfleet:9.9.9',
    );
    expect((await wattfleet(root, ['plan', '--selector', 'region=north'])).stdout).toBe(
      '0 of 1 tenants change.\n',
    );
  });

  it('gives an event a line with --json', async () => {
    const { root } = await twoTenants();
    const { stdout } = await wattfleet(root, ['plan', '--all', '--json']);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(events).toMatchObject([
      { event: 'start', version: 1, command: 'plan', tenants: 2 },
      { event: 'plan', tenant: 'abc0001', changes: true, dataLoss: [] },
      { event: 'plan', tenant: 'abc0002', changes: false },
      { event: 'end', changed: 1, unchanged: 1, failed: 0, services: { recreate: 1 } },
    ]);
  });

  it('goes on past one that cannot be planned', async () => {
    const { root, edit } = await twoTenants();
    edit('tenant.yaml', /$/, 'limit: 1\n');
    const { exitCode, stdout, stderr } = await wattfleet(root, ['plan', '--all']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('abc0001: The files of the tenant are not valid\n  limit: unknown key');
    expect(stdout).toContain('0 of 2 tenants change.');
  });
});

describe('a plan in a file', () => {
  async function planned() {
    const made = await twoTenants();
    const file = path.join(made.root, 'upgrade.plan');
    const { stderr } = await wattfleet(made.root, ['plan', '--all', '--out', file]);
    expect(stderr).toContain(`wattfleet apply --plan ${file}`);
    const apply = (...more: string[]) => wattfleet(made.root, ['apply', '--plan', file, ...more]);
    return { ...made, file, apply };
  }

  it('is for its owner alone, holds no secret, and is applied as it stands', async () => {
    const { root, folder, file, apply } = await planned();
    expect(modeOf(file)).toBe('600');
    const text = readFileSync(file, 'utf8');
    for (const value of Object.values(secretsIn(folder))) expect(text).not.toContain(value);
    expect(await apply()).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('written: .env') as string,
    });
    expect((await wattfleet(root, ['plan', '--all', '--detailed-exitcode'])).exitCode).toBe(0);
    expect((await apply()).stdout).toContain('no changes');
  });

  it.each([
    ['tenant.yaml', 'tenant.yaml', '# more\n'],
    ['.env', '.env', 'MINE=1\n'],
    ['compose.yaml', 'compose.yaml', '# more\n'],
    ['compose.override.yaml', 'compose.override.yaml', 'services: {}\n'],
    ['a secret', 'secrets/session_secret', 'x'],
  ])('is refused as a whole when %s has changed since', async (_, name, more) => {
    const { root, folder, apply } = await planned();
    const file = path.join(folder, name);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    rmSync(file, { force: true });
    writeFileSync(file, before + more);
    const files = filesIn(path.join(root, 'abc0002'));
    const { exitCode, stderr } = await apply();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error PLAN_STALE: /);
    expect(stderr).toContain(
      `  abc0001: ${name.startsWith('secrets/') ? 'secrets/' : name} is not as it was`,
    );
    expect(filesIn(path.join(root, 'abc0002'))).toEqual(files);
    expect(readFileSync(file, 'utf8')).toBe(before + more);
  });

  it.each([
    [
      'of another root',
      (text: string) => text.replace(/"root": ".*"/, '"root": "/elsewhere"'),
      'is a plan for /elsewhere',
    ],
    [
      'of another version',
      (text: string) => text.replace(/"wattfleet": ".*"/, '"wattfleet": "0.0.1"'),
      'wattfleet 0.0.1 made it',
    ],
    ['that is none', () => '{', 'is not a plan'],
  ])('is refused when it is one %s', async (_, edit, message) => {
    const { file, apply } = await planned();
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
    const { exitCode, stderr } = await apply();
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toContain(message);
  });

  it('names its tenants itself', async () => {
    const { apply } = await planned();
    expect(await apply('ABC0001')).toMatchObject({ exitCode: 64 });
  });
});

describe('apply where data would be lost', () => {
  async function lossy() {
    const made = await rootWithTenant();
    made.edit('tenant.yaml', 'pg17', 'pg16');
    return { ...made, before: filesIn(made.folder) };
  }

  it('asks on a terminal, and goes on when the code is typed', async () => {
    const { root, folder } = await lossy();
    const { exitCode, stderr } = await wattfleet(root, ['apply', 'ABC0001'], {
      terminal: true,
      stdin: 'abc0001\n',
    });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Type abc0001 to go on')]);
    expect(filesIn(folder)['.env']).toContain('pg16');
  });

  it('writes nothing when something else is typed', async () => {
    const { root, folder, before } = await lossy();
    const { exitCode, stderr } = await wattfleet(root, ['apply', 'ABC0001'], {
      terminal: true,
      stdin: 'yes\n',
    });
    expect([exitCode, filesIn(folder)]).toEqual([1, before]);
    expect(stderr).toContain('error CONFIRMATION_WRONG');
  });

  it.each([
    ['without a terminal', [], false],
    ['with --no-input', ['--no-input'], true],
  ])('fails %s, until --yes says so', async (_, more, terminal) => {
    const { root, folder, before } = await lossy();
    const { exitCode, stderr } = await wattfleet(root, ['apply', 'ABC0001', ...more], {
      terminal,
      stdin: 'abc0001\n',
    });
    expect([exitCode, filesIn(folder)]).toEqual([1, before]);
    expect(stderr).toContain('--yes');
    expect((await wattfleet(root, ['apply', 'ABC0001', '--yes', ...more], { terminal })).exitCode).toBe(0);
    expect(filesIn(folder)['.env']).toContain('pg16');
  });
});

describe('apply and Compose', () => {
  const refusing = () =>
    new FakeDocker().answer(/ config --quiet$/, () => {
      throw new CodedError('DOCKER_FAILED', { detail: 'service "portal" is wrong' });
    });

  it('writes nothing that Compose does not take together with the override', async () => {
    const { root, folder, edit } = await rootWithTenant();
    edit('tenant.yaml', /$/, 'timeZone: Europe/Paris\n');
    writeFileSync(path.join(folder, 'compose.override.yaml'), 'services: {portal: {wrong: 1}}\n');
    const before = filesIn(folder);
    const docker = refusing();
    const { exitCode, stderr } = await wattfleet(root, ['apply', 'ABC0001'], { docker });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('service "portal" is wrong');
    expect(filesIn(folder)).toEqual(before);
    expect(docker.calls.at(-1)).toMatch(
      /^compose --project-directory \S+\/abc0001 --file \S+\/compose\.yaml --file \S+\/compose\.override\.yaml --env-file \S+\/\.env config --quiet$/,
    );
  });

  it.each([
    ['on a host of its own', 'tls: {email: ops@example.com}\n'],
    ['on any other', undefined],
  ])('asks once for tenants of one form %s', async (_, hostYaml) => {
    const { root } = await rootWithTenant();
    if (hostYaml !== undefined) writeFileSync(path.join(root, 'host.yaml'), hostYaml);
    await wattfleet(root, ['create', 'ABC0002', '--host', 'two.example.com']);
    for (const slug of ['abc0001', 'abc0002']) rmSync(path.join(root, slug, 'compose.yaml'));
    const docker = new FakeDocker();
    expect((await wattfleet(root, ['apply', '--all', '--parallel', '1'], { docker })).exitCode).toBe(0);
    expect(docker.calls.filter((call) => call.endsWith('config --quiet'))).toHaveLength(1);
  });

  it('goes on without, and says so', async () => {
    const { root, folder } = await rootWithTenant();
    rmSync(path.join(folder, 'compose.yaml'));
    const docker = new FakeDocker().answer(/^compose version/, () => {
      throw new CodedError('DOCKER_MISSING');
    });
    const { exitCode, stderr } = await wattfleet(root, ['apply', 'ABC0001'], { docker });
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('there is no Docker Compose here')]);
  });
});
