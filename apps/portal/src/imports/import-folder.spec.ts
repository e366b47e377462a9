import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeFile, hashFile, listWaitingFiles, moveAside } from './import-folder.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'import-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(file: string, content = file): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
}

async function move(content: string, into: 'parsed' | 'error' = 'parsed'): Promise<void> {
  await write('site/1/T302.tsv', content);
  const file = await describeFile(folder, path.join(folder, 'site/1/T302.tsv'));
  await moveAside(folder, file, await hashFile(folder, file), into);
}

async function contents(below: string): Promise<Record<string, string>> {
  const names = (await readdir(path.join(folder, below))).toSorted();
  const entries = names.map(async (name) => [name, await readFile(path.join(folder, below, name), 'utf8')]);
  return Object.fromEntries(await Promise.all(entries)) as Record<string, string>;
}

describe('moveAside', () => {
  it('numbers files of the same name in the order in which they came', async () => {
    for (const content of ['first', 'second', 'third']) await move(content);
    expect(await contents('site/1/parsed')).toEqual({
      'T302.1.tsv': 'second',
      'T302.2.tsv': 'third',
      'T302.tsv': 'first',
    });
    expect(await readdir(path.join(folder, 'site/1'))).toEqual(['parsed']);
  });

  it('keeps one of files that are the same to the byte, whatever number it has', async () => {
    for (const content of ['first', 'second', 'second', 'first', 'third', 'second']) await move(content);
    expect(Object.values(await contents('site/1/parsed'))).toEqual(['second', 'third', 'first']);
  });

  it('keeps parsed/ and error/ apart', async () => {
    await move('same', 'parsed');
    await move('same', 'error');
    expect(await contents('site/1/parsed')).toEqual({ 'T302.tsv': 'same' });
    expect(await contents('site/1/error')).toEqual({ 'T302.tsv': 'same' });
  });

  it('is content when another collector has moved the file', async () => {
    await write('site/1/T302.tsv');
    const file = await describeFile(folder, path.join(folder, 'site/1/T302.tsv'));
    await rm(path.join(folder, 'site/1/T302.tsv'));
    await expect(moveAside(folder, file, 'abc', 'parsed')).resolves.toBeUndefined();
  });
});

describe('listWaitingFiles', () => {
  it('lists files by path, with their place where they are two folders deep', async () => {
    await write('b/1/x.TSV', '12345');
    await write('a/2/y.tsv');
    await write('a/10/z.tsv');
    await write('top.tsv');
    await write('a/2/deep/w.tsv');
    for (const name of ['a/2/parsed/x.tsv', 'a/2/error/x.tsv', '.hidden/1/x.tsv', 'a/2/x.txt'])
      await write(name);
    const files = await listWaitingFiles(folder);
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
  });

  it('does not stumble over a file whose name is no text', async () => {
    await write('a/1/good.tsv');
    await writeFile(
      Buffer.concat([Buffer.from(`${folder}/a/1/bad`), Buffer.from([0xff]), Buffer.from('.tsv')]),
      '',
    );
    expect((await listWaitingFiles(folder)).map(({ path: file }) => file)).toEqual(['a/1/good.tsv']);
  });

  it('says so when the folder is missing or is a file', async () => {
    await write('file');
    for (const name of ['nowhere', 'file']) {
      await expect(listWaitingFiles(path.join(folder, name))).rejects.toMatchObject({
        code: 'IMPORT_FOLDER_MISSING',
      });
    }
  });
});

describe('describeFile', () => {
  it('takes only what lies below the folder', async () => {
    await write('site/1/T302.tsv');
    await expect(describeFile(folder, path.join(folder, 'site/1/T302.tsv'))).resolves.toMatchObject({
      path: 'site/1/T302.tsv',
      place: { site: 'site', deviceSerial: '1' },
    });
    for (const file of [path.join(folder, '..', 'other.tsv'), '/etc/passwd']) {
      await expect(describeFile(folder, file)).rejects.toMatchObject({ code: 'METER_FILE_PATH_INVALID' });
    }
  });
});
