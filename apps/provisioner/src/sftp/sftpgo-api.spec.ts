import { describe, expect, it } from 'vitest';
import { parseTenantSpec } from '#libs/stack';
import { sftpgoPassword, startServer, startSftpgo } from '../testing/sftpgo.fixtures.js';
import { ensure, holds } from './ensure.js';
import { SftpgoApi } from './sftpgo-api.js';
import { disableUser, ensureUser, tenantUser } from './tenant-user.js';
import { ensureHook, removeHook } from './upload-hook.js';

const spec = (sftp = 'enabled: true') =>
  parseTenantSpec(
    `code: ABC0001\nhost: abc0001.portal.example.com\nadminEmail: a@example.com\nsftp: {${sftp}}\n`,
  );
const key = `ssh-ed25519 ${Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.from([0, 0, 0, 32]), Buffer.alloc(32, 1)]).toString('base64')} meter 1`;

async function signedIn() {
  const { url, things, requests } = await startSftpgo();
  return { api: await SftpgoApi.signIn(url, sftpgoPassword), things, requests, url };
}

describe('the user of a tenant', () => {
  it('is made with its folder, keys, quota and password, and then left alone', async () => {
    const { api, things, requests } = await signedIn();
    const files = ['list', 'download', 'upload', 'overwrite', 'rename', 'delete', 'create_dirs'];
    // Of others SFTPGo refuses what it is told to ignore, and their uploads seem to fail.
    const ignored = ['chmod', 'chown', 'chtimes'];
    const wanted = spec(`enabled: true, publicKeys: ["${key}"], quotaBytes: 5000000`);
    expect(await ensureUser(api, wanted, 'first-password')).toBe('made');
    expect(things.users['abc0001']).toMatchObject({
      home_dir: '/srv/sftp/data/abc0001',
      status: 1,
      public_keys: [key],
      quota_size: 5_000_000,
      permissions: { '/': [...files, ...ignored] },
    });
    expect(await api.accepts('abc0001', 'first-password')).toBe(true);
    requests.length = 0;
    expect(await ensureUser(api, wanted, 'first-password')).toBe('unchanged');
    expect(requests).toEqual(['GET /users/abc0001', 'GET /user/token']);
  });

  it.each([
    ['password', spec(), 'second-password'],
    ['quota', spec('enabled: true, quotaBytes: 7'), 'first-password'],
    ['keys', spec(`enabled: true, publicKeys: ["${key}"]`), 'first-password'],
  ])('is changed when its %s is another one', async (_, wanted, password) => {
    const { api } = await signedIn();
    await ensureUser(api, spec(), 'first-password');
    expect(await ensureUser(api, wanted, password)).toBe('changed');
    expect(await api.accepts('abc0001', password)).toBe(true);
    expect(holds(await api.find('users', 'abc0001'), tenantUser(wanted))).toBe(true);
  });

  it('that somebody has bent is straightened', async () => {
    const { api } = await signedIn();
    await ensureUser(api, spec(), 'first-password');
    await api.replace('users', 'abc0001', { ...tenantUser(spec()), home_dir: '/srv/sftp/data', status: 0 });
    expect(await ensureUser(api, spec(), 'first-password')).toBe('changed');
    expect(await api.find('users', 'abc0001')).toMatchObject({
      home_dir: '/srv/sftp/data/abc0001',
      status: 1,
    });
  });

  it('is kept out when the tenant uses SFTP no longer, and its password stays for another time', async () => {
    const { api } = await signedIn();
    await ensureUser(api, spec(), 'first-password');
    await disableUser(api, spec());
    expect(await api.accepts('abc0001', 'first-password')).toBe(false);
    expect(await ensureUser(api, spec(), 'first-password')).toBe('changed');
    expect(await api.accepts('abc0001', 'first-password')).toBe(true);
  });

  it('that comes in between is no fault', async () => {
    const { api, things } = await signedIn();
    const racing = Object.create(api) as SftpgoApi;
    // Another run makes it after this one has looked.
    racing.find = async () => {
      things.users['abc0001'] ??= { ...tenantUser(spec()), hash: 'of another password' };
      return undefined;
    };
    racing.add = (kind, thing) => api.add(kind, thing);
    racing.replace = (kind, name, thing) => api.replace(kind, name, thing);
    expect(await ensureUser(racing, spec(), 'first-password')).toBe('made');
    expect(await api.accepts('abc0001', 'first-password')).toBe(true);
  });
});

describe('the hook', () => {
  it('tells the portal of the tenant alone, with the secret', async () => {
    const { api, things } = await signedIn();
    expect(await ensureHook(api, 'ABC0001', 'secret-of-the-hook')).toBe('made');
    expect(things.eventactions['wattfleet-abc0001']).toMatchObject({
      type: 1,
      options: {
        http_config: {
          endpoint: 'http://abc0001-portal:4100/api/imports/hooks/sftpgo',
          method: 'POST',
          headers: [{ key: 'Authorization', value: 'Bearer secret-of-the-hook' }],
        },
      },
    });
    expect(things.eventrules['wattfleet-abc0001']).toMatchObject({
      status: 1,
      trigger: 1,
      conditions: { fs_events: ['upload', 'rename', 'mkdir'], options: { names: [{ pattern: 'abc0001' }] } },
      actions: [{ name: 'wattfleet-abc0001' }],
    });
    expect(await ensureHook(api, 'ABC0001', 'secret-of-the-hook')).toBe('unchanged');
    expect(await ensureHook(api, 'ABC0001', 'another-secret')).toBe('changed');
  });

  it('is removed with its rule first, twice without a fault', async () => {
    const { api, things } = await signedIn();
    await ensureHook(api, 'ABC0001', 'secret-of-the-hook');
    await removeHook(api, 'abc0001');
    await removeHook(api, 'abc0001');
    expect([things.eventactions, things.eventrules]).toEqual([{}, {}]);
  });
});

describe('the client', () => {
  it('signs in anew when its token has expired, once', async () => {
    let tokens = 0;
    const seen: string[] = [];
    const url = await startServer(({ url: path = '', headers }, response) => {
      seen.push(`${path} ${headers.authorization?.replace(/Basic .*/, 'Basic')}`);
      const isExpired = headers.authorization === 'Bearer 1' && path.includes('/users/');
      if (path.endsWith('/token')) tokens += 1;
      response.statusCode = isExpired ? 401 : 200;
      response.end(
        JSON.stringify(path.endsWith('/token') ? { access_token: `${tokens}` } : { version: '2.7.5' }),
      );
    });
    const api = await SftpgoApi.signIn(url, 'x');
    await api.find('users', 'abc0001');
    expect(seen.slice(2)).toEqual([
      '/api/v2/users/abc0001 Bearer 1',
      '/api/v2/token Basic',
      '/api/v2/users/abc0001 Bearer 2',
    ]);
  });

  it('gives up when the new token is refused as well', async () => {
    const url = await startServer(({ url: path = '' }, response) => {
      response.statusCode = path.includes('/users') ? 401 : 200;
      response.end(JSON.stringify({ access_token: 'x', version: '2.7.5', error: 'Unauthorized' }));
    });
    const api = await SftpgoApi.signIn(url, 'x');
    await expect(api.find('users', 'abc0001')).rejects.toThrow('GET /users/abc0001: 401 (Unauthorized)');
  });

  it('is told of a wrong password, and never tells it', async () => {
    const { url } = await startSftpgo();
    const wrong = SftpgoApi.signIn(url, 'wrong-password-of-the-test');
    await expect(wrong).rejects.toThrow('GET /token: 401 (Unauthorized)');
    await expect(wrong).rejects.not.toThrow('wrong-password');
  });

  it.each(['2.5.9', '1.0.0', 'edge'])('refuses SFTPGo %s', async (version) => {
    const { url } = await startSftpgo(sftpgoPassword, version);
    await expect(SftpgoApi.signIn(url, sftpgoPassword)).rejects.toThrow(`it is SFTPGo ${version}, and 2.6`);
  });

  it.each(['2.6.0', 'v2.10.1', '3.0.0'])('takes SFTPGo %s', async (version) => {
    const { url } = await startSftpgo(sftpgoPassword, version);
    await expect(SftpgoApi.signIn(url, sftpgoPassword)).resolves.toBeInstanceOf(SftpgoApi);
  });

  it('says what answers is not SFTPGo, does not answer, or refuses', async () => {
    const page = await startServer((_, response) => response.end('<html>'));
    await expect(SftpgoApi.signIn(page, 'x')).rejects.toThrow('/token: what answers is not SFTPGo');
    const silent = await startServer(() => undefined);
    await expect(SftpgoApi.signIn(silent, 'x', 50)).rejects.toThrow('does not answer');
    const none = SftpgoApi.signIn(new URL('http://127.0.0.1:1'), 'x');
    await expect(none).rejects.toMatchObject({ code: 'SFTPGO_FAILED' });
    const broken = await startServer(({ url: path = '' }, response) => {
      response.statusCode = path.includes('users') ? 500 : 200;
      response.end(JSON.stringify({ access_token: 'x', version: '2.7.5', message: 'disk full', error: '' }));
    });
    const api = await SftpgoApi.signIn(broken, 'x');
    await expect(ensure(api, 'users', 'abc0001', {})).rejects.toThrow('GET /users/abc0001: 500 (disk full)');
  });

  it('follows no redirect', async () => {
    const away = await startServer((_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1' }).end(),
    );
    await expect(SftpgoApi.signIn(away, 'x')).rejects.toMatchObject({ code: 'SFTPGO_FAILED' });
  });
});
