import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeDocker, filesIn, host, modeOf, newRoot, wattfleet } from '../testing/provisioner.fixtures.js';

const init = (root: string, ...options: string[]) =>
  wattfleet(root, ['host', 'init', '--no-start', ...options]);
const email = ['--email', 'ops@example.com'];

/** A host that was set up. */
async function ready(...options: string[]) {
  const root = newRoot();
  const { exitCode, stderr } = await init(root, ...email, ...options);
  expect([exitCode, stderr.startsWith('error')]).toEqual([0, false]);
  const edit = (from: RegExp, to: string) => {
    const file = path.join(root, 'host.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(from, () => to),
    );
  };
  return { root, edit };
}

describe('host init', () => {
  it('writes host.yaml, the edge and the timer of backups', async () => {
    const { root } = await ready();
    const files = filesIn(root);
    expect(files['host.yaml']).toContain('email: ops@example.com\n');
    expect(files['host.yaml']).toContain('traefik: traefik:v3.7.15\n');
    expect(Object.keys(files).filter((name) => !name.startsWith('.'))).toEqual([
      'edge/.env',
      'edge/compose.yaml',
      'edge/dynamic/edge.yaml',
      'host.yaml',
      'systemd/wattfleet-backup.service',
      'systemd/wattfleet-backup.timer',
    ]);
    expect([modeOf(root, 'edge/.env'), modeOf(root, 'edge/dynamic'), modeOf(root, 'edge/acme')]).toEqual([
      '600',
      '755',
      '700',
    ]);
  });

  it('changes nothing the second time, and says so', async () => {
    const { root } = await ready('--admin-host', 'admin.example.com');
    const before = filesIn(root);
    const { exitCode, stdout } = await init(root, ...email);
    expect([exitCode, stdout]).toEqual([0, 'No changes: the host is as host.yaml says.\n']);
    const after = filesIn(root);
    // The audit log alone tells of the second run.
    expect({ ...after, '.wattfleet/audit.jsonl': '' }).toEqual({ ...before, '.wattfleet/audit.jsonl': '' });
    expect(JSON.parse((await init(root, '--json')).stdout)).toMatchObject({ written: [], commands: [] });
  });

  it('shows with --dry-run what it would write, and writes nothing', async () => {
    const { root, edit } = await ready();
    const before = filesIn(root);
    edit(/^tls:/m, 'trustedIps: [203.0.113.7]\ntls:');
    const { stdout } = await wattfleet(root, ['host', 'init', '--dry-run']);
    expect(stdout).toContain('~ change edge/compose.yaml');
    expect(stdout).toContain('+       - --entrypoints.web.forwardedheaders.trustedips=203.0.113.7\n');
    expect({ ...filesIn(root), 'host.yaml': '' }).toEqual({ ...before, 'host.yaml': '' });

    const empty = newRoot();
    const first = await wattfleet(empty, ['host', 'init', ...email, '--dry-run']);
    expect(first.stdout).toContain('+ create host.yaml\n');
    expect(filesIn(empty)).toEqual({});
  });

  it('makes the secrets of Admin once, and keeps them', async () => {
    const { root } = await ready('--admin-host', 'admin.example.com');
    const env = filesIn(root)['admin/.env'] ?? '';
    const secrets = [...env.matchAll(/^(?:DATABASE_PASSWORD|DEFAULT_ADMIN_PASSWORD|SESSION_SECRET)=(.*)$/gm)];
    expect(secrets.map(([, value]) => value?.length)).toEqual([43, 43, 43]);
    rmSync(path.join(root, 'admin/compose.yaml'));
    await init(root);
    expect(filesIn(root)['admin/.env']).toBe(env);
    expect(filesIn(root)['admin/secrets/session_secret']).toBe(secrets[2]?.[1]);
    writeFileSync(path.join(root, 'admin/.env'), env.replace(/^SESSION_SECRET=.*\n/m, ''));
    const { exitCode, stderr } = await init(root);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('admin/.env SESSION_SECRET: is missing')]);
  });

  it('keeps what was added to .env by hand', async () => {
    const { root } = await ready();
    appendFileSync(path.join(root, 'edge/.env'), 'MINE=1\n');
    await init(root);
    expect(filesIn(root)['edge/.env']).toContain('\nMINE=1\n');
    expect((await init(root)).stdout).toContain('No changes');
  });

  it('is recorded', async () => {
    const { root } = await ready();
    const { stdout } = await wattfleet(root, ['audit', '--json']);
    const { entries } = JSON.parse(stdout) as { entries: object[] };
    expect(entries).toEqual([
      expect.objectContaining({ command: 'host init', tenant: null, result: 'started' }),
      expect.objectContaining({ command: 'host init', tenant: null, result: 'done' }),
    ]);
  });

  it('has two examples in its help', async () => {
    const { stdout } = await wattfleet(newRoot(), ['host', 'init', '--help']);
    expect(stdout.match(/^ {2}\$ wattfleet host init/gm)).toHaveLength(2);
  });
});

describe('host init refuses', () => {
  it('a first run without an address for the certificates', async () => {
    const root = newRoot();
    const { exitCode, stderr } = await init(root);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('--email: is required')]);
    expect(filesIn(root)).toEqual({});
  });

  it('options that host.yaml contradicts', async () => {
    const { root } = await ready();
    const { exitCode, stderr } = await init(root, '--email', 'other@example.com', '--pool', '10.64.0.0/14');
    expect(exitCode).toBe(64);
    expect(stderr).toContain('--email: host.yaml says ops@example.com; edit host.yaml instead');
    expect(stderr).toContain('--pool: host.yaml says 10.200.0.0/14');
  });

  it('what host.yaml gets wrong, by name', async () => {
    const { root, edit } = await ready();
    edit(/^images:/m, 'imagse: {}\nimages:');
    const { exitCode, stderr } = await init(root);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^error HOST_SPEC_INVALID: [^]*imagse: unknown key; did you mean images\?/),
    ]);
  });

  it.each([
    ['a folder that is not there', () => {}, 'tls.folder: cannot read'],
    ['no pair', (folder: string) => mkdirSync(folder), 'holds no NAME.crt with its NAME.key'],
    [
      'a key of another certificate',
      (folder: string) => (certificate(folder), certificate(folder, 'b.key')),
      'a.key is not the key of a.crt',
    ],
    [
      'no PEM',
      (folder: string) => (certificate(folder), writeFileSync(path.join(folder, 'a.crt'), 'x')),
      'a.crt and a.key must be PEM',
    ],
  ])('own certificates with %s', async (_, prepare, message) => {
    const root = newRoot();
    const folder = path.join(root, 'own');
    prepare(folder);
    const { exitCode, stderr } = await init(root, '--certificates', folder);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(stderr).not.toContain('PRIVATE KEY');
    expect(existsSync(path.join(root, 'edge'))).toBe(false);
  });
});

/** `a.crt` and `a.key`; with `replaced` only a new key over the old one. */
function certificate(folder: string, replaced?: string): void {
  mkdirSync(folder, { recursive: true });
  const [key, crt] = replaced === undefined ? ['a.key', 'a.crt'] : ['a.key', 'other.crt.unused'];
  const subject = ['-subj', '/CN=portal.example.com', '-days', '2'];
  const files = ['-keyout', path.join(folder, key), '-out', path.join(folder, crt)];
  const algorithm = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...algorithm, ...subject, ...files], { stdio: 'ignore' });
}

describe('secrets of the edge', () => {
  it('are files, never environment, in neither a plan nor compose.yaml', async () => {
    const root = newRoot();
    const [dns, users] = [path.join(root, 'dns.env'), path.join(root, 'users')];
    const hash = `$2y$05$${'a'.repeat(53)}`;
    writeFileSync(dns, 'CF_DNS_API_TOKEN="dns-token-of-the-test"\n');
    writeFileSync(users, `ops:${hash}\n`);
    writeFileSync(
      path.join(root, 'host.yaml'),
      `tls: {challenge: dns, email: ops@example.com, dns: {provider: cloudflare, envFile: ${dns}}}
dashboard: {enabled: true, host: traefik.example.com, usersFile: ${users}}\n`,
    );
    const dry = await wattfleet(root, ['host', 'init', '--dry-run']);
    await init(root);
    const files = filesIn(path.join(root, 'edge'));
    expect(files['secrets/cf_dns_api_token']).toBe('dns-token-of-the-test');
    expect(files['secrets/dashboard_users']).toBe(`ops:${hash}\n`);
    expect(modeOf(root, 'edge/secrets')).toBe('700');
    const shown = `${dry.stdout}${files['compose.yaml']}${files['dynamic/edge.yaml']}`;
    expect(shown).toContain('CF_DNS_API_TOKEN_FILE: /run/secrets/cf_dns_api_token');
    expect(['dns-token-of-the-test', hash].filter((secret) => shown.includes(secret))).toEqual([]);
    expect((await init(root)).stdout).toContain('No changes');
  });

  it.each([
    ['tls.dns.envFile', 'not a variable', `ops:$2y$05$${'a'.repeat(53)}`],
    ['dashboard.usersFile', 'TOKEN=x', 'ops:plain'],
    ['dashboard.usersFile', 'TOKEN=x', 'ops:$apr1$abc$def'],
  ])('must be in %s as it should be', async (key, variables, user) => {
    const root = newRoot();
    const [dns, users] = [path.join(root, 'dns.env'), path.join(root, 'users')];
    writeFileSync(dns, `${variables}\n`);
    writeFileSync(users, `${user}\n`);
    writeFileSync(
      path.join(root, 'host.yaml'),
      `tls: {challenge: dns, email: ops@example.com, dns: {provider: cloudflare, envFile: ${dns}}}
dashboard: {enabled: true, host: traefik.example.com, usersFile: ${users}}\n`,
    );
    const { exitCode, stderr } = await init(root);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`  ${key}: `)]);
    expect(stderr).not.toContain(user);
  });
});

describe('starting', () => {
  it('starts what is wanted, stops what is not, and joins the tenants’ networks', async () => {
    const { root, edit } = await ready('--admin-host', 'admin.example.com');
    await wattfleet(root, ['create', 'ABC0001', ...host]);
    edit(/admin: true/, 'admin: false');
    const docker = new FakeDocker()
      .answer(/^ps .*service=traefik/, 'f00')
      .answer(/^ps .*project=admin /, row('admin', 'admin'))
      .answer(/^network ls/, 'abc0001_edge\tid')
      .answer(/^inspect/, '{}');
    const { stdout } = await wattfleet(root, ['host', 'init'], { docker });
    expect(docker.calls.filter((call) => /^compose|^network connect/.test(call))).toEqual([
      `compose --project-directory ${root}/edge up --detach --remove-orphans --no-build --wait --wait-timeout 300`,
      expect.stringMatching(/^network connect --ip 10\.200\.\d+\.\d+ abc0001_edge f00$/),
      `compose --project-directory ${root}/admin down --remove-orphans`,
    ]);
    expect(stdout).toContain('Stopped: admin\nTraefik joined: abc0001_edge\n');
  });
});

const row = (project: string, service: string) =>
  ['1'.repeat(64), project, service, 'image', 'running', 'Up 3 minutes (healthy)', 'hash'].join('\t');

describe('a tenant on a host that was set up', () => {
  it('gets its networks’ ranges once and for good, and Grafana’s trust in Traefik alone', async () => {
    const { root } = await ready();
    for (const code of ['ABC0001', 'ABC0002']) {
      await wattfleet(root, ['create', code, '--host', `${code.toLowerCase()}.portal.example.com`]);
    }
    const rangesOf = (slug: string) =>
      [...(filesIn(root)[`${slug}/compose.yaml`] ?? '').matchAll(/subnet: (\S+)/g)].map((match) => match[1]);
    const ranges = [...rangesOf('abc0001'), ...rangesOf('abc0002')];
    expect(new Set(ranges).size).toBe(4);
    await wattfleet(root, ['apply', 'ABC0001']);
    expect([...rangesOf('abc0001'), ...rangesOf('abc0002')]).toEqual(ranges);
    const trusted = /GF_AUTH_PROXY_WHITELIST: (\S+)/.exec(filesIn(root)['abc0001/compose.yaml'] ?? '')?.[1];
    expect(trusted).toMatch(/^10\.200\.\d+\.\d+$/);
  });

  it('that was made before shows what becomes of it', async () => {
    const root = newRoot();
    await wattfleet(root, ['create', 'ABC0001', ...host]);
    expect(filesIn(root)['abc0001/compose.yaml']).not.toContain('subnet');
    expect((await init(root, ...email)).stderr).toContain('  wattfleet apply abc0001   (made before');
    const { stdout } = await wattfleet(root, ['plan', 'ABC0001']);
    expect(stdout).toMatch(/^ +\+ +- subnet: 10\.200\./m);
    expect(stdout).toMatch(/^ +- +GF_AUTH_PROXY_WHITELIST: 10\.0\.0\.0\/8,/m);
  });
});

describe('the timer of backups', () => {
  it('runs the provisioner on this root', async () => {
    const { root, edit } = await ready();
    const service = filesIn(root)['systemd/wattfleet-backup.service'] ?? '';
    expect(service).toMatch(
      new RegExp(
        `^ExecStart=\\S*node \\S+/dist/apps/provisioner/src/main\\.js backup --all --due --quiet --root ${root}$`,
        'm',
      ),
    );
    edit(/^tls:/m, 'backup: {schedule: "*-*-* 04:15:00"}\ntls:');
    const { stderr } = await init(root);
    expect(filesIn(root)['systemd/wattfleet-backup.timer']).toContain('OnCalendar=*-*-* 04:15:00\n');
    expect(stderr).toContain(`  cp ${root}/systemd/wattfleet-backup.* /etc/systemd/system/\n`);
    expect(stderr).toContain('  systemctl daemon-reload && systemctl enable --now wattfleet-backup.timer\n');
  });

  it('is installed when that is asked for', async () => {
    const { root } = await ready();
    const folder = path.join(root, 'etc');
    mkdirSync(folder);
    for (let run = 0; run < 2; run += 1) await init(root, '--install-units', folder);
    expect(readlinkSync(path.join(folder, 'timers.target.wants/wattfleet-backup.timer'))).toBe(
      '../wattfleet-backup.timer',
    );
    expect(filesIn(folder)['wattfleet-backup.timer']).toBe(filesIn(root)['systemd/wattfleet-backup.timer']);
  });

  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  it.skipIf(!hasSystemd)('is what systemd takes (skipped without systemd-analyze)', async () => {
    const { root } = await ready();
    const units = ['service', 'timer'].map((kind) => path.join(root, `systemd/wattfleet-backup.${kind}`));
    const { stderr } = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' });
    // What the machine lacks, such as the compiled program, is not the unit's fault.
    expect(
      stderr
        .split('\n')
        .filter((line) => /wattfleet-backup/.test(line) && /Unknown|Failed to parse|Invalid/.test(line)),
    ).toEqual([]);
  });
});
