import type { ColumnMapping } from '#libs/contracts';
import { sameStamp, type FileStamp } from './file-store.js';

/** A meter file that waits at its source. */
export interface WaitingFile {
  /** Relative to the root, with `/`; of an upload, what it is called in reports. */
  path: string;
  /** From `<site>/<device serial>/<file>`; undefined where the file lies elsewhere. An upload has no folder of a device. */
  place: { site: string; deviceSerial?: string } | undefined;
  bytes: number;
  /** When it was listed: read it is only as long as this and its size stay. */
  modifiedMs?: number;
  /** Where its bytes lie, relative to the root, when that is not `path`. */
  source?: string;
  /** It was uploaded: it stays where it is, and its record says which upload it was. */
  uploadId?: string;
  /** How the columns of a file of another maker are read. */
  mapping?: ColumnMapping;
}

export type AsideFolder = 'parsed' | 'error';

/** Where files lie that were dealt with; nothing below them waits. */
export const asideFolders: ReadonlySet<string> = new Set<AsideFolder>(['parsed', 'error']);

/** Where the bytes lie, relative to the root. */
export function sourceOf(file: WaitingFile): string {
  return file.source ?? file.path;
}

export function waitingFile(path: string, { bytes, modifiedMs }: FileStamp): WaitingFile {
  return { path, place: placeOf(path.split('/')), bytes, modifiedMs };
}

/** Whether it is as it was when it was listed. */
export function isAsListed({ bytes, modifiedMs }: WaitingFile, now: FileStamp): boolean {
  return modifiedMs === undefined || sameStamp({ bytes, modifiedMs }, now);
}

/** Of the meter files' ending, and not hidden. */
export function isMeterFileName(name: string): boolean {
  return /\.tsv$/i.test(name) && !name.startsWith('.');
}

/** A name that servers and programs give to what is still being sent; it is not read by a mapping either. */
export function isTemporaryName(name: string): boolean {
  return /(?:\.(?:part|partial|filepart|tmp|temp|crdownload|swp)|~)$/i.test(name);
}

/** A folder of this name may be a site: it can be shown, logged and typed. */
export function isSiteName(name: string): boolean {
  return /^[^\s.\p{C}](?:[^\p{C}]{0,98}[^\s\p{C}])?$/u.test(name) && !asideFolders.has(name);
}

function placeOf(segments: readonly string[]): WaitingFile['place'] {
  const [site, deviceSerial] = segments;
  if (segments.length !== 3 || site === undefined || deviceSerial === undefined) return undefined;
  return isSiteName(site) ? { site, deviceSerial } : undefined;
}
