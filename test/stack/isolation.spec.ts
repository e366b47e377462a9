import { Agent } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docker, eventually, healthOf } from './docker.js';
import { askPort, type Answer } from './edge.js';
import { Traffic } from './fleet-edge.js';
import { HostUnderTest, prefix, removeHost } from './host-under-test.js';
import { addressesOf, connected, inNetworkOf, reach, reachFromNetworkOf } from './probe.js';
import { skipsStack } from './requirements.js';

const [a, b] = [`${prefix}a`, `${prefix}b`];
const edgeProject = `${prefix}edge`;
const hostOf = (slug: string) => `${slug}.portal.example.com`;
const forged = { 'x-webauth-user': 'mallory@example.com', 'x-webauth-role': 'Admin' };

describe.skipIf(skipsStack)('two tenants behind one edge', () => {
  let host: HostUnderTest;
  const signedIn = new Map<string, string>();

  beforeAll(async () => {
    await removeHost();
    host = await HostUnderTest.create();
    await host.wattfleet('host', 'init');
    for (const slug of [a, b]) await host.createTenant(slug, hostOf(slug));
    await host.wattfleet('up', a, b);
    for (const slug of [a, b]) {
      await eventually(`${slug} answers`, 60, () => answers(slug));
      signedIn.set(slug, await signIn(slug));
    }
  });

  afterAll(async () => {
    await host?.remove();
  });

  const traefik = () => host.container(edgeProject, 'traefik');
  const answers = async (slug: string) =>
    (await host.ask(hostOf(slug), '/health').catch(() => undefined))?.status === 200;
  const cookieOf = (slug: string) => signedIn.get(slug) ?? '';
  /** What the stand-in for Grafana got, when it was asked. */
  const echoOf = ({ body }: Answer) => {
    const isEcho = body.startsWith('{"url":"/grafana');
    return isEcho ? (JSON.parse(body) as { headers: Record<string, string> }).headers : undefined;
  };

  async function signIn(slug: string): Promise<string> {
    const [password] = (await host.secrets(slug)).slice(3);
    const body = { email: `admin@${hostOf(slug)}`, password };
    const headers = { origin: `https://${hostOf(slug)}` };
    const answer = await host.ask(hostOf(slug), '/api/session', { method: 'POST', body, headers });
    expect(answer.status).toBe(200);
    return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  describe('host init', () => {
    it('says that nothing is left to do', async () => {
      expect(await host.wattfleet('host', 'init')).toBe('No changes: the host is as host.yaml says.\n');
      const json: unknown = JSON.parse(await host.wattfleet('host', 'init', '--json'));
      expect(json).toMatchObject({ written: [], started: [], stopped: [], joined: [] });
      expect(JSON.parse(await host.wattfleet('host', 'init', '--dry-run', '--json'))).toMatchObject({
        changes: false,
      });
    });

    it('gives every network a range of the pool, and Traefik a fixed address in each', async () => {
      const addresses = await addressesOf(await traefik());
      const edges = [a, b].map((slug) => addresses[`${slug}_edge`] ?? '');
      expect(edges.every((address) => /^10\.233\.\d+\.\d+$/.test(address))).toBe(true);
      for (const [index, slug] of [a, b].entries()) {
        const grafana = await host.container(slug, 'grafana');
        const environment = await docker('inspect', '--format', '{{json .Config.Env}}', grafana);
        expect(environment).toContain(`"GF_AUTH_PROXY_WHITELIST=${edges[index]}"`);
      }
    });

    it('serves the host’s own certificate and sends http to https', async () => {
      const answer = await askPort(host.ports.http, '/sites?x=1', { host: hostOf(a) });
      expect([301, 308]).toContain(answer.status);
      expect(answer.headers.location).toBe(`https://${hostOf(a)}:${host.ports.https}/sites?x=1`);
    });
  });

  describe('networks', () => {
    const ports = { portal: 4100, grafana: 3000, timescaledb: 5432 };

    it('let nothing of one tenant reach anything of the other', async () => {
      const targets: string[] = [];
      for (const [service, port] of Object.entries(ports)) {
        const addresses = Object.values(await addressesOf(await host.container(b, service)));
        targets.push(...addresses.map((address) => `${address}:${port}`), `${b}-${service}-1:${port}`);
      }
      targets.push(`${b}-portal:4100`);
      expect(targets).toHaveLength(9);
      for (const service of ['portal', 'grafana']) {
        expect(connected(await reach(await host.container(a, service), targets))).toEqual([]);
      }
      const fromDatabase = await host.container(a, 'timescaledb');
      expect(connected(await reachFromNetworkOf(fromDatabase, targets))).toEqual([]);
    });

    it('do reach what is the tenant’s own, by the names that the other one has too', async () => {
      const own = ['portal:4100', 'grafana:3000', 'timescaledb:5432', `${a}-portal:4100`];
      expect(connected(await reach(await host.container(a, 'grafana'), own))).toEqual(own);
      const lookup = `require('node:dns').lookup('timescaledb', { all: true }, (_, all) => console.log(all.map((one) => one.address).join()))`;
      const seen = await docker('exec', await host.container(a, 'grafana'), 'node', '-e', lookup);
      expect(seen).toBe((await addressesOf(await host.container(a, 'timescaledb')))[`${a}_private`]);
    });

    it('resolve no name of the other tenant or of the edge', async () => {
      const names = [`${b}-portal`, `${b}-portal-1`, `${b}-timescaledb-1`, 'socket-proxy', `${b}_edge`];
      const reached = await reach(
        await host.container(a, 'portal'),
        names.map((name) => `${name}:80`),
      );
      expect(Object.values(reached)).toEqual(
        names.map(() => expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/)),
      );
    });

    it('show of Traefik what the world sees, in the tenant’s own network alone', async () => {
      const addresses = await addressesOf(await traefik());
      const [portal, own] = [await host.container(a, 'portal'), addresses[`${a}_edge`] ?? ''];
      const open = await reach(
        portal,
        [80, 443, 2375, 8000, 8079, 8080, 8443, 9000].map((port) => `${own}:${port}`),
      );
      expect(connected(open)).toEqual([`${own}:8000`, `${own}:8443`]);
      const others = Object.values(addresses).filter((address) => address !== own);
      expect(others.length).toBeGreaterThanOrEqual(4);
      expect(
        connected(
          await reach(
            portal,
            others.map((address) => `${address}:8443`),
          ),
        ),
      ).toEqual([]);
    });

    it('give the database no way out', async () => {
      const database = await host.container(a, 'timescaledb');
      expect(Object.keys(await addressesOf(database))).toEqual([`${a}_private`]);
      // The engine lets no packet of such a network leave it.
      expect(await docker('network', 'inspect', '--format', '{{.Internal}}', `${a}_private`)).toBe('true');
      const addresses = Object.values(await addressesOf(await traefik()));
      const targets = addresses.flatMap((address) => [`${address}:8000`, `${address}:8443`]);
      expect(targets.length).toBeGreaterThanOrEqual(10);
      expect(connected(await reachFromNetworkOf(database, targets))).toEqual([]);
      const names = ['traefik:8443', `${edgeProject}-traefik-1:8443`, 'example.com:443'];
      expect(connected(await reachFromNetworkOf(database, names))).toEqual([]);
    });

    it('lead no packet through Traefik, whose own door stays where it was', async () => {
      const read = (file: string) => `console.log(require('fs').readFileSync('${file}', 'utf8').trim())`;
      expect(await inNetworkOf(await traefik(), read('/proc/sys/net/ipv4/ip_forward'))).toBe('0');
      const routes = await inNetworkOf(await traefik(), read('/proc/net/route'));
      const [, , gateway = ''] =
        routes
          .split('\n')
          .find((line) => line.split('\t')[1] === '00000000')
          ?.split('\t') ?? [];
      const front = (await addressesOf(await traefik()))[`0-${prefix}edge`] ?? '';
      // Little-endian hexadecimal: the last byte is the first of the address.
      const bytes =
        gateway
          .match(/../g)
          ?.toReversed()
          .map((byte) => Number.parseInt(byte, 16)) ?? [];
      expect(bytes.slice(0, 3).join('.')).toBe(front.split('.').slice(0, 3).join('.'));
      expect(Math.floor((bytes[3] ?? 0) / 16)).toBe(Math.floor(Number(front.split('.')[3]) / 16));
    });
  });

  describe('the engine’s socket', () => {
    const ask = async (method: string, path: string) => {
      const code = `require('node:http').request({ host: 'socket-proxy', port: 2375, method: process.argv[1], path: process.argv[2] },
        (answer) => { console.log(answer.statusCode); process.exit(); }).end()`;
      return Number(await inNetworkOf(await traefik(), code, method, path));
    };

    it('answers Traefik what it needs, and neither files, logs nor commands', async () => {
      const id = await host.container(a, 'portal');
      expect(await ask('GET', '/v1.40/version')).toBe(200);
      expect(await ask('GET', '/v1.40/containers/json')).toBe(200);
      expect(await ask('GET', `/v1.40/containers/${id}/json`)).toBe(200);
      for (const path of ['archive?path=/run/secrets', 'export', 'logs?stdout=1', 'top', 'json/../export']) {
        expect(await ask('GET', `/v1.40/containers/${id}/${path}`)).toBe(403);
      }
      for (const path of ['/images/json', '/volumes', '/secrets', '/info']) {
        expect(await ask('GET', path)).toBe(403);
      }
      expect(await ask('POST', `/v1.40/containers/${id}/stop`)).toBe(405);
      expect(await ask('DELETE', `/v1.40/containers/${id}`)).toBe(405);
    });

    it('is out of reach from every tenant', async () => {
      const addresses = Object.values(await addressesOf(await host.container(edgeProject, 'socket-proxy')));
      const targets = addresses.map((address) => `${address}:2375`);
      expect(connected(await reachFromNetworkOf(await traefik(), targets))).toEqual(targets);
      expect(connected(await reach(await host.container(a, 'portal'), targets))).toEqual([]);
    });
  });

  describe('identity', () => {
    const paths = [
      '/grafana/',
      '//grafana/',
      '///grafana//',
      '/./grafana/',
      '/x/../grafana/',
      '/GRAFANA/',
      '/grafana%2f',
      '/%2fgrafana/',
      '/grafana%5c..',
      '/%67rafana/',
      '/grafan%61/api/search',
      '/grafana;/',
      '/grafana/..;/grafana/',
      '/..;/grafana/',
      '/grafana%3b/',
      '/grafana%00/',
      '/grafana/%2e%2e/grafana/',
      '/grafana%252f',
      '/grafana%23/',
      '/grafana%3f/',
      '/api/..%2fgrafana/',
      '/public/../grafana/public/x',
    ];
    const tricks: Record<string, Record<string, string | string[]>> = {
      'as they are': forged,
      'as hop-by-hop headers': { ...forged, connection: 'X-WEBAUTH-USER, X-WEBAUTH-ROLE, keep-alive' },
      'hiding those of the proxy': {
        ...forged,
        connection: 'keep-alive, X-Forwarded-Uri, X-Forwarded-Host, Cookie',
      },
      twice: {
        'x-webauth-user': ['mallory@example.com', 'mallory2@example.com'],
        'X-WebAuth-Role': ['Admin', 'Admin'],
      },
      'under names a program could take for them': {
        X_WEBAUTH_USER: 'mallory@example.com',
        'X.WEBAUTH.USER': 'mallory@example.com',
        'X-WEBAUTH_USER': 'mallory@example.com',
        'X~WEBAUTH~ROLE': 'mallory',
      },
      'with another path for the portal to judge': {
        ...forged,
        'x-forwarded-uri': '/sign-in',
        'x-forwarded-host': hostOf(b),
        'x-original-url': '/sign-in',
        'x-rewrite-url': '/sign-in',
      },
    };

    it.each(paths)('is not to be had without a session: %s', async (path) => {
      for (const headers of Object.values(tricks)) {
        const answer = await host.ask(hostOf(a), path, { headers });
        expect(echoOf(answer)).toBeUndefined();
        expect(answer.body).not.toContain('mallory');
      }
    });

    it.each(Object.keys(tricks))('is the portal’s word when a client sends headers %s', async (name) => {
      const headers = { ...tricks[name], cookie: cookieOf(a) };
      const answer = await host.ask(hostOf(a), '/grafana/', { headers });
      const echo = echoOf(answer);
      // Taking the cookie away leaves nobody signed in; nothing else may change who that is.
      if (echo === undefined) expect([401, 302]).toContain(answer.status);
      else {
        expect(echo).toMatchObject({ 'x-webauth-user': `admin@${hostOf(a)}`, 'x-webauth-role': 'Editor' });
        expect(JSON.stringify(echo)).not.toContain('mallory');
      }
    });

    it.each(paths)('is the portal’s word or nothing on %s', async (path) => {
      const answer = await host.ask(hostOf(a), path, { headers: { ...forged, cookie: cookieOf(a) } });
      const echo = echoOf(answer);
      if (echo !== undefined) expect(echo['x-webauth-user']).toBe(`admin@${hostOf(a)}`);
      expect(answer.body).not.toContain('mallory');
    });

    it('of one tenant is worth nothing at the other', async () => {
      for (const path of ['/grafana/', '/api/session', '/api/sites']) {
        const answer = await host.ask(hostOf(b), path, { headers: { cookie: cookieOf(a) } });
        expect([path, answer.status]).toEqual([path, 401]);
      }
      expect(
        echoOf(await host.ask(hostOf(b), '/grafana/', { headers: { cookie: cookieOf(b) } })),
      ).toBeDefined();
      // A name in TLS and another in the request: the one in the request decides, and its cookie is asked for.
      const crossed = { host: hostOf(b), cookie: cookieOf(a) };
      expect((await host.ask(hostOf(a), '/grafana/', { headers: crossed })).status).toBe(401);
    });

    it('is not to be had while the portal is down, and the other tenant does not notice', async () => {
      const portal = await host.container(a, 'portal');
      await docker('stop', '--time', '20', portal);
      const headers = { ...forged, cookie: cookieOf(a) };
      const closed = await host.ask(hostOf(a), '/grafana/', { headers });
      expect(echoOf(closed)).toBeUndefined();
      expect(closed.status).toBeGreaterThanOrEqual(400);
      expect((await host.ask(hostOf(b), '/grafana/', { headers: { cookie: cookieOf(b) } })).status).toBe(200);
      await docker('start', portal);
      await eventually('the portal is back', 120, () => answers(a));
      const again = await host.ask(hostOf(a), '/grafana/', { headers });
      expect(echoOf(again)?.['x-webauth-user']).toBe(`admin@${hostOf(a)}`);
    });
  });

  describe('what is said about a tenant', () => {
    it('is no secret in docker inspect of any container', async () => {
      const secrets = await host.secrets(a, b);
      expect(secrets).toHaveLength(10);
      const running = await Promise.all([
        ...[a, b].flatMap((slug) =>
          ['portal', 'grafana', 'timescaledb'].map((name) => host.container(slug, name)),
        ),
        ...['traefik', 'socket-proxy'].map((name) => host.container(edgeProject, name)),
      ]);
      const shown = await docker('inspect', ...running);
      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    });

    it('is in the access log without headers and queries', async () => {
      const marks = ['mark-in-query', 'mark-in-authorization', 'mark-in-cookie'];
      await host.ask(hostOf(a), '/api/marked?token=mark-in-query', {
        headers: { authorization: 'Bearer mark-in-authorization', cookie: 'x=mark-in-cookie' },
      });
      const read = async () => {
        const all = await docker('logs', await traefik());
        return all.split('\n').filter((line) => line.includes('/api/marked'));
      };
      await eventually('the request is in the log', 20, async () => (await read()).length > 0);
      const log = await docker('logs', await traefik());
      expect(marks.filter((mark) => log.includes(mark))).toEqual([]);
      expect(log).not.toContain(cookieOf(a).split('=')[1]);
    });
  });

  describe('middlewares', () => {
    it('compress what is worth it', async () => {
      const headers = { 'accept-encoding': 'gzip', accept: 'text/html' };
      const page = await host.ask(hostOf(a), '/sign-in', { headers });
      expect([page.status, page.headers['content-encoding']]).toEqual([200, 'gzip']);
      const plain = await host.ask(hostOf(a), '/sign-in', { headers: { accept: 'text/html' } });
      expect(plain.headers).not.toHaveProperty('content-encoding');
    });

    it('limit the requests of a client to one tenant, and not to the other', async () => {
      // A new connection for each would be slower than the limit on a busy machine.
      const agent = new Agent({ keepAlive: true, maxSockets: 10 });
      const ask = () => host.ask(hostOf(a), '/health', { agent });
      const all: Answer[] = [];
      // The limit grows by a hundred a second, and a busy machine does little more.
      while (all.length < 10_000 && all.every(({ status }) => status === 200)) {
        all.push(...(await Promise.all(Array.from({ length: 500 }, ask))));
      }
      agent.destroy();
      const counts = Map.groupBy(all, ({ status }) => status);
      expect(new Set(counts.keys())).toEqual(new Set([200, 429]));
      expect(counts.get(200)?.length).toBeGreaterThanOrEqual(200);
      expect((await host.ask(hostOf(b), '/health')).status).toBe(200);
      await eventually('the limit has passed', 30, () => answers(a));
    });
  });

  describe('the life of the edge', () => {
    it('goes on in all tenants’ networks after Traefik was made anew', async () => {
      await docker('rm', '--force', await traefik());
      const said = await host.wattfleet('host', 'init');
      expect(said).toContain('Started: edge, 1 containers');
      expect(said).toContain(`Traefik joined: ${a}_edge, ${b}_edge`);
      for (const slug of [a, b]) await eventually(`${slug} answers`, 60, () => answers(slug));
      expect(
        echoOf(await host.ask(hostOf(a), '/grafana/', { headers: { cookie: cookieOf(a) } })),
      ).toBeDefined();
    });

    it('goes on after a restart, without the provisioner', async () => {
      const before = await addressesOf(await traefik());
      await docker('restart', await traefik());
      for (const slug of [a, b]) await eventually(`${slug} answers`, 60, () => answers(slug));
      expect((await addressesOf(await traefik()))[`${a}_edge`]).toBe(before[`${a}_edge`]);
    });

    it('leaves a tenant that is stopped, and is back at the same address when it is started', async () => {
      const before = (await addressesOf(await traefik()))[`${a}_edge`];
      const health = async () => (await host.ask(hostOf(a), '/health')).status;
      const traffic = new Traffic(health);
      await host.wattfleet('down', a);
      // Of what was asked meanwhile nothing was left without an answer, which would be a 0.
      const statuses = await traffic.stop();
      expect([statuses[0], statuses.includes(0)]).toEqual([200, false]);
      expect(await docker('network', 'ls', '--format', '{{.Name}}')).not.toContain(`${a}_`);
      // Traefik takes in every two seconds what the engine tells it.
      await eventually(`${a} is unknown`, 15, async () => (await health()) === 404);
      expect(await answers(b)).toBe(true);
      await host.wattfleet('up', a);
      await eventually(`${a} answers`, 60, () => answers(a));
      expect((await addressesOf(await traefik()))[`${a}_edge`]).toBe(before);
    });
  });

  describe('Admin on the same host', () => {
    const name = 'admin.portal.example.com';

    it('runs when its profile is on, behind the same edge, out of the tenants’ reach', async () => {
      await host.edit({ profiles: { admin: true }, admin: { host: name, email: `ops@${name}` } });
      expect(await host.wattfleet('host', 'init')).toContain('Started: admin, 2 containers');
      await eventually('Admin answers', 60, async () => (await host.ask(name, '/health')).status === 200);
      const [, password] = await host.secrets('admin');
      const answer = await host.ask(name, '/api/session', {
        method: 'POST',
        body: { email: `ops@${name}`, password },
        headers: { origin: `https://${name}` },
      });
      expect(answer.status).toBe(200);
      expect((await host.ask(name, '/metrics')).status).toBe(404);
      const [admin, database] = await Promise.all(
        ['admin', 'timescaledb'].map((service) => host.container(`${prefix}admin`, service)),
      );
      expect(await healthOf(admin ?? '')).toBe('healthy');
      const targets = [
        ...Object.values(await addressesOf(admin ?? '')).map((address) => `${address}:4000`),
        ...Object.values(await addressesOf(database ?? '')).map((address) => `${address}:5432`),
        'admin:4000',
      ];
      expect(connected(await reach(await host.container(a, 'portal'), targets))).toEqual([]);
      const shown = await docker('inspect', admin ?? '', database ?? '');
      const secrets = await host.secrets('admin');
      expect(secrets).toHaveLength(3);
      expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    });

    it('is stopped when its profile is off', async () => {
      await host.edit({ profiles: { admin: false } });
      expect(await host.wattfleet('host', 'init')).toContain('Stopped: admin');
      expect(await host.container(`${prefix}admin`, 'admin')).toBe('');
    });
  });
});
