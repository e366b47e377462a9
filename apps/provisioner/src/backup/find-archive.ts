import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '#libs/errors';
import { slugOf } from '#libs/stack';
import type { ProvisionerConfig } from '../provisioner.config.js';
import { exists, tenantFolder } from '../tenants/tenant-folder.js';
import { readSpec } from '../tenants/tenant.js';
import { readManifest } from './archive-parts.js';
import type { BackupArchive } from './archive.js';
import { FolderStore } from './stores/folder-store.js';
import type { Store } from './stores/store.js';
import { storeOf } from './stores/store-of.js';

/** How a command names an archive. */
export interface ArchiveChoice {
  /** A folder, or the id of an archive in the store. */
  from?: string | undefined;
  /** The newest that is not later: ISO 8601, or `newest`. */
  at?: string | undefined;
  /** Where archives are; the tenant's own unless given. */
  store?: string | undefined;
}

/**
 * The archive that a choice means, with its store.
 * @throws CodedError ARCHIVE_NOT_FOUND, ARCHIVE_INVALID for a folder that is no archive, USAGE
 */
export async function findArchive(
  config: ProvisionerConfig,
  slug: string,
  { from, at, store: given }: ArchiveChoice,
): Promise<{ store: Store; archive: BackupArchive }> {
  if (from !== undefined && (await isThere(from))) return archiveAt(from);
  const store = storeOf(config, given, await specOf(config, slug));
  const archives = await store.list(slug);
  const latest = timeOf(at);
  const archive = archives.find(
    ({ id, createdAt }) =>
      (from === undefined || id === from) && (latest === undefined || createdAt <= latest),
  );
  if (archive !== undefined) return { store, archive };
  const detail = `${from ?? `of ${slug}${latest === undefined ? '' : ` up to ${latest}`}`} in ${store.name}`;
  throw new CodedError('ARCHIVE_NOT_FOUND', { detail });
}

/** The archive in a folder, wherever it was copied to. @throws CodedError ARCHIVE_INVALID */
export async function archiveAt(given: string): Promise<{ store: Store; archive: BackupArchive }> {
  const location = path.resolve(given);
  const { id, code, createdAt } = await readManifest(location);
  // Its location says where it lies, whatever the folders above it are called.
  const store = new FolderStore(path.dirname(location));
  return { store, archive: { id, slug: slugOf(code), createdAt, store: store.name, location } };
}

async function specOf(config: ProvisionerConfig, slug: string) {
  // A tenant that is gone has its archives where they are by default, or where --store says.
  return (await exists(tenantFolder(config.root, slug).folder)) ? readSpec(config.root, slug) : undefined;
}

async function isThere(file: string): Promise<boolean> {
  if (!file.includes('/')) return false;
  return lstat(file).then(
    () => true,
    () => false,
  );
}

function timeOf(at: string | undefined): string | undefined {
  if (at === undefined || at === 'newest') return undefined;
  const time = new Date(/^\d{4}-\d\d-\d\d$/.test(at) ? `${at}T23:59:59Z` : at);
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  const message = 'must be newest, a date such as 2026-11-21 (UTC) or a time such as 2026-11-21T20:00:00Z';
  throw new CodedError('USAGE', { problems: [{ path: '--at', message }] });
}
