import { open } from 'node:fs/promises';
import path from 'node:path';
import type { ImportFileReport, ImportMapping, ImportUpload, UploadState } from '#libs/contracts';
import { looksLikeText, readTable } from '#libs/meter-files';
import { readOnly } from './file-importer.js';
import { FileSource } from '../collection/file-source.js';
import { FolderStore } from '../collection/folder-store.js';
import type { WaitingFile } from '../collection/waiting-file.js';
import { uploadSource } from './upload-area.js';
import type { StoredUpload } from './uploads.queries.js';

/** Enough to see how a file is made, and to show its first rows. */
const headBytes = 64 * 1024;

export type Previewed = Pick<StoredUpload, 'id' | 'name' | 'site' | 'bytes' | 'mapping'>;

/** The upload as an import takes it. */
export function waitingUpload({ id, name, site, bytes, mapping }: Previewed): WaitingFile {
  return {
    // Of reports alone; the bytes lie under the id.
    path: site === null ? name : `${site}/${name}`,
    place: { site: site ?? '' },
    bytes,
    source: uploadSource(id),
    uploadId: id,
    ...(mapping !== null && { mapping }),
  };
}

/** What an import would do. */
export async function previewUpload(folder: string, upload: Previewed): Promise<ImportFileReport> {
  const source = new FileSource(new FolderStore(folder));
  return { ...(await readOnly(source, waitingUpload(upload))), site: upload.site };
}

export async function readHead(folder: string, id: string): Promise<Buffer> {
  const file = await open(path.join(folder, uploadSource(id)));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Whether a mapping may make the file readable: it is a table, and no meter file that is merely broken. */
export function isMappable(head: Uint8Array, { error }: ImportFileReport): boolean {
  return error !== undefined && error.code !== 'METER_FILE_EMPTY' && looksLikeText(head);
}

/** The saved mapping that was made with a file of the same header; the one saved last where there are several. */
export async function findMapping(
  head: Uint8Array,
  mappings: readonly ImportMapping[],
): Promise<ImportMapping | undefined> {
  const lastFirst = mappings.toSorted((a, b) => b.savedAt.localeCompare(a.savedAt));
  for (const mapping of lastFirst) if (await fits(head, mapping)) return mapping;
  return undefined;
}

async function fits(head: Uint8Array, { mapping, header }: ImportMapping): Promise<boolean> {
  if (!mapping.hasHeader || header.length === 0) return false;
  const [first] = readTable(head, mapping, 1).rows;
  return first !== undefined && sameCells(first.cells, header);
}

function sameCells(cells: readonly string[], header: readonly string[]): boolean {
  return cells.length === header.length && cells.every((cell, index) => cell === header[index]);
}

const hourMs = 3_600_000;
/** How long an upload waits. */
export const uploadHours = 24;

export function describeUpload({ uploadedAt, importedBefore, ...upload }: StoredUpload): ImportUpload {
  return {
    ...upload,
    uploadedAt: uploadedAt.toISOString(),
    expiresAt: new Date(uploadedAt.getTime() + uploadHours * hourMs).toISOString(),
    state: stateOf(upload, importedBefore),
  };
}

function stateOf(
  { report, mapping, mappable, site }: Omit<StoredUpload, 'uploadedAt' | 'importedBefore'>,
  importedBefore: boolean,
): UploadState {
  if (report.status === 'rejected') {
    const unknown = report.error?.code === 'METER_FILE_FORMAT_UNKNOWN' && mapping === null;
    return mappable && unknown ? 'needs-mapping' : 'refused';
  }
  if (site === null) return 'needs-site';
  return importedBefore ? 'unchanged' : 'ready';
}
