import type { CodedError } from '#libs/errors';
import { readMeterFile, type MeterFileHeader, type MeterFileReport, type MeterRows } from '#libs/meter-files';
import type { FetchedFile, FileSource } from '../collection/file-source.js';
import { heldBytes } from '../collection/held-file.js';
import type { WaitingFile } from '../collection/waiting-file.js';

/** Who takes what a file holds. */
export type Handlers = Pick<Parameters<typeof readMeterFile>[1], 'onHeader' | 'onRows'>;

/** A file that was looked at before its transaction begins. */
export interface FileContent extends Pick<FetchedFile, 'sha256' | 'confirm' | 'release'> {
  file: WaitingFile;
  /** It was read as a whole: what `onRows` is given is its own to keep, and nothing can go wrong in the middle. */
  isWhole: boolean;
  /** `performance.now()` when it was opened. */
  started: number;
  /** @throws CodedError as `readMeterFile` */
  parse: (handlers: Handlers) => Promise<MeterFileReport>;
}

/** A row is no shorter: its time alone has so many characters. */
const rowBytes = 18;
const mostBlockRows = 4_096;

/**
 * Its bytes; release them. A small file is parsed before anything waits for it.
 * @throws CodedError as `FileSource.fetch`
 */
export async function openContent(source: FileSource, file: WaitingFile, now: Date): Promise<FileContent> {
  const started = performance.now();
  const fetched = await source.fetch(file);
  const isWhole = file.bytes <= heldBytes;
  const parse = isWhole
    ? await parseWhole(fetched, file, now)
    : (handlers: Handlers) => parseContent(fetched.open, file, now, handlers);
  return { ...fetched, file, isWhole, started, parse };
}

export function parseContent(
  open: FetchedFile['open'],
  { mapping, bytes }: WaitingFile,
  now: Date,
  handlers: Handlers,
): Promise<MeterFileReport> {
  // Memory for more rows than a small file can hold would cost more than reading them.
  const blockRows = Math.max(1, Math.min(mostBlockRows, Math.ceil(bytes / rowBytes)));
  return readMeterFile(open, { now, mapping, blockRows, ...handlers });
}

/** Keeps header and rows, and hands them out when they are asked for. */
async function parseWhole({ open }: FetchedFile, file: WaitingFile, now: Date) {
  let header: MeterFileHeader | undefined;
  const blocks: MeterRows[] = [];
  const reading = parseContent(open, file, now, {
    onHeader: (found) => {
      header = found;
    },
    onRows: ({ rowCount, times, values }) => {
      const width = header?.channels.length ?? 0;
      const rows = { rowCount, times: times.slice(0, rowCount), values: values.slice(0, rowCount * width) };
      blocks.push(rows);
    },
  });
  await reading.catch((error: CodedError) => error);
  return async ({ onHeader, onRows }: Handlers): Promise<MeterFileReport> => {
    const report = await reading;
    if (header !== undefined) await onHeader?.(header);
    for (const block of blocks) await onRows?.(block);
    return report;
  };
}
