import { z } from 'zod';
import { csv, instant, paging } from './queries.js';

export const importFileStatus = z.enum(['imported', 'rejected', 'unchanged']);

/** Statistics of one channel in one file, over distinct times. */
export const channelStatistics = z.object({
  deviceSerial: z.string(),
  label: z.string(),
  name: z.string(),
  unit: z.string(),
  count: z.number().int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
});

export const rowProblem = z.object({
  /** 1-based line of the file. */
  line: z.number().int(),
  /** 1-based column of the line; null when the whole row is rejected. */
  column: z.number().int().nullable(),
  kind: z.enum(['truncated', 'timestamp', 'value']),
  reason: z.string(),
});

/** What is reported of one meter file: in the CLI's JSON, beside the file, in the database and in the portal. */
export const importFileReport = z.object({
  /** Relative to the data folder, with `/`. */
  path: z.string(),
  site: z.string().nullable(),
  /** Serial number of the master as the header names it, else as the folder does. */
  device: z.string().nullable(),
  format: z.string().nullable(),
  status: importFileStatus,
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  warnings: z.array(z.string()),
  rows: z.number().int(),
  channels: z.number().int(),
  /** Distinct (channel, time). */
  points: z.number().int(),
  rejectedRows: z.object({ truncated: z.number().int(), timestamp: z.number().int() }),
  rejectedValues: z.number().int(),
  duplicateRows: z.number().int(),
  /** Rows whose clock was surely wrong: before 2021, or in the future. Stored all the same. */
  suspiciousTimes: z.number().int(),
  /** The file was cut off: it will be replaced when the meter sends it again. */
  incomplete: z.boolean(),
  firstTime: z.string().nullable(),
  lastTime: z.string().nullable(),
  channelStats: z.array(channelStatistics),
  problems: z.array(rowProblem),
  metadata: z.record(z.string(), z.unknown()),
  /** How local times were turned into UTC where the clock was set back; null where there was nothing to resolve. */
  daylightSaving: z.string().nullable(),
  bytes: z.number().int(),
  sha256: z.string().nullable(),
  durationMs: z.number().int(),
});

export const importTotals = z.object({
  files: z.number().int(),
  imported: z.number().int(),
  rejected: z.number().int(),
  unchanged: z.number().int(),
  rows: z.number().int(),
  points: z.number().int(),
  rejectedRows: z.number().int(),
  rejectedValues: z.number().int(),
});

/** What `portal import --json` prints. */
export const importReport = z.object({
  dryRun: z.boolean(),
  files: z.array(importFileReport),
  totals: importTotals,
});

/**
 * What began a run: the clock, a server that said that a file has come, Import now, the command line, an upload, or a refused file
 * that is tried again.
 */
export const importTrigger = z.enum(['schedule', 'hook', 'manual', 'command', 'upload', 'retry']);

const period = { from: instant.optional(), to: instant.optional() };

/** Query of `GET /api/imports/runs`; `from` inclusive, `to` exclusive, of when a run started. */
export const importRunsQuery = z.strictObject({
  trigger: csv(importTrigger).optional(),
  ...period,
  ...paging(50, 200),
});

/** One row of `GET /api/imports/runs`, newest first: `{ runs: [...], total }`. */
export const importRunSummary = z.object({
  id: z.uuid(),
  trigger: importTrigger,
  /** E-mail of who started it; null for the clock and the command line. */
  account: z.string().nullable(),
  startedAt: z.iso.datetime(),
  /** Null while it runs, or when its process was killed. */
  finishedAt: z.iso.datetime().nullable(),
  totals: importTotals,
});

/** `GET /api/imports/runs/:id`. Its files are `GET /api/imports/files?runId=…`, without these. */
export const importRunDetail = importRunSummary.extend({
  /** Reports of files that were not recorded: unchanged ones, and those that could not be read; at most 1,000. */
  unrecorded: z.array(importFileReport),
});

/** `GET /api/imports/runs/:id/report.json`, and the JSON file of the run. */
export const importRunReport = importReport.extend({ run: importRunSummary.omit({ totals: true }) });

/** Query of `GET /api/imports/files`; `from` inclusive, `to` exclusive, of when a file was imported. */
export const importFilesQuery = z.strictObject({
  status: csv(importFileStatus).optional(),
  site: z.string().max(300).optional(),
  device: z.string().max(300).optional(),
  /** Part of the path, in any case. */
  q: z.string().max(200).optional(),
  /** Only files of which something was not stored. */
  problems: z.enum(['true']).optional(),
  runId: z.uuid().optional(),
  ...period,
  ...paging(50, 500),
});

/** One row of `GET /api/imports/files?page=1&pageSize=50`, newest first: `{ files: [...], total }`. */
export const importFileSummary = z.object({
  id: z.uuid(),
  runId: z.uuid(),
  path: z.string(),
  site: z.string().nullable(),
  device: z.string().nullable(),
  format: z.string().nullable(),
  status: importFileStatus,
  errorCode: z.string().nullable(),
  rows: z.number().int(),
  points: z.number().int(),
  rejectedRows: z.number().int(),
  rejectedValues: z.number().int(),
  importedAt: z.iso.datetime(),
});

/** `GET /api/imports/files/:id` answers the summary and the whole report. */
export const importFileDetail = importFileSummary.extend({
  report: importFileReport,
  /** E-mail of who uploaded it; null for a file of the import folder. */
  uploadedBy: z.string().nullable(),
  /** The file itself is still there: it can be downloaded, and tried again when it was refused. */
  hasOriginal: z.boolean(),
  /** When the file itself was removed because it was older than files are kept. */
  originalRemovedAt: instant.nullable(),
});

/** `GET /api/imports/choices`: what the filters of the files can be set to. */
export const importChoices = z.object({ sites: z.array(z.string()), devices: z.array(z.string()) });

/** `POST /api/imports/runs` starts an import of the folder and answers at once, `202`. */
export const importStarted = z.object({ runId: z.uuid() });

/** `GET /api/imports/totals`: over all files ever imported into this database. */
export const importDatabaseTotals = importTotals.extend({ measurements: z.number().int() });

export type ImportTrigger = z.infer<typeof importTrigger>;
export type ImportRunsQuery = z.infer<typeof importRunsQuery>;
export type ImportFilesQuery = z.infer<typeof importFilesQuery>;
export type ImportChoices = z.infer<typeof importChoices>;
export type ImportFileReport = z.infer<typeof importFileReport>;
export type ImportFileStatus = z.infer<typeof importFileStatus>;
export type ImportTotals = z.infer<typeof importTotals>;
export type ImportReport = z.infer<typeof importReport>;
export type ImportRunSummary = z.infer<typeof importRunSummary>;
export type ImportRunDetail = z.infer<typeof importRunDetail>;
export type ImportFileSummary = z.infer<typeof importFileSummary>;
export type ImportFileDetail = z.infer<typeof importFileDetail>;
export type ImportDatabaseTotals = z.infer<typeof importDatabaseTotals>;
