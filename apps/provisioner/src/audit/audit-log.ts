import { appendFile, mkdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import { z } from 'zod';
import { hasCode } from '#libs/errors';
import { hostFolder } from '../host-folder.js';

const entrySchema = z.object({
  /** ISO 8601, UTC. */
  time: z.iso.datetime(),
  user: z.string(),
  command: z.string(),
  /** Null for what concerns the host. */
  tenant: z.string().nullable(),
  result: z.enum(['started', 'done', 'failed', 'interrupted']),
  seconds: z.number().optional(),
  /** Never a secret: what was changed, or the code of the error. */
  detail: z.string().optional(),
});

/** One line of the audit log. */
export type AuditEntry = z.infer<typeof entrySchema>;

const fileName = 'audit.jsonl';

/**
 * Adds one line; it is written with one call, so lines of runs beside each other do not mix. It is on the disk when this
 * returns, with those before it; but for the line of a beginning, which its end takes along.
 */
export async function recordAudit(root: string, entry: Omit<AuditEntry, 'time' | 'user'>): Promise<void> {
  await mkdir(hostFolder(root), { recursive: true, mode: 0o750 });
  const line: AuditEntry = { time: new Date().toISOString(), user: operator(), ...entry };
  await appendFile(hostFolder(root, fileName), `${JSON.stringify(line)}\n`, {
    mode: 0o640,
    flush: entry.result !== 'started',
  });
}

/** All entries, oldest first. A line that a full disk has cut off is left out. */
export async function readAudit(root: string): Promise<AuditEntry[]> {
  let text: string;
  try {
    text = await readFile(hostFolder(root, fileName), 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    const parsed = entrySchema.safeParse(parseLine(line));
    return parsed.success ? [parsed.data] : [];
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function operator(): string {
  const { username, uid } = os.userInfo();
  return username === '' ? String(uid) : username;
}
