import { mkdir, readFile, rm } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { CodedError, hasCode } from '#libs/errors';
import { hostFolder } from '../host-folder.js';

const recordSchema = z.object({
  command: z.string(),
  startedAt: z.iso.datetime(),
  /** Those of the selection that are not done, in their order. */
  remaining: z.array(z.string()),
});

/**
 * What a run over several tenants has left to do, for `--resume`. Kept below the root, one for each command; it is gone
 * when all is done.
 */
export class RunRecord {
  readonly #remaining: Set<string>;
  /** Writes follow each other, so that an older state never replaces a newer one. */
  #writing: Promise<void> = Promise.resolve();
  /** Not begun yet. */
  #next: Promise<void> | undefined;
  readonly #file: string;
  readonly #command: string;
  readonly #startedAt = new Date().toISOString();

  private constructor(root: string, command: string, slugs: readonly string[]) {
    this.#file = fileOf(root, command);
    this.#command = command;
    this.#remaining = new Set(slugs);
  }

  static async start(root: string, command: string, slugs: readonly string[]): Promise<RunRecord> {
    const record = new RunRecord(root, command, slugs);
    await mkdir(hostFolder(root, 'runs'), { recursive: true, mode: 0o750 });
    await record.#write();
    return record;
  }

  /** @throws CodedError USAGE when nothing remains of an earlier run of the command */
  static async remaining(root: string, command: string): Promise<string[]> {
    try {
      return recordSchema.parse(JSON.parse(await readFile(fileOf(root, command), 'utf8'))).remaining;
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
      const message = `no earlier run of ${command} was left unfinished`;
      throw new CodedError('USAGE', { problems: [{ path: '--resume', message }] });
    }
  }

  /** Is written soon after: a run that is killed before does a tenant again, which changes nothing. */
  done(slug: string): void {
    this.#remaining.delete(slug);
    // Whether it can be written is told when the run ends.
    this.#write().catch(() => undefined);
  }

  /** Everything that was done is written when this returns. @throws when it could not be */
  async settled(): Promise<void> {
    await this.#write();
  }

  /** One write at a time; those who ask meanwhile share the next. */
  #write(): Promise<void> {
    this.#next ??= this.#writeAfter(this.#writing);
    this.#writing = this.#next.catch(() => undefined);
    return this.#next;
  }

  async #writeAfter(before: Promise<void>): Promise<void> {
    await before;
    this.#next = undefined;
    await this.#writeNow();
  }

  async #writeNow(): Promise<void> {
    const remaining = [...this.#remaining];
    if (remaining.length === 0) return rm(this.#file, { force: true });
    const record = { command: this.#command, startedAt: this.#startedAt, remaining };
    return writeFileAtomic(this.#file, JSON.stringify(record), { mode: 0o640 });
  }
}

function fileOf(root: string, command: string): string {
  return hostFolder(root, 'runs', `${command.replaceAll(' ', '-')}.json`);
}
