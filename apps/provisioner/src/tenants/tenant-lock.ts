import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { z } from 'zod';
import { CodedError, hasCode } from '#libs/errors';
import { hostFolder } from '../host-folder.js';

const holderSchema = z.object({
  pid: z.int(),
  /** Of the process since boot: a number that was given to another process since does not hold the lock. */
  startedTicks: z.string(),
  user: z.string(),
  command: z.string(),
  since: z.iso.datetime(),
});
type Holder = z.infer<typeof holderSchema>;

/**
 * Does `work` while no other run of the provisioner works on the tenant.
 * @throws CodedError TENANT_LOCKED naming who does
 */
export async function withTenantLock<T>(
  root: string,
  slug: string,
  command: string,
  work: () => Promise<T>,
): Promise<T> {
  const file = hostFolder(root, 'locks', `${slug}.json`);
  await mkdir(hostFolder(root, 'locks'), { recursive: true, mode: 0o750 });
  await take(file, slug, await ownHolder(command));
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string, slug: string, own: Holder): Promise<void> {
  if (await create(file, own)) return;
  const holder = await readHolder(file);
  // Released in this moment.
  if (holder === 'none') return take(file, slug, own);
  if (holder !== undefined && (await isAlive(holder))) throw locked(slug, holder);
  // Left behind by a run that was killed. One run alone may clear it away: a second would clear the first one's lock.
  const guard = `${file}.clearing`;
  if (!(await create(guard, own))) {
    const other = await readHolder(guard);
    if (other === 'none') return take(file, slug, own);
    if (other !== undefined && (await isAlive(other))) throw locked(slug, other);
    await rm(guard, { force: true });
    return take(file, slug, own);
  }
  try {
    const now = await readHolder(file);
    if (now !== 'none') {
      if (now !== undefined && (await isAlive(now))) throw locked(slug, now);
      // While it is there nobody can take the lock. Once it is not, somebody may have: that one is not ours to remove.
      await rm(file, { force: true });
    }
    if (!(await create(file, own))) throw locked(slug, await readHolder(file));
  } finally {
    await rm(guard, { force: true });
  }
}

/** @returns whether it was made: false when it is there already. A holder is in it from the first moment on */
async function create(file: string, own: Holder): Promise<boolean> {
  // A name of its own for every try: also within one run several may ask for the same lock at once.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o640 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Who works on a tenant, in words for people.
 * @returns undefined for nobody, or a run that is no more
 */
export async function lockHolder(root: string, slug: string): Promise<string | undefined> {
  const holder = await readHolder(hostFolder(root, 'locks', `${slug}.json`));
  const isHeld = holder !== 'none' && holder !== undefined && (await isAlive(holder));
  return isHeld ? describeHolder(holder) : undefined;
}

/** `none` where there is no lock; undefined for what a crash has left half-written. */
async function readHolder(file: string): Promise<Holder | 'none' | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    return hasCode(error, 'ENOENT') ? 'none' : undefined;
  }
}

async function isAlive({ pid, startedTicks }: Holder): Promise<boolean> {
  return (await startTicks(pid)) === startedTicks;
}

/** Field 22 of `/proc/<pid>/stat`; the program's name before it may hold blanks and brackets. */
async function startTicks(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

async function ownHolder(command: string): Promise<Holder> {
  return {
    pid: process.pid,
    startedTicks: (await startTicks(process.pid)) ?? '',
    user: os.userInfo().username,
    command,
    since: new Date().toISOString(),
  };
}

function locked(slug: string, holder: Holder | 'none' | undefined): CodedError {
  const who = holder === undefined || holder === 'none' ? 'another run' : describeHolder(holder);
  return new CodedError('TENANT_LOCKED', { detail: `${slug} is held by ${who}` });
}

function describeHolder({ command, user, pid, since }: Holder): string {
  return `\`${command}\` of ${user} (process ${pid}), since ${since}`;
}
