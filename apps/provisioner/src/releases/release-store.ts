import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { CodedError, hasCode } from '#libs/errors';
import { exists } from '../tenants/tenant-folder.js';
import { releaseSchema, type Release } from './release.js';

/** What a release keeps of the tenant's folder. The override is ops' own: it is kept, and never written back. */
export const keptFiles = [
  'tenant.yaml',
  '.env',
  'compose.yaml',
  '.applied.json',
  'compose.override.yaml',
] as const;

/** Older ones are removed. */
const mostKept = 10;
const folderName = '.releases';
const recordName = 'release.json';

/** Where the files of before a release are. */
export function snapshotOf(folder: string, id: string): string {
  return path.join(folder, folderName, id, 'before');
}

/** Keeps the tenant's files and begins the record: both are there, or neither. */
export async function beginRelease(folder: string, release: Release): Promise<void> {
  const draft = path.join(folder, folderName, '.draft');
  await rm(draft, { recursive: true, force: true });
  await copyFiles(folder, path.join(draft, 'before'));
  await write(path.join(draft, recordName), release);
  await rename(draft, path.join(folder, folderName, release.id));
  await prune(folder);
}

/** Keeps the files that a rollback is about to replace, as they are when it first does: ops may have edited them since. */
export async function keepReplaced(folder: string, id: string): Promise<void> {
  const kept = path.join(folder, folderName, id, 'after');
  if (await exists(kept)) return;
  const draft = path.join(folder, folderName, '.draft');
  await rm(draft, { recursive: true, force: true });
  await copyFiles(folder, draft);
  await rename(draft, kept);
}

async function copyFiles(folder: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true, mode: 0o700 });
  for (const name of keptFiles) {
    const file = path.join(folder, name);
    if (await exists(file)) await cp(file, path.join(into, name), { preserveTimestamps: true });
  }
}

export async function saveRelease(folder: string, release: Release): Promise<void> {
  await write(path.join(folder, folderName, release.id, recordName), release);
}

/** All of the tenant, newest first. @throws CodedError SPEC_INVALID for a record that is none of ours */
export async function readReleases(folder: string): Promise<Release[]> {
  const releases: Release[] = [];
  for (const id of await releaseIds(folder)) {
    const file = path.join(folder, folderName, id, recordName);
    const parsed = releaseSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (!parsed.success) throw new CodedError('SPEC_INVALID', { detail: `${file} cannot be read` });
    releases.push(parsed.data);
  }
  return releases;
}

/** The release that an update or a rollback was cut off in. */
export async function unfinishedRelease(folder: string): Promise<Release | undefined> {
  const [newest] = await readReleases(folder);
  return newest?.phase === 'changing' || newest?.phase === 'rolling-back' ? newest : undefined;
}

/** @throws CodedError UPDATE_UNFINISHED */
export async function refuseDuringUpdate(folder: string, slug: string): Promise<void> {
  const release = await unfinishedRelease(folder);
  if (release === undefined) return;
  const command = release.phase === 'changing' ? 'update' : 'rollback';
  throw new CodedError('UPDATE_UNFINISHED', {
    detail: `${command} of ${slug}, begun at ${release.startedAt}`,
  });
}

async function write(file: string, release: Release): Promise<void> {
  await writeFileAtomic(file, `${JSON.stringify(release, null, 2)}\n`, { mode: 0o600 });
}

async function prune(folder: string): Promise<void> {
  for (const id of (await releaseIds(folder)).slice(mostKept)) {
    await rm(path.join(folder, folderName, id), { recursive: true, force: true });
  }
}

/** Newest first. */
async function releaseIds(folder: string): Promise<string[]> {
  try {
    const names = await readdir(path.join(folder, folderName));
    return names
      .filter((name) => !name.startsWith('.'))
      .toSorted()
      .toReversed();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}
