import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importReport } from '#libs/contracts';
import { meterFileText } from '../fixtures/meter-files.js';
import { docker, healthOf, tryDocker } from './docker.js';
import { Edge } from './edge.js';
import { imageUnderTest } from './image-under-test.js';
import { skipsStack } from './requirements.js';
import { adminEmail, host, removeLeftovers, slug, TenantStack } from './tenant-stack.js';

const services = ['portal', 'timescaledb', 'grafana'];
const program = 'dist/apps/portal/src/main.js';

/** Tries the port of PostgreSQL from a new container on one of the tenant's networks. */
async function connectFrom(network: 'edge' | 'private', target: string): Promise<string> {
  const script = `require('net').connect({ host: '${target}', port: 5432, timeout: 3000 })
    .on('connect', () => end('connected')).on('timeout', () => end('timeout')).on('error', (error) => end(error.code));
    function end(how) { console.log(how); process.exit(); }`;
  return docker('run', '--rm', '--network', `${slug}_${network}`, imageUnderTest, 'node', '-e', script);
}

describe.skipIf(skipsStack)('tenant’s stack', () => {
  let stack: TenantStack;
  let edge: Edge;
  let secrets: Map<string, string>;

  beforeAll(async () => {
    await removeLeftovers();
    stack = await TenantStack.create();
    secrets = await stack.secrets();
    await stack.up();
    edge = await Edge.start();
  });

  afterAll(async () => {
    await edge?.remove();
    await stack?.remove();
    await removeLeftovers();
  });

  /** What `docker inspect` tells of a service's container. */
  async function inspect(service: string, format: string): Promise<string> {
    return docker('inspect', '--format', format, await stack.container(service));
  }

  /** Signs in as the first administrator. @returns the Cookie header of the session */
  async function signIn(): Promise<string> {
    const body = { email: adminEmail, password: secrets.get('DEFAULT_ADMIN_PASSWORD') };
    const answer = await edge.ask('/api/session', {
      method: 'POST',
      body,
      headers: { origin: `https://${host}` },
    });
    expect(JSON.parse(answer.body)).toMatchObject({ account: { email: adminEmail, role: 'admin' } });
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-.*; HttpOnly/);
    expect(cookie).toContain('Secure');
    return cookie.slice(0, cookie.indexOf(';'));
  }

  describe('when it is up', () => {
    it('has three healthy containers', async () => {
      const containers = await Promise.all(services.map((service) => stack.container(service)));
      expect(await Promise.all(containers.map(healthOf))).toEqual(['healthy', 'healthy', 'healthy']);
    });

    it('says in the portal’s log what it has set up', async () => {
      const log = await stack.compose('logs', '--no-log-prefix', 'portal');
      expect(log).toContain("Applied migration 'House");
      expect(log).toContain('TimescaleDB hypertable for monitoring.measurement is ready');
      expect(log).toContain('WARNING: TimescaleDB runs with its Apache licence');
    });

    it('is as tenant.yaml says', async () => {
      const plan = await stack.wattfleet('plan', slug);
      expect(plan).toContain('No changes');
    });
  });

  describe('confinement', () => {
    it.each(services)('%s publishes no port, has no privilege and a ceiling', async (service) => {
      const { HostConfig: settings } = JSON.parse(await inspect(service, '{{json .}}'));
      expect(settings).toMatchObject({
        PortBindings: {},
        ReadonlyRootfs: true,
        Privileged: false,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges:true'],
      });
      expect(settings.Memory).toBeGreaterThan(0);
      expect(settings.PidsLimit).toBeGreaterThan(0);
    });

    it.each(services)('docker inspect shows no secret of %s', async (service) => {
      const shown = await inspect(service, '{{json .}}');
      expect(secrets.size).toBeGreaterThanOrEqual(5);
      expect([...secrets].filter(([, value]) => shown.includes(value)).map(([name]) => name)).toEqual([]);
    });

    it('lets nobody on the edge network reach the database, by name or by address', async () => {
      const address = await inspect(
        'timescaledb',
        `{{(index .NetworkSettings.Networks "${slug}_private").IPAddress}}`,
      );
      expect(await connectFrom('private', 'timescaledb')).toBe('connected');
      expect(await connectFrom('private', address)).toBe('connected');
      expect(await connectFrom('edge', 'timescaledb')).toBe('ENOTFOUND');
      expect(await connectFrom('edge', address)).toMatch(/^(timeout|EHOSTUNREACH|ENETUNREACH|ECONNREFUSED)$/);
    });
  });

  describe('behind Traefik', () => {
    it('answers on its own host alone', async () => {
      expect(await edge.ask('/health')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
      expect((await edge.ask('/health', { host: 'other.portal.example.com' })).status).toBe(404);
    });

    it('serves the portal’s pages', async () => {
      const page = await edge.ask('/');
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toContain('text/html');
    });

    it.each(['/metrics', '/metrics/', '/%6detrics', '//metrics', '/x/../metrics'])(
      'hides the metrics (%s)',
      async (path) => {
        const answer = await edge.ask(path);
        expect(answer.body).not.toContain('# HELP');
      },
    );

    it('has metrics to hide', async () => {
      expect((await edge.ask('/metrics')).status).toBe(404);
      const script = "fetch('http://127.0.0.1:4100/metrics').then((r) => r.text()).then(console.log)";
      expect(await docker('exec', await stack.container('portal'), 'node', '-e', script)).toContain('# HELP');
    });
  });

  describe('Grafana behind the portal’s sign-in', () => {
    const forged = { 'x-webauth-user': 'mallory@example.com', 'x-webauth-role': 'Admin' };

    it('sends a browser that is not signed in to the sign-in page, and back', async () => {
      const answer = await edge.ask('/grafana/d/abc?x=1', { headers: { accept: 'text/html', ...forged } });
      expect(answer.status).toBe(302);
      const back = encodeURIComponent('/grafana/d/abc?x=1');
      expect(answer.headers.location).toBe(`https://${host}/sign-in?return=${back}`);
    });

    it('answers 401 to anything else that is not signed in', async () => {
      const answer = await edge.ask('/grafana/api/search', { headers: forged });
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'SIGN_IN_REQUIRED' });
    });

    it('tells Grafana who the portal says it is, whatever the client says', async () => {
      const cookie = await signIn();
      const answer = await edge.ask('/grafana/', { headers: { cookie, accept: 'text/html', ...forged } });
      expect(JSON.parse(answer.body).headers).toMatchObject({
        'x-webauth-user': adminEmail,
        'x-webauth-role': 'Editor',
        host,
      });
    });

    it('forgets whom the portal has signed out', async () => {
      const cookie = await signIn();
      const origin = `https://${host}`;
      const signOut = await edge.ask('/api/session', { method: 'DELETE', headers: { cookie, origin } });
      expect(signOut.status).toBe(204);
      expect((await edge.ask('/grafana/', { headers: { cookie } })).status).toBe(401);
    });

    it('can read measurements and nothing of accounts, and write nothing', async () => {
      const password = secrets.get('GRAFANA_DATABASE_PASSWORD') ?? '';
      const ask = (statement: string) => stack.sql(statement, { user: 'grafana_reader', password });
      expect(await ask('SELECT count(*) >= 0 FROM grafana.measurement_15min')).toMatchObject({
        stdout: 't\n',
      });
      for (const statement of ['SELECT * FROM monitoring.account', 'DELETE FROM monitoring.measurement']) {
        expect((await ask(statement)).stderr).toContain('permission denied');
      }
      const wrong = await stack.sql('SELECT 1', { user: 'grafana_reader', password: 'wrong' });
      expect(wrong.stderr).toContain('password authentication failed');
    });
  });

  describe('meter files', () => {
    const [rows, channels] = [144, 8];
    const text = meterFileText({
      format: 'MV_T302_V002',
      masterSerial: '02003107',
      slaves: [{ serial: '04002211', channels: 2 }],
      start: new Date('2026-06-01T00:00:00Z'),
      rows,
      intervalSeconds: 600,
    });

    it('are imported from the volume, point by point', async () => {
      const folder = '/data/import/north-plant/02003107';
      const script = `mkdir -p ${folder} && cat > ${folder}/T302.tsv`;
      const volume = ['--volume', `${slug}_portal-import:/data/import`];
      const put = ['run', '--rm', '--interactive', ...volume, imageUnderTest, 'sh', '-c', script];
      expect(await tryDocker(put, text)).toMatchObject({ exitCode: 0, stderr: '' });

      const command = ['node', program, 'import', '--data-folder', '/data/import', '--json'];
      const report = importReport.parse(
        JSON.parse(await docker('exec', await stack.container('portal'), ...command)),
      );
      expect(report.totals).toMatchObject({ files: 1, imported: 1, points: rows * channels });
      expect(await stack.countMeasurements()).toBe(rows * channels);
      expect(await stack.compose('exec', '-T', 'portal', 'ls', `${folder}/parsed`)).toContain('T302');
    });

    it('give their site a dashboard, which Grafana reads and cannot change', async () => {
      const folder = '/var/lib/grafana-dashboards';
      const grafana = await stack.container('grafana');
      const read = async () =>
        (await tryDocker(['exec', grafana, 'sh', '-c', `cat ${folder}/site-*.json`])).stdout;
      // The command tells the portal nothing: it finds the site by itself.
      await expect.poll(read, { timeout: 30_000, interval: 1_000 }).toContain('"title":"north-plant"');
      const write = await tryDocker(['exec', grafana, 'sh', '-c', `touch ${folder}/mine.json`]);
      expect(write.stderr).toContain('Read-only file system');
    });

    it('stay when every container is made anew', async () => {
      await stack.compose('down', '--timeout', '20');
      await stack.up();
      expect(await stack.countMeasurements()).toBe(rows * channels);
    });
  });
});
