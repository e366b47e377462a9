import { execFile } from 'node:child_process';
import { chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import SftpClient from 'ssh2-sftp-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { envValues, parseEnvFile } from '#libs/stack';
import { meterFileText } from '../fixtures/meter-files.js';
import { docker, eventually, healthOf } from './docker.js';
import { HostUnderTest, removeHost } from './host-under-test.js';
import { addressesOf, connected, reach } from './probe.js';
import { skipsStack } from './requirements.js';

const prefix = 'wattfleet-sftp-';
const [a, b] = [`${prefix}a`, `${prefix}b`];
/** The real one, where a machine brings it, speaks SSH and knows nothing of what a test says has come. */
const isStandIn = process.env['SFTPGO_IMAGE'] === undefined || process.env['SFTPGO_STAND_IN'] === '1';

if (isStandIn) console.log('not run: files by SFTP, which needs a real SFTPGo (SFTPGO_IMAGE)');

const meterFile = (masterSerial: string) =>
  meterFileText({
    format: 'MV_T302_V002',
    masterSerial,
    start: new Date('2026-06-01T00:00:00Z'),
    rows: 10,
    intervalSeconds: 60,
  });

describe.skipIf(skipsStack)('a host with an SFTP server, and two tenants that use it', () => {
  let host: HostUnderTest;
  let data: string;

  beforeAll(async () => {
    await removeHost(prefix);
    host = await HostUnderTest.create({ prefix, pool: '10.235.0.0/16' });
    data = path.join(host.root, '.sftp-data');
    await host.edit({
      profiles: { sftp: true },
      sftp: { folder: data },
      listen: { address: '127.0.0.1', ...host.ports },
    });
    await host.wattfleet('host', 'init');
    for (const slug of [a, b]) await host.createTenant(slug, `${slug}.portal.example.com`, '--sftp');
    await host.wattfleet('up', a, b);
  });

  afterAll(async () => {
    await host?.remove();
  });

  const server = () => host.container(`${prefix}sftp`, 'sftp');
  const env = async (slug: string) =>
    envValues(parseEnvFile(await readFile(path.join(host.root, slug, '.env'), 'utf8')));
  const apiUrl = async () => `http://${(await addressesOf(await server()))[`${prefix}sftp_api`]}:8080/api/v2`;
  const accepts = async (slug: string, password: string) => {
    const authorization = `Basic ${Buffer.from(`${slug}:${password}`).toString('base64')}`;
    return (await fetch(`${await apiUrl()}/user/token`, { headers: { authorization } })).ok;
  };
  const asAdmin = async (at: string, body?: object) => {
    const own = envValues(parseEnvFile(await readFile(path.join(host.root, 'sftp', '.env'), 'utf8')));
    const basic = Buffer.from(`wattfleet:${own.get('ADMIN_PASSWORD')}`).toString('base64');
    const url = await apiUrl();
    const signedIn = await fetch(`${url}/token`, { headers: { authorization: `Basic ${basic}` } });
    const { access_token: token } = (await signedIn.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    const content = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(new URL(at, url), { headers, ...content })).json() as Promise<
      Record<string, unknown>
    >;
  };
  const asMeter = async (
    way: { password?: string | undefined; privateKey?: Buffer },
    act: (client: SftpClient) => Promise<void>,
  ) => {
    const client = new SftpClient();
    const { password, privateKey } = way;
    const secret = privateKey === undefined ? { password: password ?? '' } : { privateKey };
    await client.connect({ host: '127.0.0.1', port: host.ports.sftp, username: a, ...secret });
    try {
      await act(client);
    } finally {
      await client.end();
    }
  };
  const allowKey = async (slug: string, publicKey: string) => {
    const file = path.join(host.root, slug, 'tenant.yaml');
    const tenant = parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, stringify({ ...tenant, sftp: { enabled: true, publicKeys: [publicKey] } }));
    for (const command of ['apply', 'up']) await host.wattfleet(command, slug);
  };
  const sftpFinding = async (slug: string) => {
    const stdout = await host
      .wattfleet('verify', slug, '--json')
      .catch((error: { stdout: string }) => error.stdout);
    return stdout;
  };

  it('runs healthy, publishes SSH and nothing else, and has no secret in sight of the engine', async () => {
    expect(await healthOf(await server())).toBe('healthy');
    expect(await docker('port', await server())).toBe(`2022/tcp -> 127.0.0.1:${host.ports.sftp}`);
    const secrets = [...(await host.secrets('sftp')), ...(await host.secrets(a))];
    const seen = await docker('inspect', await server(), await host.container(a, 'portal'));
    expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
  });

  it('stands in the edge network of each tenant, and shows there SSH alone', async () => {
    const addresses = await addressesOf(await server());
    const [inA = '', inB = ''] = [a, b].map((slug) => addresses[`${slug}_edge`]);
    const environment = await docker(
      'inspect',
      '--format',
      '{{json .Config.Env}}',
      await host.container(a, 'portal'),
    );
    expect(environment).toContain(`"SFTP_HOST=${inA}"`);
    const targets = [`${inA}:2022`, `${inA}:8080`, `${inB}:2022`, `${addresses[`${prefix}sftp_api`]}:8080`];
    expect(connected(await reach(await host.container(a, 'portal'), targets))).toEqual([`${inA}:2022`]);
    const others = ['portal', 'grafana', 'timescaledb'].flatMap((service) => [`${b}-${service}-1:80`]);
    expect(connected(await reach(await host.container(a, 'portal'), others))).toEqual([]);
  });

  it('has a user for each, as verify finds', async () => {
    for (const slug of [a, b]) {
      expect(await accepts(slug, (await env(slug)).get('SFTP_PASSWORD') ?? '')).toBe(true);
      expect(await sftpFinding(slug)).toContain('the user signs in');
    }
    expect(await accepts(b, (await env(a)).get('SFTP_PASSWORD') ?? '')).toBe(false);
  });

  it.each(isStandIn ? ['the stand-in'] : [])(
    'reaches with its hook the portal of the tenant whose file has come, and no other: %s',
    async () => {
      const { answers } = (await asAdmin('/stand-in/upload', { user: a, file: 'site/a.tsv' })) as {
        answers: { endpoint: string; status: unknown }[];
      };
      // 202 is what a portal answers that knows the secret.
      expect(answers).toEqual([
        { endpoint: `http://${a}-portal:4100/api/imports/hooks/sftpgo`, status: 202 },
      ]);
    },
  );

  it.each(isStandIn ? [] : [process.env['SFTPGO_IMAGE']])(
    'takes files by password and by key, holds in its folder who signs in, and has them collected: %s',
    async () => {
      const key = path.join(host.root, '.meter-key');
      await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
      await allowKey(a, (await readFile(`${key}.pub`, 'utf8')).trim());
      const [ours, theirs] = [(await env(a)).get('SFTP_PASSWORD'), (await env(b)).get('SFTP_PASSWORD')];
      const ways = { '02001084': { password: ours }, '02001085': { privateKey: await readFile(key) } };
      for (const [serial, way] of Object.entries(ways)) {
        await asMeter(way, async (client) => {
          await client.mkdir(`north/${serial}`, true);
          await client.put(Buffer.from(meterFile(serial)), `north/${serial}/T302.tsv`);
          // As many programs do after an upload, which fails for them with it.
          await client.chmod(`north/${serial}`, 0o755);
          await expect(client.list(`../${b}`)).rejects.toThrow(/no such file|not exist/i);
        });
        const collected = path.join(data, a, 'north', serial, 'parsed', 'T302.tsv');
        // The portal signs in by password itself.
        await eventually(`${collected} is there`, 90, async () => existsSync(collected));
      }
      await expect(asMeter({ password: theirs }, async () => {})).rejects.toThrow(/authentication/);
    },
  );

  it('keeps users and networks over a restart and a second `host init`', async () => {
    const before = await addressesOf(await server());
    await docker('restart', await server());
    expect(await host.wattfleet('host', 'init')).toContain('No changes');
    expect(await addressesOf(await server())).toEqual(before);
    expect(await accepts(a, (await env(a)).get('SFTP_PASSWORD') ?? '')).toBe(true);
  });

  it('rotates the password of one, and leaves the other alone', async () => {
    const [old, other] = [(await env(a)).get('SFTP_PASSWORD') ?? '', await env(b)];
    await host.wattfleet('rotate', 'sftp', a);
    const now = (await env(a)).get('SFTP_PASSWORD') ?? '';
    expect([await accepts(a, old), await accepts(a, now)]).toEqual([false, true]);
    const mounted = ['exec', await host.container(a, 'portal'), 'cat', '/run/secrets/sftp_password'];
    expect(await docker(...mounted)).toBe(now);
    expect(await env(b)).toEqual(other);
  });

  it('backs up the files of the tenant, and puts them beside what is there', async () => {
    const site = path.join(data, a, 'site');
    await mkdir(site, { recursive: true });
    for (const name of ['one.tsv', 'two.tsv']) await writeFile(path.join(site, name), name);
    for (const place of [path.join(data, a), site]) await chown(place, 1_000, 1_000);
    const store = path.join(host.root, '.store');
    await host.wattfleet('backup', a, '--to', store);
    await writeFile(path.join(site, 'two.tsv'), 'changed');
    await writeFile(path.join(site, 'three.tsv'), 'since');
    await host.wattfleet('restore', a, '--store', store);
    expect((await readdir(site)).toSorted()).toEqual(['one.tsv', 'three.tsv', 'two.tsv']);
    expect(await readFile(path.join(site, 'two.tsv'), 'utf8')).toBe('two.tsv');
  });

  it('forgets a tenant that retires, with its files, and no other', async () => {
    await mkdir(path.join(data, b), { recursive: true });
    const code = a.toUpperCase();
    const sure = ['--yes', '--confirm', code, '--no-backup', '--confirm-no-backup', code];
    await host.wattfleet('decommission', code, ...sure);
    expect([existsSync(path.join(data, a)), existsSync(path.join(data, b))]).toEqual([false, true]);
    expect(Object.keys(await addressesOf(await server()))).not.toContain(`${a}_edge`);
    expect(await accepts(b, (await env(b)).get('SFTP_PASSWORD') ?? '')).toBe(true);
  });
});
