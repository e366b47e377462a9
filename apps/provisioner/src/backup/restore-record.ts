import { mkdir, readFile, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { hasCode } from '#libs/errors';
import { hostFolder } from '../host-folder.js';
import { stampOf } from './archive.js';

const schema = z.strictObject({
  /** Names what the tenant had before: the same however often the restore is begun anew. */
  stamp: z.string(),
  /** False for a stack that was made a moment ago: what was never written to is not worth keeping. */
  keeps: z.boolean(),
  /** Volumes whose content of before is kept in whole, so that they may be filled. */
  keptVolumes: z.array(z.string()),
});

/**
 * That a restore has begun to replace what a tenant has. It is gone when the restore is done; until then the next one goes on
 * with it, and takes nothing that the first one has put in place for what the tenant had before.
 */
export class RestoreRecord {
  readonly #file: string;
  readonly #value: z.output<typeof schema>;

  private constructor(file: string, value: z.output<typeof schema>) {
    this.#file = file;
    this.#value = value;
  }

  static async begin(root: string, slug: string, keeps: boolean): Promise<RestoreRecord> {
    const file = hostFolder(root, 'restores', `${slug}.json`);
    await mkdir(hostFolder(root, 'restores'), { recursive: true, mode: 0o750 });
    const fresh = { stamp: stampOf(new Date()), keeps, keptVolumes: [] };
    const record = new RestoreRecord(file, (await read(file)) ?? fresh);
    await record.#write();
    return record;
  }

  get stamp(): string {
    return this.#value.stamp;
  }

  get keeps(): boolean {
    return this.#value.keeps;
  }

  hasKept(volume: string): boolean {
    return this.#value.keptVolumes.includes(volume);
  }

  async kept(volume: string): Promise<void> {
    this.#value.keptVolumes.push(volume);
    await this.#write();
  }

  async end(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  #write(): Promise<void> {
    return writeFileAtomic(this.#file, JSON.stringify(this.#value), { mode: 0o640 });
  }
}

/** Removes what a restore that never ended has noted: its tenant is retired. */
export async function forgetRestore(root: string, slug: string): Promise<void> {
  await rm(hostFolder(root, 'restores', `${slug}.json`), { force: true });
}

async function read(file: string): Promise<z.output<typeof schema> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
