import { CodedError, hasCode } from '#libs/errors';
import { FileBindings } from '../imports/file-bindings.js';
import { notText, type FileStore, type StoreEntry } from './file-store.js';
import {
  asideFolders,
  isMeterFileName,
  isSiteName,
  isTemporaryName,
  waitingFile,
  type WaitingFile,
} from './waiting-file.js';

/** Something at a source that is left alone, and why. */
export interface SourceProblem {
  path: string;
  reason: string;
}

/** What a source holds at one moment. */
export interface Listing {
  /** Ordered by path. */
  files: WaitingFile[];
  /** Folders of the first level that may be sites, with or without files. */
  siteFolders: string[];
  /** The first of them. */
  problems: SourceProblem[];
  problemCount: number;
}

/** Deeper than any sensible tree. */
const maxDepth = 8;
const shownProblems = 50;
/** As long as eight names of a disk; an index of the database takes little more. */
const longestPathBytes = 2_048;

/**
 * Lists the meter files that wait. Hidden names, links and what has been dealt with are left out; a folder that cannot be read
 * is a problem and does not keep the others from being read.
 * @param bindings of files that are read by a mapping, whatever their ending
 * @throws CodedError when the root cannot be read or the store is out of reach
 */
export async function look(store: FileStore, bindings = new FileBindings()): Promise<Listing> {
  const listing: Listing = { files: [], siteFolders: [], problems: [], problemCount: 0 };
  await lookBelow({ store, bindings, listing }, '', 0);
  return listing;
}

/** What is looked at, and what was found until now. */
interface Looking {
  store: FileStore;
  bindings: FileBindings;
  listing: Listing;
}

async function lookBelow(looking: Looking, folder: string, depth: number): Promise<void> {
  const { store, bindings, listing } = looking;
  const folders: string[] = [];
  const files: WaitingFile[] = [];
  for await (const entries of store.readFolder(folder)) {
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const what = judge(entry, path, bindings);
      if (what === 'file') files.push(bindings.bind(waitingFile(path, entry)));
      else if (what === 'folder') folders.push(path);
      else if (what !== undefined) note(listing, path, what.reason);
    }
  }
  if (depth === 0) listing.siteFolders = folders.filter(isSiteName).toSorted();
  await inOrder(looking, files, folders, depth);
}

async function inOrder(
  looking: Looking,
  files: readonly WaitingFile[],
  folders: readonly string[],
  depth: number,
): Promise<void> {
  const { listing } = looking;
  const entries = [...files, ...folders.map((path) => ({ path, isFolder: true as const }))];
  for (const entry of entries.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (!('isFolder' in entry)) listing.files.push(entry);
    else if (depth + 1 >= maxDepth) note(listing, entry.path, 'is too deep');
    else await unlessUnreadable(listing, entry.path, () => lookBelow(looking, entry.path, depth + 1));
  }
}

async function unlessUnreadable(listing: Listing, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CodedError) throw error;
    // Another collector, or its owner, has taken it away since it was listed.
    if (hasCode(error, 'ENOENT')) return;
    note(listing, path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @returns undefined for what is left alone without a word */
function judge(
  { name, kind }: StoreEntry,
  path: string,
  bindings: FileBindings,
): 'file' | 'folder' | { reason: string } | undefined {
  // A server may answer anything: a name is one step down, or it is not followed.
  if (name === '.' || name === '..' || name.startsWith('.')) return undefined;
  if (name === '' || /[/\0]/.test(name)) return { reason: 'has a name that leads elsewhere' };
  if (kind === 'folder' && asideFolders.has(name)) return undefined;
  if (kind === 'link') return { reason: 'is a link; links are not followed' };
  if (kind !== 'folder' && (isTemporaryName(name) || !(isMeterFileName(name) || bindings.isBound(path))))
    return undefined;
  if (kind === 'other') return { reason: 'is not a regular file' };
  if (Buffer.byteLength(path) > longestPathBytes) return { reason: 'has a path that is too long' };
  return name.includes(notText) ? { reason: 'has a name that is not UTF-8' } : kind;
}

function note(listing: Listing, path: string, reason: string): void {
  listing.problemCount += 1;
  if (listing.problems.length < shownProblems) listing.problems.push({ path, reason });
}
