import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { meterFileText } from '../../fixtures/meter-files.js';
import { SftpServer, skipsSftp } from '../../programs/sftp-server.js';
import { smallFile, smallFileChannels } from '../meter-folder.js';
import { isServer } from '../test-database.js';
import { startCollecting } from './collecting-portal.js';
import { writeAsCustomer } from './customer-files.js';
import { CuttingProxy } from './cutting-proxy.js';
import { sftpSource } from './sftp-source.js';

const points = smallFile.rows * smallFileChannels;

/** A small disk of its own; undefined where this user may not mount one. */
async function smallDisk(options: string): Promise<string | undefined> {
  const folder = await mkdtemp('/tmp/disk-');
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `${options},mode=777`, 'tmpfs', folder]);
  if (status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]));
  return folder;
}

describe.skipIf(skipsSftp)('a server that', () => {
  let server: SftpServer;

  beforeAll(async () => {
    server = await SftpServer.start();
    await writeAsCustomer(server.root, 'north/1/large.tsv', Buffer.alloc(8_000_000, 'x'));
  });
  afterAll(() => server.close());

  it('shows another host key is told nothing, and its fingerprint is named', async () => {
    const other = await SftpServer.start();
    onTestFinished(() => other.close());
    await expect(sftpSource(server, { SFTP_HOST_KEY: other.fingerprint }).look()).rejects.toMatchObject({
      code: 'SFTP_HOST_KEY_REFUSED',
      message: expect.stringContaining(`127.0.0.1 shows ${server.fingerprint} (ssh-ed25519)`),
    });
  });

  it('nobody has checked yet is not trusted either', async () => {
    await expect(sftpSource(server, { SFTP_HOST_KEY: '' }).look()).rejects.toMatchObject({
      code: 'SFTP_HOST_KEY_REFUSED',
      message: expect.stringMatching(/SFTP_HOST_KEY is not set; 127\.0\.0\.1 shows SHA256:/),
    });
  });

  it('shows the public key that is pinned is believed', async () => {
    const source = sftpSource(server, { SFTP_HOST_KEY: await server.publicKey() });
    expect((await source.look()).files).toHaveLength(1);
    await source.close();
  });

  it('does not know the key or the user refuses the sign-in', async () => {
    const other = await SftpServer.start();
    onTestFinished(() => other.close());
    const { SFTP_PRIVATE_KEY_FILE = '' } = other.environment();
    await expect(sftpSource(server, { SFTP_PRIVATE_KEY_FILE }).look()).rejects.toMatchObject({
      code: 'SFTP_SIGN_IN_REFUSED',
    });
    await expect(sftpSource(server, { SFTP_USER: 'nobody-here' }).look()).rejects.toMatchObject({
      code: 'SFTP_SIGN_IN_REFUSED',
    });
  });

  it.each([
    ['a passphrase', 'passphrase'],
    ['no sense', 'Unsupported key format'],
  ])(
    'is to be shown a key with %s: the message says what is wrong with it, and nothing of it',
    async (kind, said) => {
      const key = path.join(await mkdtemp(path.join(tmpdir(), 'key-')), 'key');
      if (kind === 'no sense') await writeFile(key, 'no key at all '.repeat(20));
      else execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'a secret word', '-f', key]);
      await expect(sftpSource(server, { SFTP_PRIVATE_KEY_FILE: key }).look()).rejects.toMatchObject({
        code: 'SFTP_SIGN_IN_REFUSED',
        message: expect.stringMatching(new RegExp(`^(?!.*no key at all).*${said}`)),
      });
    },
  );

  it('has no such folder, or is not there, says so', async () => {
    const nowhere = path.join(server.root, 'nowhere');
    await expect(sftpSource(server, { SFTP_FOLDER: nowhere }).look()).rejects.toMatchObject({
      code: 'SFTP_FOLDER_MISSING',
    });
    await expect(sftpSource(server, { SFTP_PORT: '1' }).look()).rejects.toMatchObject({
      code: 'SFTP_UNREACHABLE',
    });
  });

  it('accepts a connection and never says a word is waited for so long, and no longer', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void mute.close());
    await once(mute, 'listening');
    const SFTP_PORT = String((mute.address() as AddressInfo).port);
    await expect(sftpSource(server, { SFTP_PORT }, { timeoutMs: 300 }).look()).rejects.toMatchObject({
      code: 'SFTP_UNREACHABLE',
    });
  });

  it('goes away in the middle of a file leaves nothing of it', async () => {
    const proxy = await CuttingProxy.start(server.port);
    onTestFinished(() => proxy.close());
    const source = sftpSource(server, { SFTP_PORT: String(proxy.port) });
    const [file] = (await source.look()).files;
    if (file === undefined) throw new Error('no file waits');
    proxy.cutAfter(2_000_000);
    await expect(source.fetch(file)).rejects.toMatchObject({ code: 'SFTP_FAILED' });
    await expect(source.look()).rejects.toMatchObject({ code: 'SFTP_FAILED' });
    await source.close();
  });

  it('freezes in the middle of a file is given up, and can be interrupted before', async () => {
    const frozen = await SftpServer.start({ root: server.root });
    onTestFinished(() => frozen.close());
    const [one, other] = [sftpSource(frozen, {}, { timeoutMs: 1_000 }), sftpSource(frozen)];
    const [file] = (await one.look()).files;
    await other.look();
    if (file === undefined) throw new Error('no file waits');
    frozen.freeze();
    await expect(one.fetch(file)).rejects.toMatchObject({ code: 'SFTP_FAILED' });
    const interrupted = other.fetch(file);
    other.interrupt();
    await expect(interrupted).rejects.toMatchObject({ code: 'SFTP_FAILED' });
    await Promise.all([one.close(), other.close()]);
  });

  it('has a file for which there is no room here keeps it', async (test) => {
    const disk = (await smallDisk('size=1m')) ?? '';
    test.skip(disk === '', 'needs to mount a small disk');
    const source = sftpSource(server, {}, { stagingFolder: disk });
    const [file] = (await source.look()).files;
    if (file === undefined) throw new Error('no file waits');
    await expect(source.fetch(file)).rejects.toMatchObject({ code: 'IMPORT_DISK_FULL', detail: disk });
    expect(await readdir(disk)).toEqual([]);
    await source.close();
  });
});

describe.skipIf(skipsSftp)('a portal whose server', () => {
  it('cannot be read shows why, with the remedy, and goes on when it can', async () => {
    const server = await SftpServer.start();
    onTestFinished(() => server.close());
    await writeAsCustomer(server.root, 'north/02001084/T302.tsv', meterFileText(smallFile));
    const portal = await startCollecting({ environment: server.environment() });
    onTestFinished(() => portal.close());
    server.kill();
    const { status, body } = await portal.client.post('/api/imports/runs');
    expect([status, body.code]).toEqual([502, 'SFTP_UNREACHABLE']);
    expect(await portal.source()).toMatchObject({
      location: expect.stringMatching(/^sftp:\/\/.+@127\.0\.0\.1:\d+\//),
      error: { code: 'SFTP_UNREACHABLE', remedy: expect.stringContaining('SFTP_HOST') },
    });
    expect(await portal.runs()).toEqual([]);
    const failing = () =>
      portal.dataSource.query('SELECT source, message FROM monitoring.import_source_failure');
    expect(await failing()).toEqual([
      { source: 'SFTP server', message: expect.stringContaining('127.0.0.1') },
    ]);
    await server.open();
    expect(await portal.collect()).toMatchObject([{ status: 'imported', points }]);
    expect(await portal.source()).toMatchObject({ error: null });
    expect(await failing()).toEqual([]);
  });

  it('freezes is left at once when the portal stops', async () => {
    const server = await SftpServer.start();
    onTestFinished(() => server.close());
    const portal = await startCollecting({ environment: server.environment() });
    await portal.collect();
    server.freeze();
    const asked = portal.client.post('/api/imports/runs');
    await expect.poll(async () => (await portal.source())?.busy).toBe(true);
    await portal.close();
    await Promise.allSettled([asked]);
  });

  it.for([
    ['lets nobody change anything', false],
    ['has no room for a folder', true],
  ] as const)('%s gives its files all the same, each once', async ([, isFull], test) => {
    // A site, a device and a file fit, and no folder more.
    const root = isFull ? await smallDisk('nr_inodes=4') : undefined;
    test.skip(isFull && root === undefined, 'needs to mount a small disk');
    const server = await SftpServer.start(root === undefined ? { readOnly: true } : { root });
    onTestFinished(() => server.close());
    await writeAsCustomer(server.root, 'north/02001084/T302.tsv', meterFileText(smallFile));
    const portal = await startCollecting({ environment: server.environment() });
    onTestFinished(() => portal.close());
    expect(await portal.collect()).toMatchObject([{ status: 'imported', points }]);
    expect(await portal.collect()).toEqual([]);
    expect((await portal.runs())[0]?.totals).toMatchObject({ files: 0, unchanged: 0 });
    expect(await portal.source()).toMatchObject({ stuckFiles: 1, stuckReason: expect.any(String) });
    await writeAsCustomer(server.root, 'north/02001084/T302.tsv', meterFileText({ ...smallFile, rows: 21 }));
    expect(await portal.collect()).toMatchObject([{ status: 'imported' }]);
    expect(await portal.measurements()).toBe(points + smallFileChannels);
  });

  it('opens a closed folder takes what lies there, and moves what could not be moved', async () => {
    const server = await SftpServer.start({ asPlainUser: true });
    onTestFinished(() => server.close());
    const folder = path.join(server.root, 'north/02001084');
    await writeAsCustomer(server.root, 'north/02001084/T302.tsv', meterFileText(smallFile));
    await writeAsCustomer(
      server.root,
      'north/02001084/closed.tsv',
      meterFileText({ ...smallFile, rows: 25 }),
    );
    await chmod(path.join(folder, 'closed.tsv'), 0);
    await chmod(folder, 0o555);
    const portal = await startCollecting({ environment: server.environment() });
    onTestFinished(() => portal.close());
    await portal.collect();
    expect((await portal.runs())[0]?.totals).toMatchObject({ imported: 1 });
    expect(await portal.measurements()).toBe(points);
    await portal.collect();
    expect(await portal.source()).toMatchObject({
      stuckFiles: 1,
      problems: [{ path: 'north/02001084/closed.tsv', reason: 'cannot be read' }],
    });
    await chmod(folder, 0o755);
    await chmod(path.join(folder, 'closed.tsv'), 0o644);
    // The time of the file says that it is another one; else it is tried again after a while.
    await writeAsCustomer(
      server.root,
      'north/02001084/closed.tsv',
      meterFileText({ ...smallFile, rows: 26 }),
    );
    await portal.collect();
    expect(await portal.measurements()).toBe(26 * smallFileChannels);
    expect((await readdir(path.join(folder, 'parsed'))).toSorted()).toEqual(['T302.tsv', 'closed.tsv']);
  });

  it.skipIf(!isServer)('is being read by another portal is left to that one', async () => {
    const server = await SftpServer.start();
    onTestFinished(() => server.close());
    const portal = await startCollecting({ environment: server.environment() });
    onTestFinished(() => portal.close());
    const other = portal.dataSource.createQueryRunner();
    await other.query('SELECT pg_advisory_lock(7738204, 2)');
    const { status, body } = await portal.client.post('/api/imports/runs');
    expect([status, body.code]).toEqual([409, 'IMPORT_RUNNING']);
    await other.query('SELECT pg_advisory_unlock(7738204, 2)');
    await other.release();
    expect((await portal.client.post('/api/imports/runs')).status).toBe(202);
  });
});
