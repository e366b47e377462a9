import { createHash } from 'node:crypto';
import type { CodedError } from '#libs/errors';
import { readMeterFile, type MeterFileHeader, type MeterFileReport, type MeterRows } from '#libs/meter-files';
import { hashFile, readFile, type WaitingFile } from './import-folder.js';

/** Who takes what a file holds. */
export type Handlers = Pick<Parameters<typeof readMeterFile>[1], 'onHeader' | 'onRows'>;

/** A file that was looked at before its transaction begins. */
export interface FileContent {
  file: WaitingFile;
  /** Lower-case hexadecimal. */
  sha256: string;
  /** It was read as a whole: what `onRows` is given is its own to keep, and nothing can go wrong in the middle. */
  isWhole: boolean;
  /** `performance.now()` when it was opened. */
  started: number;
  /** @throws CodedError as `readMeterFile` */
  parse: (handlers: Handlers) => Promise<MeterFileReport>;
}

/** Smaller files are read once, and parsed before anything waits for them. */
export const smallBytes = 256 * 1024;
/** A row is no shorter: its time alone has so many characters. */
const rowBytes = 18;
const mostBlockRows = 4_096;

/** @throws what the file system says */
export async function openContent(folder: string, file: WaitingFile, now: Date): Promise<FileContent> {
  const started = performance.now();
  if (file.bytes > smallBytes) {
    const sha256 = await hashFile(folder, file);
    const parse = (handlers: Handlers) => parseContent(() => readFile(folder, file), file, now, handlers);
    return { file, sha256, isWhole: false, started, parse };
  }
  const chunks: Uint8Array[] = [];
  const hash = createHash('sha256');
  for await (const chunk of readFile(folder, file)) {
    hash.update(chunk);
    chunks.push(chunk);
  }
  const parse = await parseWhole(chunks, file, now);
  return { file, sha256: hash.digest('hex'), isWhole: true, started, parse };
}

export function parseContent(
  open: () => AsyncIterable<Uint8Array>,
  { mapping, bytes }: WaitingFile,
  now: Date,
  handlers: Handlers,
): Promise<MeterFileReport> {
  // Memory for more rows than a small file can hold would cost more than reading them.
  const blockRows = Math.max(1, Math.min(mostBlockRows, Math.ceil(bytes / rowBytes)));
  return readMeterFile(open, { now, mapping, blockRows, ...handlers });
}

/** Keeps header and rows, and hands them out when they are asked for. */
async function parseWhole(chunks: readonly Uint8Array[], file: WaitingFile, now: Date) {
  let header: MeterFileHeader | undefined;
  const blocks: MeterRows[] = [];
  const reading = parseContent(() => streamOf(chunks), file, now, {
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

async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
