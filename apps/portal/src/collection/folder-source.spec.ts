import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportMapping } from '#libs/contracts';
import { FileBindings } from '../imports/file-bindings.js';
import { FileSource } from './file-source.js';
import type { StoreEntry } from './file-store.js';
import { FolderStore } from './folder-store.js';
import { waitingFile, type WaitingFile } from './waiting-file.js';

let folder: string;
let source: FileSource;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'folder-source-'));
  source = new FileSource(new FolderStore(folder));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(file: string, content = file): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
}

async function waiting(file: string): Promise<WaitingFile> {
  const entry = await source.stat({ path: file });
  if (entry === undefined) throw new Error(`${file} is not there`);
  return waitingFile(file, entry);
}

async function move(content: string, into: 'parsed' | 'error' = 'parsed', report?: string) {
  await write('site/1/T302.tsv', content);
  const file = await waiting('site/1/T302.tsv');
  const { sha256 } = await source.fetch(file);
  return source.moveAside(file, { sha256, into, ...(report !== undefined && { report }) });
}

async function contents(below: string): Promise<Record<string, string>> {
  const names = (await readdir(path.join(folder, below))).toSorted();
  const entries = names.map(async (name) => [name, await readFile(path.join(folder, below, name), 'utf8')]);
  return Object.fromEntries(await Promise.all(entries)) as Record<string, string>;
}

/** What is saved as a mapping beside the pattern does not matter here. */
function boundTo(files: string): FileBindings {
  const mapping = { device: '7' } as ImportMapping['mapping'];
  const savedAt = '2026-05-04T00:00:00Z';
  return new FileBindings([{ id: '', name: '', mapping, header: [], files, savedBy: '', savedAt }]);
}

describe('moveAside', () => {
  it('numbers files of the same name in the order in which they came', async () => {
    const places = [await move('first'), await move('second'), await move('third')];
    expect(await contents('site/1/parsed')).toEqual({
      'T302.1.tsv': 'second',
      'T302.2.tsv': 'third',
      'T302.tsv': 'first',
    });
    expect(places).toEqual(['T302.tsv', 'T302.1.tsv', 'T302.2.tsv'].map((name) => `site/1/parsed/${name}`));
    expect(await readdir(path.join(folder, 'site/1'))).toEqual(['parsed']);
  });

  it('keeps one of files that are the same to the byte, whatever number it has', async () => {
    for (const content of ['first', 'second', 'second', 'first', 'third', 'second']) await move(content);
    expect(Object.values(await contents('site/1/parsed'))).toEqual(['second', 'third', 'first']);
  });

  it('keeps parsed/ and error/ apart, and puts the report beside a refused file', async () => {
    await move('same', 'parsed');
    await move('same', 'error', '{}');
    await move('other', 'error', '{"other":true}');
    expect(await contents('site/1/parsed')).toEqual({ 'T302.tsv': 'same' });
    expect(await contents('site/1/error')).toEqual({
      'T302.tsv': 'same',
      'T302.tsv.report.json': '{}',
      'T302.1.tsv': 'other',
      'T302.1.tsv.report.json': '{"other":true}',
    });
  });

  it('takes the report along when a refused file could be read after all', async () => {
    await move('content', 'error', '{}');
    const file = { ...(await waiting('site/1/error/T302.tsv')), path: 'site/1/T302.tsv' };
    const again = { ...file, source: 'site/1/error/T302.tsv' };
    await source.moveAside(again, { sha256: (await source.fetch(again)).sha256, into: 'parsed' });
    expect(await readdir(path.join(folder, 'site/1/error'))).toEqual([]);
    expect(await contents('site/1/parsed')).toEqual({ 'T302.tsv': 'content' });
  });

  it('is content when another collector has moved the file', async () => {
    await write('site/1/T302.tsv');
    const file = await waiting('site/1/T302.tsv');
    await rm(path.join(folder, 'site/1/T302.tsv'));
    await expect(source.moveAside(file, { sha256: 'abc', into: 'parsed' })).resolves.toBeDefined();
  });

  it('leaves a file that was sent anew since it was read', async () => {
    await write('site/1/T302.tsv', 'old');
    const file = await waiting('site/1/T302.tsv');
    const { sha256 } = await source.fetch(file);
    await write('site/1/T302.tsv', 'old and new');
    expect(await source.moveAside(file, { sha256, into: 'error', report: '{}' })).toBeUndefined();
    expect(await contents('site/1/error')).toEqual({});
    expect(await readFile(path.join(folder, 'site/1/T302.tsv'), 'utf8')).toBe('old and new');
  });

  it('writes no report over what a link in its place leads to', async () => {
    const elsewhere = path.join(folder, 'elsewhere.txt');
    await writeFile(elsewhere, 'stays');
    await mkdir(path.join(folder, 'site/1/error'), { recursive: true });
    await symlink(elsewhere, path.join(folder, 'site/1/error/T302.tsv.report.json'));
    await move('content', 'error', '{}');
    expect(await readFile(elsewhere, 'utf8')).toBe('stays');
    expect(await contents('site/1/error')).toEqual({ 'T302.tsv': 'content', 'T302.tsv.report.json': '{}' });
  });

  it('does not follow a link in the place of parsed/', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'elsewhere-'));
    await write('site/1/T302.tsv');
    await symlink(elsewhere, path.join(folder, 'site/1/parsed'));
    await expect(move('content')).rejects.toThrow('is not a folder');
    expect(await readdir(elsewhere)).toEqual([]);
    await rm(elsewhere, { recursive: true });
  });
});

describe('findAside', () => {
  const wanted = { path: 'site/1/T302.tsv', bytes: 5 };

  it('finds a file by its bytes, also after one of a lower number was removed', async () => {
    for (const content of ['first', 'other', 'third']) await move(content);
    await rm(path.join(folder, 'site/1/parsed/T302.1.tsv'));
    await write('site/1/parsed/T302.x.tsv', 'third');
    const { sha256 } = await source.fetch(await waiting('site/1/parsed/T302.2.tsv'));
    expect(await source.findAside({ ...wanted, sha256 }, 'parsed')).toBe('site/1/parsed/T302.2.tsv');
    expect(await source.findAside({ ...wanted, sha256 }, 'error')).toBeUndefined();
  });

  it('looks first where the file was moved to', async () => {
    for (const content of ['first', 'other']) await move(content);
    const movedTo = 'site/1/parsed/T302.1.tsv';
    expect(await source.findAside({ ...wanted, movedTo }, 'parsed')).toBe(movedTo);
    await rm(path.join(folder, movedTo));
    expect(await source.findAside({ ...wanted, movedTo }, 'parsed')).toBe('site/1/parsed/T302.tsv');
  });
});

describe('look', () => {
  it('lists files by path, with their place where they are two folders deep', async () => {
    await write('b/1/x.TSV', '12345');
    await write('a/2/y.tsv');
    await write('a/10/z.tsv');
    await write('top.tsv');
    await write('a/2/deep/w.tsv');
    for (const name of ['a/2/parsed/x.tsv', 'a/2/error/x.tsv', '.hidden/1/x.tsv', 'a/2/x.txt'])
      await write(name);
    const { files, siteFolders } = await source.look();
    expect(
      files.map(({ path: file, place }) => [file, place && `${place.site} ${place.deviceSerial}`]),
    ).toEqual([
      ['a/10/z.tsv', 'a 10'],
      ['a/2/deep/w.tsv', undefined],
      ['a/2/y.tsv', 'a 2'],
      ['b/1/x.TSV', 'b 1'],
      ['top.tsv', undefined],
    ]);
    expect(files.at(-2)?.bytes).toBe(5);
    expect(siteFolders).toEqual(['a', 'b']);
  });

  it.each([' leading', 'trailing ', 'line\nfeed', 'bell\u0007', 'x'.repeat(101), '.hidden'])(
    'takes no folder for a site that is called %j',
    async (name) => {
      await write(`${name}/1/T302.tsv`);
      const { files, siteFolders } = await source.look();
      expect(siteFolders).toEqual([]);
      expect(files.map(({ place }) => place)).toEqual(name === '.hidden' ? [] : [undefined]);
    },
  );

  it('names files and folders whose name is no text, and takes neither', async () => {
    await write('a/1/good.tsv');
    const bad = (name: string, ending = '') =>
      Buffer.concat([Buffer.from(`${folder}/${name}`), Buffer.from([0xff]), Buffer.from(ending)]);
    await writeFile(bad('a/1/file', '.tsv'), '');
    await writeFile(bad('a/1/file', '.txt'), '');
    await mkdir(bad('site'));
    const { files, problems, siteFolders } = await source.look();
    expect(files.map(({ path: file }) => file)).toEqual(['a/1/good.tsv']);
    expect(siteFolders).toEqual(['a']);
    const reason = 'has a name that is not UTF-8';
    expect(problems).toEqual([
      { path: 'site\uFFFD', reason },
      { path: 'a/1/file\uFFFD.tsv', reason },
    ]);
  });

  it('takes no temporary name, whatever a mapping reads', async () => {
    for (const name of ['x.csv', 'x.csv.part', 'x.csv.filepart', 'x.csv.tmp', 'x.csv~', '.x.csv'])
      await write(`hall/7/${name}`);
    const { files } = await source.look(boundTo('hall/7/*'));
    expect(files.map(({ path: file }) => file)).toEqual(['hall/7/x.csv']);
  });

  it('leaves what has a longer path than the database keeps, and says so', async () => {
    const deep = Array.from({ length: 8 }, (_, index) => `${index}${'x'.repeat(249)}`).join('/');
    const listed = [
      [{ name: 'good.tsv', kind: 'file', bytes: 1, modifiedMs: 0 }],
      [{ name: `${'ä'.repeat(1_030)}.tsv`, kind: 'file', bytes: 1, modifiedMs: 0 }],
    ];
    await write(`${deep}.tsv`);
    expect((await source.look()).files).toHaveLength(1);
    class LongNames extends FolderStore {
      override async *readFolder() {
        yield* listed as StoreEntry[][];
      }
    }
    const { files, problems } = await new FileSource(new LongNames(folder)).look();
    expect(files.map(({ path: file }) => file)).toEqual(['good.tsv']);
    expect(problems).toMatchObject([{ reason: 'has a path that is too long' }]);
  });

  it('reports links and follows none', async () => {
    await write('a/1/good.tsv');
    await symlink('good.tsv', path.join(folder, 'a/1/linked.tsv'));
    await symlink('/', path.join(folder, 'root'));
    const { files, problems, problemCount } = await source.look();
    expect(files.map(({ path: file }) => file)).toEqual(['a/1/good.tsv']);
    expect(problems.map(({ path: file }) => file).toSorted()).toEqual(['a/1/linked.tsv', 'root']);
    expect(problemCount).toBe(2);
  });

  it('says so when the folder is missing or is a file', async () => {
    await write('file');
    for (const name of ['nowhere', 'file']) {
      const other = new FileSource(new FolderStore(path.join(folder, name)));
      await expect(other.look()).rejects.toMatchObject({ code: 'IMPORT_FOLDER_MISSING' });
    }
  });
});

describe('fetch', () => {
  it('does not read a link that took the place of the file', async () => {
    await write('a/1/T302.tsv');
    const file = await waiting('a/1/T302.tsv');
    await rm(path.join(folder, 'a/1/T302.tsv'));
    await symlink('/etc/hostname', path.join(folder, 'a/1/T302.tsv'));
    await expect(source.fetch(file)).rejects.toMatchObject({ code: 'METER_FILE_UNREADABLE' });
  });

  it('confirms only what has not changed since it was listed', async () => {
    await write('a/1/T302.tsv', 'one');
    const file = await waiting('a/1/T302.tsv');
    const fetched = await source.fetch(file);
    await expect(fetched.confirm()).resolves.toBeUndefined();
    await write('a/1/T302.tsv', 'one and more');
    await expect(fetched.confirm()).rejects.toMatchObject({ code: 'METER_FILE_UNREADABLE' });
  });
});
