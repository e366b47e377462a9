import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { CodedError } from '#libs/errors';
import { runProgram } from '../../docker/docker.js';
import { newestFirst, parseArchiveId, type BackupArchive } from '../archive.js';
import { files } from '../manifest.js';
import type { Store } from './store.js';
import { emptyWorkFolder } from './work-folder.js';

const snapshots = z.array(z.object({ id: z.string(), tags: z.array(z.string()).nullish() }));

/**
 * Archives as snapshots of a restic repository, which is made with `restic init`; a snapshot is complete or not there. Tags
 * say what it holds. The password is restic's own: RESTIC_PASSWORD_FILE or RESTIC_PASSWORD_COMMAND.
 */
export class ResticStore implements Store {
  readonly name: string;
  readonly #root: string;
  readonly #repository: string;

  constructor(root: string, name: string) {
    this.name = name;
    this.#root = root;
    this.#repository = name.slice('restic:'.length);
  }

  async list(slug: string): Promise<BackupArchive[]> {
    const found = await this.#snapshots(`wattfleet,tenant=${slug}`);
    return newestFirst(found.flatMap(({ tags }) => this.#describe(tags ?? [])));
  }

  async draft(slug: string): Promise<string> {
    return emptyWorkFolder(this.#root, 'outgoing', slug);
  }

  async put(draft: string, slug: string, id: string): Promise<BackupArchive> {
    const tags = ['wattfleet', `tenant=${slug}`, `archive=${id}`];
    await this.#restic(
      'backup',
      '--quiet',
      '--host',
      'wattfleet',
      ...tags.flatMap((tag) => ['--tag', tag]),
      draft,
    );
    await emptyWorkFolder(this.#root, 'outgoing', slug);
    const [archive] = this.#describe(tags);
    if (archive === undefined) throw new CodedError('BACKUP_INCOMPLETE', { detail: id });
    return archive;
  }

  async open<T>(archive: BackupArchive, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await emptyWorkFolder(this.#root, 'incoming', archive.slug);
    try {
      await this.#restic('restore', await this.#snapshotOf(archive), '--quiet', '--target', folder);
      // Below the target a snapshot has the whole path that it was made of.
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const manifest = entries.find(({ name }) => name === files.manifest);
      if (manifest === undefined) throw new CodedError('ARCHIVE_INVALID', { detail: archive.id });
      return await work(manifest.parentPath);
    } finally {
      await emptyWorkFolder(this.#root, 'incoming', archive.slug);
    }
  }

  async remove(archive: BackupArchive): Promise<void> {
    await this.#restic('forget', '--quiet', '--prune', await this.#snapshotOf(archive));
  }

  async markVerified(archive: BackupArchive, at: string): Promise<BackupArchive> {
    await this.#restic('tag', '--quiet', '--add', `verified=${at}`, await this.#snapshotOf(archive));
    return { ...archive, verifiedAt: at };
  }

  #describe(tags: readonly string[]): BackupArchive[] {
    const valueOf = (key: string) => tags.find((tag) => tag.startsWith(`${key}=`))?.slice(key.length + 1);
    const parsed = parseArchiveId(valueOf('archive') ?? '');
    if (parsed === undefined) return [];
    const verifiedAt = valueOf('verified');
    return [
      { ...parsed, store: this.name, location: parsed.id, ...(verifiedAt !== undefined && { verifiedAt }) },
    ];
  }

  /** A tag changes the id of a snapshot, so it is looked up each time. */
  async #snapshotOf({ id }: BackupArchive): Promise<string> {
    const [snapshot] = await this.#snapshots(`wattfleet,archive=${id}`);
    if (snapshot === undefined) throw new CodedError('ARCHIVE_NOT_FOUND', { detail: id });
    return snapshot.id;
  }

  async #snapshots(tags: string): Promise<z.output<typeof snapshots>> {
    return snapshots.parse(JSON.parse(await this.#restic('snapshots', '--json', '--tag', tags)));
  }

  #restic(command: string, ...args: string[]): Promise<string> {
    const program = { name: 'restic', missing: 'PROGRAM_MISSING', failed: 'PROGRAM_FAILED' } as const;
    return runProgram(program, ['--repo', this.#repository, command, ...args]);
  }
}
