import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FileSource } from '../../../apps/portal/src/collection/file-source.js';
import { SftpServer, skipsSftp } from '../../programs/sftp-server.js';
import { writeAsCustomer } from './customer-files.js';
import { sftpSource } from './sftp-source.js';

describe.skipIf(skipsSftp)('files of an OpenSSH server', () => {
  let server: SftpServer;
  let source: FileSource;

  beforeAll(async () => {
    server = await SftpServer.start({ asPlainUser: true });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    source = sftpSource(server);
  });
  afterEach(async () => {
    await source.close();
    for (const name of await readdir(server.root)) {
      await rm(path.join(server.root, name), { recursive: true, force: true });
    }
  });

  function write(file: string, content: string | Buffer = file): Promise<string> {
    return writeAsCustomer(server.root, file, content);
  }

  async function only() {
    const { files } = await source.look();
    const [file] = files;
    if (file === undefined || files.length > 1) throw new Error(`${files.length} files wait`);
    return file;
  }

  it('are listed by path, with size, time and place', async () => {
    await write('north/1/b.tsv', '12345');
    await write('north/1/a.tsv');
    await write('top.tsv');
    await mkdir(path.join(server.root, 'empty'));
    const { files, siteFolders } = await source.look();
    expect(files).toMatchObject([
      { path: 'north/1/a.tsv', place: { site: 'north', deviceSerial: '1' } },
      { path: 'north/1/b.tsv', bytes: 5 },
      { path: 'top.tsv', place: undefined },
    ]);
    expect(files[0]?.modifiedMs).toBeGreaterThan(Date.parse('2024-01-01T00:00:00Z'));
    expect(siteFolders).toEqual(['empty', 'north']);
  });

  it.each([
    'T302.tsv.part',
    'T302.tsv.filepart',
    'T302.tsv.tmp',
    'T302.tsv~',
    '.T302.tsv',
    '.sftpgo-upload.cr1.T302.tsv',
    'parsed/T302.tsv',
    'error/T302.tsv',
  ])('are left alone while they are called %s', async (name) => {
    await write(`north/1/${name}`);
    expect((await source.look()).files).toEqual([]);
  });

  it.each([
    'with spaces.tsv',
    `quo"te's.tsv`,
    'line\nfeed.tsv',
    'bell\u0007 and \u001b[31m.tsv',
    '..tsv.tsv',
    '; rm -rf $HOME.tsv',
    '%00..\\..\\x.tsv',
    '北工場 ⚡.tsv',
  ])('may have any name: %j', async (name) => {
    await write(`north/1/${name}`, 'bytes');
    if (name.startsWith('.')) {
      expect((await source.look()).files).toEqual([]);
      return;
    }
    const file = await only();
    expect(file.path).toBe(`north/1/${name}`);
    const fetched = await source.fetch(file);
    const places = await source.moveAside(file, { sha256: fetched.sha256, into: 'error', report: '{}' });
    await fetched.release();
    expect(places).toBe(`north/1/error/${name}`);
    expect((await readdir(path.join(server.root, 'north/1/error'))).toSorted()).toEqual(
      [name, `${name}.report.json`].toSorted(),
    );
  });

  it('are left alone, and named, when their name is no text', async () => {
    const target = Buffer.concat([
      Buffer.from(path.dirname(await write('north/1/good.tsv'))),
      Buffer.from([47, 0xff, 0xfe]),
      Buffer.from('.tsv'),
    ]);
    await writeFile(target, '');
    const { files, problems } = await source.look();
    expect(files.map(({ path: file }) => file)).toEqual(['north/1/good.tsv']);
    expect(problems).toMatchObject([{ reason: 'has a name that is not UTF-8' }]);
    await rm(target);
  });

  it('are not found behind links, wherever these lead', async () => {
    const target = await write('north/1/T302.tsv');
    await symlink(target, path.join(server.root, 'north/1/linked.tsv'));
    await symlink('/etc', path.join(server.root, 'etc'));
    await symlink('..', path.join(server.root, 'north/up'));
    const { files, problems, siteFolders } = await source.look();
    expect(files.map(({ path: file }) => file)).toEqual(['north/1/T302.tsv']);
    expect(problems.map(({ path: link }) => link).toSorted()).toEqual([
      'etc',
      'north/1/linked.tsv',
      'north/up',
    ]);
    expect(siteFolders).toEqual(['north']);
  });

  it('are not moved through a link in the place of parsed/', async () => {
    await write('north/1/T302.tsv');
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'elsewhere-'));
    await chmod(elsewhere, 0o777);
    await symlink(elsewhere, path.join(server.root, 'north/1/parsed'));
    await expect(source.moveAside(await only(), { sha256: 'x', into: 'parsed' })).rejects.toThrow(
      'is not a folder',
    );
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it('are read to the byte, and moved with numbers when their name is taken', async () => {
    const content = Buffer.alloc(1_300_000, 'some bytes of a meter file\n');
    await write('north/1/T302.tsv', content);
    await write('north/1/parsed/T302.tsv', 'an older one');
    const file = await only();
    const fetched = await source.fetch(file);
    for (let time = 0; time < 2; time++) {
      const chunks: Buffer[] = [];
      for await (const chunk of fetched.open()) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks).equals(content)).toBe(true);
    }
    const movedTo = await source.moveAside(file, { sha256: fetched.sha256, into: 'parsed' });
    await fetched.release();
    expect(movedTo).toBe('north/1/parsed/T302.1.tsv');
    const wanted = { path: 'north/1/T302.tsv', bytes: content.length, sha256: fetched.sha256 };
    expect(await source.findAside(wanted, 'parsed')).toBe(movedTo);
    expect(await readFile(path.join(server.root, 'north/1/parsed/T302.tsv'), 'utf8')).toBe('an older one');
  });

  it('that change or vanish between listing and reading are not taken', async () => {
    const target = await write('north/1/T302.tsv', 'as it was listed');
    const file = await only();
    expect(await source.isSettled(file)).toBe(true);
    await truncate(target, 4);
    expect(await source.isSettled(file)).toBe(false);
    await expect(source.fetch(file)).rejects.toMatchObject({ code: 'METER_FILE_UNREADABLE' });
    await rm(target);
    expect(await source.isSettled(file)).toBe(false);
    await expect(source.fetch(file)).rejects.toMatchObject({ code: 'METER_FILE_UNREADABLE' });
  });

  it('that nobody may read do not keep the others from being read', async () => {
    const closed = await write('north/1/closed.tsv');
    await chmod(closed, 0);
    await chmod(path.dirname(await write('south/2/T302.tsv')), 0);
    await write('west/3/T302.tsv');
    const { files, problems } = await source.look();
    expect(files.map(({ path: file }) => file)).toEqual(['north/1/closed.tsv', 'west/3/T302.tsv']);
    expect(problems).toMatchObject([
      { path: 'south/2', reason: expect.stringContaining('Permission denied') },
    ]);
    const [first, second] = files;
    if (first === undefined || second === undefined) throw new Error('two files wait');
    await expect(source.fetch(first)).rejects.toMatchObject({ code: 'METER_FILE_UNREADABLE' });
    await (await source.fetch(second)).release();
  });

  it('are listed once, however many there are', { timeout: 120_000 }, async () => {
    const folder = path.dirname(await write('north/1/000000.tsv', ''));
    execFileSync('sh', ['-c', 'seq -f "%06.0f.tsv" 1 99999 | xargs touch'], { cwd: folder });
    const { files, problemCount } = await source.look();
    expect(files).toHaveLength(100_000);
    expect(files.at(-1)?.path).toBe('north/1/099999.tsv');
    expect(problemCount).toBe(0);
  });
});
