import { cp, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { meterFileText, type MeterFileOptions } from '../fixtures/meter-files.js';

/** A small file of a three-phase meter: six channels, one row every ten minutes. */
export const smallFile: MeterFileOptions = {
  format: 'MV_T302_V002',
  masterSerial: '02001084',
  start: new Date('2026-05-04T00:00:00Z'),
  rows: 20,
  intervalSeconds: 600,
};
export const smallFileChannels = 6;

/** An import folder of the test's own; the run's temporary folder is removed at its end, and this one with it. */
export class MeterFolder {
  private constructor(readonly path: string) {}

  static async create(): Promise<MeterFolder> {
    return new MeterFolder(await mkdtemp(path.join(tmpdir(), 'import-')));
  }

  static async copyOf(folder: string): Promise<MeterFolder> {
    const copy = await MeterFolder.create();
    await cp(folder, copy.path, { recursive: true });
    return copy;
  }

  /** @param file relative to the folder */
  async write(file: string, content: string | Partial<MeterFileOptions> = {}): Promise<void> {
    const target = path.join(this.path, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(
      target,
      typeof content === 'string' ? content : meterFileText({ ...smallFile, ...content }),
    );
  }

  read(file: string): Promise<string> {
    return readFile(path.join(this.path, file), 'utf8');
  }

  /** Every file below, sorted; reports, which are hidden, are left out. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(this.path, path.join(entry.parentPath, entry.name)))
      .filter((file) => !file.startsWith('.reports'))
      .toSorted();
  }

  /** Every entry with size and time of the last change. */
  async snapshot(): Promise<string[]> {
    const names = await readdir(this.path, { recursive: true });
    const lines = names.toSorted().map(async (name) => {
      const { size, mtimeMs, ino } = await stat(path.join(this.path, name));
      return `${name} ${size} ${mtimeMs} ${ino}`;
    });
    return Promise.all(lines);
  }
}
