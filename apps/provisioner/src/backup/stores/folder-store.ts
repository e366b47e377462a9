import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { hasCode } from '#libs/errors';
import { newestFirst, parseArchiveId, type BackupArchive } from '../archive.js';
import { files } from '../manifest.js';
import type { Store } from './store.js';
import { readVerified, verifiedText } from './verified.js';

const draftPrefix = '.new-';
const removedPrefix = '.removed-';

/** Archives as folders: `<store>/<slug>/<id>/`. One that is not complete has another name. */
export class FolderStore implements Store {
  readonly name: string;

  constructor(folder: string) {
    this.name = folder;
  }

  async list(slug: string): Promise<BackupArchive[]> {
    const archives: BackupArchive[] = [];
    for (const id of await this.#names(slug)) {
      const parsed = parseArchiveId(id);
      if (parsed?.slug === slug) archives.push(await this.#describe(parsed));
    }
    return newestFirst(archives);
  }

  async draft(slug: string, id: string): Promise<string> {
    await mkdir(this.#folder(slug), { recursive: true, mode: 0o700 });
    for (const name of await this.#names(slug)) {
      const isLeft = name.startsWith(draftPrefix) || name.startsWith(removedPrefix);
      if (isLeft) await rm(this.#folder(slug, name), { recursive: true, force: true });
    }
    const draft = this.#folder(slug, `${draftPrefix}${id}`);
    await mkdir(draft, { mode: 0o700 });
    return draft;
  }

  async put(draft: string, slug: string, id: string): Promise<BackupArchive> {
    await rename(draft, this.#folder(slug, id));
    await flushFolder(this.#folder(slug));
    const createdAt = parseArchiveId(id)?.createdAt ?? '';
    return this.#describe({ id, slug, createdAt });
  }

  open<T>(archive: BackupArchive, work: (folder: string) => Promise<T>): Promise<T> {
    return work(archive.location);
  }

  /** Renamed first: an archive that is half gone is never listed. */
  async remove({ slug, id }: BackupArchive): Promise<void> {
    const removed = this.#folder(slug, `${removedPrefix}${id}`);
    await rename(this.#folder(slug, id), removed);
    await rm(removed, { recursive: true, force: true });
  }

  async markVerified(archive: BackupArchive, at: string): Promise<BackupArchive> {
    const file = path.join(archive.location, files.verified);
    await writeFileAtomic(file, verifiedText(at), { mode: 0o600 });
    return { ...archive, verifiedAt: at };
  }

  async #describe(parsed: Pick<BackupArchive, 'id' | 'slug' | 'createdAt'>): Promise<BackupArchive> {
    const location = this.#folder(parsed.slug, parsed.id);
    const verifiedAt = await readFile(path.join(location, files.verified), 'utf8').then(
      readVerified,
      () => undefined,
    );
    return { ...parsed, store: this.name, location, ...(verifiedAt !== undefined && { verifiedAt }) };
  }

  async #names(slug: string): Promise<string[]> {
    try {
      return await readdir(this.#folder(slug));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }
  }

  #folder(...names: string[]): string {
    return path.join(this.name, ...names);
  }
}

/** So that the new name is there after a power cut, too. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
