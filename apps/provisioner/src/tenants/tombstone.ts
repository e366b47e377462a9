import { mkdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { CodedError, hasCode } from '#libs/errors';
import { hostFolder } from '../host-folder.js';

const schema = z.strictObject({
  code: z.string(),
  host: z.string(),
  retiredAt: z.iso.datetime(),
  retiredBy: z.string(),
  machine: z.string(),
  /** The last backup, restored once to try it; null where the customer was retired without one. */
  backup: z.strictObject({ id: z.string(), store: z.string(), location: z.string() }).nullable(),
  /** False while the retirement is under way: the same command goes on with it. */
  complete: z.boolean(),
});

/** What is left of a customer that was retired, so that its code is not given to another one by mistake. */
export type Tombstone = z.output<typeof schema>;

export async function readTombstone(root: string, slug: string): Promise<Tombstone | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(fileOf(root, slug), 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

export async function writeTombstone(root: string, slug: string, tombstone: Tombstone): Promise<void> {
  await mkdir(hostFolder(root, 'tombstones'), { recursive: true, mode: 0o750 });
  await writeFileAtomic(fileOf(root, slug), `${JSON.stringify(tombstone, null, 2)}\n`, { mode: 0o640 });
}

export async function removeTombstone(root: string, slug: string): Promise<void> {
  await rm(fileOf(root, slug), { force: true });
}

/** @throws CodedError TENANT_RETIRED saying when, by whom, and where the last backup is */
export async function assertNotRetired(root: string, slug: string): Promise<void> {
  const tombstone = await readTombstone(root, slug);
  if (tombstone === undefined) return;
  const { code, retiredAt, retiredBy, backup } = tombstone;
  const where = backup === null ? 'there is no backup' : `its last backup is ${backup.location}`;
  throw new CodedError('TENANT_RETIRED', {
    detail: `${code} was retired on ${retiredAt.slice(0, 10)} by ${retiredBy}; ${where}`,
  });
}

/** Who retires a customer, and on which machine. */
export function retiredHere(): Pick<Tombstone, 'retiredBy' | 'machine' | 'retiredAt'> {
  return {
    retiredBy: os.userInfo().username,
    machine: os.hostname(),
    retiredAt: new Date().toISOString(),
  };
}

function fileOf(root: string, slug: string): string {
  return hostFolder(root, 'tombstones', `${slug}.json`);
}
