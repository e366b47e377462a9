import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { CodedError, hasCode } from '#libs/errors';
import { rotationNames } from './rotation.js';

const change = z.record(z.string(), z.string().nullable());
const journalSchema = z.strictObject({
  version: z.literal(1),
  name: z.enum(rotationNames),
  startedAt: z.iso.datetime(),
  /** `back`: it has failed, and the old values are being put back. */
  direction: z.enum(['on', 'back']),
  next: change,
  previous: change,
  facts: z.record(z.string(), z.string()),
});

/** A rotation under way. It is there from before the first change until the last. */
export type RotationJournal = z.infer<typeof journalSchema>;

const fileName = '.rotation.json';

/** Holds the old and the new secrets, as `.env` does: for its owner alone. */
export async function writeJournal(folder: string, journal: RotationJournal): Promise<void> {
  await writeFileAtomic(path.join(folder, fileName), JSON.stringify(journal), { mode: 0o600 });
}

/** @throws CodedError SPEC_INVALID for a file that is none of ours */
export async function readJournal(folder: string): Promise<RotationJournal | undefined> {
  let text: string;
  try {
    text = await readFile(path.join(folder, fileName), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const parsed = journalSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  // What the reader says might quote a secret.
  throw new CodedError('SPEC_INVALID', { detail: `${fileName} in ${folder} cannot be read` });
}

export async function removeJournal(folder: string): Promise<void> {
  await rm(path.join(folder, fileName), { force: true });
}

/** @throws CodedError ROTATION_UNFINISHED when a rotation of the tenant was cut off */
export async function refuseUnfinishedRotation(folder: string, slug: string): Promise<void> {
  const journal = await readJournal(folder);
  if (journal === undefined) return;
  const detail = `wattfleet rotate ${journal.name} ${slug}, begun at ${journal.startedAt}`;
  throw new CodedError('ROTATION_UNFINISHED', { detail });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
