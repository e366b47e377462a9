import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runProgram } from '../../docker/docker.js';
import { newestFirst, parseArchiveId, type BackupArchive } from '../archive.js';
import { files } from '../manifest.js';
import type { Store } from './store.js';
import { readVerified, verifiedText } from './verified.js';
import { emptyWorkFolder } from './work-folder.js';

/**
 * Archives at a remote of rclone, `<remote>/<slug>/<id>/`. The manifest is uploaded last and removed first: what has none
 * is not complete. Remotes and their credentials are set up with `rclone config`.
 */
export class RcloneStore implements Store {
  readonly name: string;
  readonly #root: string;
  readonly #remote: string;

  constructor(root: string, name: string) {
    this.name = name;
    this.#root = root;
    this.#remote = name.slice('rclone:'.length).replace(/\/+$/, '');
  }

  async list(slug: string): Promise<BackupArchive[]> {
    // So that listing a folder which is not there yet is no failure; where there are no folders it does nothing.
    await rclone('mkdir', this.#at(slug));
    const listed = await rclone('lsf', '--recursive', '--files-only', '--max-depth', '2', this.#at(slug));
    const names = new Set(listed.split('\n'));
    const archives: BackupArchive[] = [];
    for (const name of names) {
      const parsed = parseArchiveId(path.posix.dirname(name));
      if (path.posix.basename(name) !== files.manifest || parsed?.slug !== slug) continue;
      const verified = names.has(`${parsed.id}/${files.verified}`)
        ? readVerified(await rclone('cat', this.#at(slug, parsed.id, files.verified)))
        : undefined;
      archives.push(this.#describe(parsed, verified));
    }
    return newestFirst(archives);
  }

  async draft(slug: string): Promise<string> {
    return emptyWorkFolder(this.#root, 'outgoing', slug);
  }

  async put(draft: string, slug: string, id: string): Promise<BackupArchive> {
    await rclone('copy', '--exclude', `/${files.manifest}`, draft, this.#at(slug, id));
    await rclone('copyto', path.join(draft, files.manifest), this.#at(slug, id, files.manifest));
    await emptyWorkFolder(this.#root, 'outgoing', slug);
    return this.#describe({ id, slug, createdAt: parseArchiveId(id)?.createdAt ?? '' });
  }

  async open<T>({ slug, id }: BackupArchive, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await emptyWorkFolder(this.#root, 'incoming', slug);
    try {
      await rclone('copy', this.#at(slug, id), folder);
      return await work(folder);
    } finally {
      await emptyWorkFolder(this.#root, 'incoming', slug);
    }
  }

  async remove({ slug, id }: BackupArchive): Promise<void> {
    await rclone('deletefile', this.#at(slug, id, files.manifest));
    await rclone('purge', this.#at(slug, id));
  }

  async markVerified(archive: BackupArchive, at: string): Promise<BackupArchive> {
    const folder = await emptyWorkFolder(this.#root, 'outgoing', archive.slug);
    const file = path.join(folder, files.verified);
    await writeFile(file, verifiedText(at));
    await rclone('copyto', file, this.#at(archive.slug, archive.id, files.verified));
    await emptyWorkFolder(this.#root, 'outgoing', archive.slug);
    return { ...archive, verifiedAt: at };
  }

  #at(...names: string[]): string {
    const separator = this.#remote.endsWith(':') ? '' : '/';
    return `${this.#remote}${separator}${names.join('/')}`;
  }

  #describe(parsed: Pick<BackupArchive, 'id' | 'slug' | 'createdAt'>, verifiedAt?: string): BackupArchive {
    return {
      ...parsed,
      store: this.name,
      location: parsed.id,
      ...(verifiedAt !== undefined && { verifiedAt }),
    };
  }
}

function rclone(...args: string[]): Promise<string> {
  return runProgram({ name: 'rclone', missing: 'PROGRAM_MISSING', failed: 'PROGRAM_FAILED' }, args);
}
