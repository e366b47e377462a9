import { z } from 'zod';
import { instant } from './queries.js';

/** Where a portal collects meter files from: a folder of its machine, or an SFTP server. */
export const importSourceKind = z.enum(['folder', 'sftp']);

/** Something at a source that is left alone, and why: a link, a folder that cannot be read. */
export const importSourceProblem = z.object({ path: z.string(), reason: z.string() });

/** One of `GET /api/imports/sources`, as the last look found it. */
export const importSource = z.object({
  kind: importSourceKind,
  /** A path, or `sftp://user@host/folder`. */
  location: z.string(),
  /** Null before the first look. */
  lookedAt: instant.nullable(),
  /** Null where nothing looks by itself. */
  nextLookAt: instant.nullable(),
  /** This portal is looking, or importing what it found. */
  busy: z.boolean(),
  /** Files that the last look found and that were new. */
  waiting: z.number().int(),
  /** Files that were dealt with and may not be moved; they are known and not read again. */
  stuckFiles: z.number().int(),
  /** Why not. */
  stuckReason: z.string().nullable(),
  /** The first of them. */
  problems: z.array(importSourceProblem),
  problemCount: z.number().int(),
  /** Of the last look; null when it went well. */
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string(), at: instant }).nullable(),
});

export const importSources = z.object({ sources: z.array(importSource) });

export type ImportSourceKind = z.infer<typeof importSourceKind>;
export type ImportSource = z.infer<typeof importSource>;
export type ImportSources = z.infer<typeof importSources>;
