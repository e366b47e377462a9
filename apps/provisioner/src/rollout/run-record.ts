import { mkdir, readFile, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { CodedError, hasCode } from '#libs/errors';
import { hostFolder } from '../host-folder.js';

const recordSchema = z.object({
  command: z.string(),
  startedAt: z.iso.datetime(),
  /** Those of the selection that are not done, in their order. */
  remaining: z.array(z.string()),
  /** What the command line said beside the tenants, where it is needed to go on. */
  given: z.array(z.string()).default([]),
});

/**
 * What runs of a command have left to do, for `--resume`. Kept below the root, one for each command; it is gone when all
 * is done. A second try of one tenant leaves the others of the first run in it.
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
  readonly #given: readonly string[];

  private constructor(root: string, command: string, slugs: Iterable<string>, given: readonly string[]) {
    this.#file = fileOf(root, command);
    this.#command = command;
    this.#remaining = new Set(slugs);
    this.#given = given;
  }

  /**
   * @returns the record, and the tenants that an earlier run has left and that `--resume` no longer goes on with, because
   * that run was given something else
   */
  static async start(
    root: string,
    command: string,
    slugs: readonly string[],
    given: readonly string[] = [],
  ): Promise<{ record: RunRecord; dropped: string[] }> {
    const earlier = await readRecord(root, command);
    const isSame = earlier !== undefined && isDeepStrictEqual(earlier.given, given);
    const left = earlier?.remaining ?? [];
    const record = new RunRecord(root, command, isSame ? [...left, ...slugs] : slugs, given);
    await mkdir(hostFolder(root, 'runs'), { recursive: true, mode: 0o750 });
    await record.#write();
    return { record, dropped: isSame ? [] : left.filter((slug) => !slugs.includes(slug)) };
  }

  /** @throws CodedError USAGE when nothing remains of an earlier run of the command */
  static async remaining(root: string, command: string): Promise<string[]> {
    return (await unfinishedRun(root, command)).remaining;
  }

  /** What the command line of that run said beside the tenants. @throws CodedError USAGE as `remaining` */
  static async given(root: string, command: string): Promise<string[]> {
    return (await unfinishedRun(root, command)).given;
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
    const [command, startedAt, given] = [this.#command, this.#startedAt, this.#given];
    const record = { command, startedAt, remaining, given };
    return writeFileAtomic(this.#file, JSON.stringify(record), { mode: 0o640 });
  }
}

async function unfinishedRun(root: string, command: string): Promise<z.infer<typeof recordSchema>> {
  const record = await readRecord(root, command);
  if (record !== undefined) return record;
  const message = `no earlier run of ${command} was left unfinished`;
  throw new CodedError('USAGE', { problems: [{ path: '--resume', message }] });
}

async function readRecord(root: string, command: string): Promise<z.infer<typeof recordSchema> | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(fileOf(root, command), 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function fileOf(root: string, command: string): string {
  return hostFolder(root, 'runs', `${command.replaceAll(' ', '-')}.json`);
}
