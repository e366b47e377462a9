import { setTimeout as delay } from 'node:timers/promises';
import pMap from 'p-map';
import type { DataSource } from 'typeorm';
import { CodedError } from '#libs/errors';
import type { FileBindings } from '../imports/file-bindings.js';
import { putAwayKnown } from '../imports/put-away.js';
import { partKnown, selectGrowing, type KnownFile } from './collected-files.js';
import type { FileSource } from './file-source.js';
import type { WaitingFile } from './waiting-file.js';

/** Files of a source that the next run takes. */
export interface Found {
  files: WaitingFile[];
  /** Still being sent: they changed between two looks. */
  unsettled: number;
}

const looksAtOnce = 8;

/** What was dealt with and could not be moved is moved now, if that works again; one refusal speaks for all. */
export async function moveKnown(
  dataSource: DataSource,
  source: FileSource,
  known: readonly KnownFile[],
): Promise<{ stuckFiles: number; stuckReason: string | null }> {
  for (const [index, file] of known.entries()) {
    try {
      await putAwayKnown(dataSource, source, file);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      const stuckReason = error instanceof Error ? error.message : String(error);
      return { stuckFiles: known.length - index, stuckReason };
    }
  }
  return { stuckFiles: 0, stuckReason: null };
}

/** What is new among the files that were listed, with those that grew after they were moved. */
export async function findFresh(
  dataSource: DataSource,
  source: FileSource,
  listed: readonly WaitingFile[],
  bindings: FileBindings,
): Promise<{ known: KnownFile[]; fresh: WaitingFile[] }> {
  const { known, fresh } = await partKnown(dataSource, source.kind, listed);
  const grown = await findGrown(dataSource, source);
  return { known, fresh: [...grown.map((file) => bindings.bind(file)), ...fresh] };
}

/**
 * Looks a second time, after a while, and keeps the files that are as they were.
 * @param settleMs 0 for files that nobody is writing to
 */
export async function settle(
  source: FileSource,
  files: readonly WaitingFile[],
  settleMs: number,
  signal: AbortSignal,
): Promise<Found> {
  if (settleMs === 0 || files.length === 0) return { files: [...files], unsettled: 0 };
  await delay(settleMs, undefined, { signal });
  const looks = await pMap(files, (file) => unlessRefused(source.isSettled(file)), {
    concurrency: looksAtOnce,
  });
  const settled = files.filter((_, index) => looks[index]);
  return { files: settled, unsettled: files.length - settled.length };
}

/** A file whose state is not told is left to its reader, who says why. */
async function unlessRefused(look: Promise<boolean>): Promise<boolean> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof CodedError) throw error;
    return true;
  }
}

async function findGrown(dataSource: DataSource, source: FileSource): Promise<WaitingFile[]> {
  const growing = await selectGrowing(dataSource, source.kind);
  const now = await pMap(growing, (file) => source.stat(file).catch(refused), {
    concurrency: looksAtOnce,
  });
  return growing.flatMap((file, index) => {
    const entry = now[index];
    if (entry?.kind !== 'file' || entry.bytes <= file.bytes) return [];
    return [{ ...file, bytes: entry.bytes, modifiedMs: entry.modifiedMs }];
  });
}

function refused(error: unknown): undefined {
  if (error instanceof CodedError) throw error;
}
