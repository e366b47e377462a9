import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { docker, eventually, healthOf } from './docker.js';
import { FleetEdge } from './fleet-edge.js';
import { Fleet, type FleetTenant } from './fleet.js';
import { skipsStack } from './requirements.js';

interface Finding {
  check: string;
  severity: 'ok' | 'warning' | 'error' | 'skipped';
  found: string;
  remedy?: string;
}

/** What this rig cannot have: a believed certificate, a DNS record, a host that makes backups, Grafana itself. */
const ofTheRig = ['certificate', 'dns', 'backup', 'push'];

describe.skipIf(skipsStack)('verify', () => {
  let fleet: Fleet;
  let tenant: FleetTenant;
  let edge: FleetEdge;

  beforeAll(async () => {
    const made = await Fleet.create('VERIFY');
    fleet = made.fleet;
    [tenant] = made.tenants as [FleetTenant];
    await done('up', tenant.code);
    edge = await FleetEdge.start(made.tenants);
  });

  afterAll(async () => {
    await edge?.remove();
    await fleet?.remove([tenant]);
  });

  async function done(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await fleet.wattfleet(...args);
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
    return stdout;
  }

  /** The findings of a verify, and those that are not well but for the rig's own. */
  async function verify() {
    const { exitCode, stdout } = await fleet.wattfleet('verify', tenant.code, '--json');
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Finding & { event: string });
    const findings = events.filter(({ event }) => event === 'finding');
    const problems = findings.filter(
      ({ check, severity }) => (severity === 'warning' || severity === 'error') && !ofTheRig.includes(check),
    );
    return { exitCode, findings, problems };
  }

  const routed = () =>
    eventually(
      'Traefik knows the route again',
      30,
      async () => (await edge.ask(tenant, '/grafana/api/health')).status === 401,
    );
  const texts = (problems: readonly Finding[]) => problems.map(({ check, found }) => `${check}: ${found}`);
  const at = (name: string) => path.join(tenant.folder, name);
  const compose = (...args: string[]) => docker('compose', '--project-directory', tenant.folder, ...args);

  it('finds everything well that can be', async () => {
    const { findings, problems } = await verify();
    expect(texts(problems)).toEqual([]);
    const well = findings.filter(({ severity }) => severity === 'ok').map(({ check }) => check);
    expect(well).toEqual(
      expect.arrayContaining([
        'containers',
        'ready',
        'migrations',
        'hypertable',
        'volumes',
        'grafana-role',
        'grafana-source',
        'forward-auth',
        'drift',
        'files',
        'permissions',
        'jobs',
      ]),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'forward-auth', found: 'without a session: 401' }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'forward-auth', found: 'with a session: 200' }),
    );
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'certificate',
        severity: 'error',
        found: expect.stringContaining('shows its own') as string,
      }),
    );
    expect(
      (await tenant.sql("SELECT 1 FROM monitoring.session WHERE user_agent = 'wattfleet verify'")).stdout,
    ).toBe('');
  });

  it('finds a portal that was stopped, and still looks at the rest', async () => {
    const { portal = '' } = await tenant.containers();
    await docker('stop', '--time', '5', portal);
    const { exitCode, findings, problems } = await verify();
    expect(exitCode).toBe(1);
    expect(problems).toContainEqual({
      event: 'finding',
      tenant: tenant.slug,
      check: 'containers',
      severity: 'error',
      found: 'portal is exited',
      remedy: expect.stringContaining(`wattfleet up ${tenant.slug}`) as string,
    });
    expect(findings).toContainEqual(expect.objectContaining({ check: 'ready', severity: 'skipped' }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'hypertable', severity: 'ok' }));
    await done('up', tenant.code);
  });

  it('finds what Grafana may no longer read, and what it should not', async () => {
    onTestFinished(async () => {
      await tenant.sql('GRANT SELECT ON grafana.measurement_hourly TO grafana_reader');
      await tenant.sql('REVOKE ALL ON monitoring.account FROM grafana_reader');
      await tenant.sql('REVOKE INSERT ON monitoring.site FROM grafana_reader');
    });
    await tenant.sql('REVOKE SELECT ON grafana.measurement_hourly FROM grafana_reader');
    await tenant.sql('GRANT SELECT ON monitoring.account TO grafana_reader');
    await tenant.sql('GRANT INSERT ON monitoring.site TO grafana_reader');
    const { problems } = await verify();
    expect(texts(problems)).toEqual([
      'grafana-role: grafana_reader cannot read grafana.measurement_hourly: charts stay empty',
      'grafana-role: grafana_reader can read monitoring.account',
      'grafana-role: grafana_reader can write monitoring.site',
    ]);
  });

  it('finds a role whose password is another one', async () => {
    const password = (await tenant.env())['GRAFANA_DATABASE_PASSWORD'] ?? '';
    onTestFinished(async () => {
      await tenant.sql(`ALTER ROLE grafana_reader PASSWORD '${password}'`);
    });
    await tenant.sql("ALTER ROLE grafana_reader PASSWORD 'another-one'");
    expect(texts((await verify()).problems)).toEqual([
      'grafana-role: grafana_reader cannot sign in with the password of .env',
    ]);
  });

  it('finds a route that was lost with a label', async () => {
    onTestFinished(async () => {
      await done('apply', tenant.code);
      await done('up', tenant.code);
      await routed();
    });
    const whole = await readFile(at('compose.yaml'), 'utf8');
    const grafana = whole.indexOf('  grafana:\n');
    const without = whole.slice(grafana).replace('      traefik.enable: "true"\n', '');
    await writeFile(at('compose.yaml'), whole.slice(0, grafana) + without);
    const before = await verify();
    expect(texts(before.problems)).toEqual([
      'drift: grafana was started with other settings than its files have now',
      'files: compose.yaml is not as it would be rendered',
    ]);
    await compose('up', '--detach', '--wait');
    await eventually(
      'Traefik has forgotten the route',
      30,
      async () => (await edge.ask(tenant, '/grafana/api/health')).status !== 401,
    );
    expect(texts((await verify()).problems)).toContainEqual('forward-auth: Traefik has no route to Grafana');
  });

  it('finds a volume that cannot be written', async () => {
    onTestFinished(async () => {
      await rm(at('compose.override.yaml'));
      await done('up', tenant.code);
      await routed();
    });
    const volumes = [
      { type: 'volume', source: 'portal-branding', target: '/data/branding', read_only: true },
    ];
    await writeFile(at('compose.override.yaml'), JSON.stringify({ services: { portal: { volumes } } }));
    await compose('up', '--detach', '--wait');
    const { problems } = await verify();
    expect(problems).toContainEqual(
      expect.objectContaining({
        check: 'volumes',
        severity: 'error',
        found: 'portal cannot write /data/branding',
        remedy: expect.stringContaining(`docker volume inspect ${tenant.slug}_portal-branding`) as string,
      }),
    );
  });

  it('finds an image that is not the one of tenant.yaml, and files that others may read', async () => {
    const whole = await readFile(at('tenant.yaml'), 'utf8');
    onTestFinished(async () => {
      await writeFile(at('tenant.yaml'), whole);
      await chmod(at('.env'), 0o600);
      expect(texts((await verify()).problems)).toEqual([]);
    });
    await writeFile(at('tenant.yaml'), whole.replace(/portal: .*/, 'portal: wattfleet:9.9.9'));
    await chmod(at('.env'), 0o644);
    const { exitCode, problems } = await verify();
    expect(exitCode).toBe(1);
    expect(texts(problems)).toEqual([
      expect.stringMatching(/^drift: portal runs .*; tenant\.yaml says wattfleet:9\.9\.9$/),
      'files: .env has mode 0644 instead of 0600',
      `permissions: ${at('.env')} has mode 0644: others can read it`,
    ]);
  });

  it('status and logs tell of the running stack', async () => {
    const status = JSON.parse(await done('status', tenant.code, '--json')) as {
      tenants: {
        state: string;
        containers: { service: string; state: string; health: string; memoryBytes: number }[];
      }[];
    };
    expect(status.tenants).toMatchObject([{ tenant: tenant.slug, state: 'healthy', drift: [] }]);
    expect(status.tenants[0]?.containers.every(({ memoryBytes }) => memoryBytes > 1_000_000)).toBe(true);
    const log = await done('logs', tenant.code, '--service', 'portal');
    expect(log).toContain('TimescaleDB hypertable for monitoring.measurement is ready');
    const following = fleet.start('logs', tenant.code, '--follow', '--service', 'timescaledb', '--tail', '1');
    await new Promise((resolve) => following.stdout?.once('data', resolve));
    following.kill('SIGINT');
    expect(await new Promise((resolve) => following.once('exit', resolve))).toBe(0);
  });

  it('doctor looks at the host', async () => {
    const { stdout } = await fleet.wattfleet('doctor', '--json');
    expect(stdout).toContain('"check":"engine","severity":"ok"');
    expect(stdout).toContain('"check":"disk"');
    const { portal = '' } = await tenant.containers();
    expect(await healthOf(portal)).toBe('healthy');
  });
});
