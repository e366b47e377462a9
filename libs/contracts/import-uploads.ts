import { z } from 'zod';
import { columnMapping, csvDialect, deviceSerial } from './column-mapping.js';
import { importFileReport } from './imports.js';
import { instant } from './queries.js';

/** Content type of `POST /api/imports/uploads`: the file itself, and nothing around it. */
export const uploadContentType = 'application/octet-stream';

/** Turn text around on screen, so that one file poses as another: `gnp.exe` reads as `exe.png`. */
const turnsText = /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/u;

function isPlain(name: string): boolean {
  return name.isWellFormed() && !/\p{Cc}/u.test(name) && !turnsText.test(name);
}

/** PostgreSQL takes neither in JSON. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** The name that a file had where it came from. It is shown and recorded, and never is a path. */
const uploadName = z
  .string()
  .min(1)
  .max(200)
  .refine(isPlain, 'must not hold control characters')
  .refine((name) => !/[/\\]/.test(name), 'must be a file name, without folders')
  .refine((name) => !/^[. ]+$/.test(name), 'must be a file name');

/** As the folder of a site may be called. */
export const importSite = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine(isPlain, 'must not hold control characters')
  .refine(
    (name) => !/[/\\]/.test(name) && !name.startsWith('.'),
    'must not hold slashes or begin with a point',
  );

/** Query of `POST /api/imports/uploads`. */
export const uploadQuery = z.strictObject({ name: uploadName, site: importSite.optional() });

/**
 * `ready`: importing stores what the report says; `unchanged`: the same bytes were imported for the site before;
 * `needs-site`: nobody has said where it was measured; `needs-mapping`: a table of another maker; `refused`: see the report.
 */
export const uploadState = z.enum(['ready', 'unchanged', 'needs-site', 'needs-mapping', 'refused']);

/** A file that was uploaded and waits for somebody to import or cancel it. */
export const importUpload = z.object({
  id: z.uuid(),
  name: z.string(),
  site: z.string().nullable(),
  bytes: z.number().int(),
  sha256: z.string(),
  uploadedBy: z.string(),
  uploadedAt: instant,
  /** Removed then unless it is imported. */
  expiresAt: instant,
  state: uploadState,
  /** Text that a mapping of its columns may make readable. */
  mappable: z.boolean(),
  mapping: columnMapping.nullable(),
  /** Of the saved mapping that it is read by; null for one of its own. */
  mappingName: z.string().nullable(),
  /** What an import would do. */
  report: importFileReport,
});

/** `GET /api/imports/uploads`: those that wait, oldest first. */
export const importUploadList = z.object({
  uploads: z.array(importUpload),
  /** Largest file that is taken, bytes. */
  maxBytes: z.number().int(),
});

/** Body of `PATCH /api/imports/uploads/:id`; what is given is changed, and the file is read anew. */
export const uploadChange = z
  .strictObject({
    site: importSite.optional(),
    /** Null reads it as a meter file again. */
    mapping: columnMapping.nullable().optional(),
    mappingName: z.string().trim().min(1).max(100).nullable().optional(),
  })
  .refine(({ site, mapping }) => site !== undefined || mapping !== undefined, 'must change something');

/** Body of `POST /api/imports/uploads/import`. */
export const importUploadsBody = z.strictObject({ ids: z.array(z.uuid()).min(1).max(200) });

/** Body of `POST /api/imports/files/:id/retry`. */
export const retryFileBody = z.strictObject({
  /** For a file whose folder named none, or the wrong one. */
  site: importSite.optional(),
});

/** Body of `POST /api/imports/uploads/:id/sample`: what is not given is guessed. */
export const uploadSampleBody = z.strictObject({
  /** How the file is cut into cells, while there is no whole mapping. */
  dialect: csvDialect.optional(),
  mapping: columnMapping.safeExtend({ device: z.union([deviceSerial, z.literal('')]) }).optional(),
});

/** The beginning of an upload as a mapping reads it. */
export const uploadSample = z.object({
  /** The one that was given, or a guess: there may be no channel and no device in it yet. */
  mapping: z.unknown().transform((value) => value as z.infer<typeof columnMapping>),
  /** The cells of the header; empty where there is none. */
  header: z.array(z.string()),
  /** The first records, the header's left out. */
  table: z.array(z.object({ line: z.number().int(), cells: z.array(z.string()) })),
  /** What becomes of them; null where the mapping cannot be read by yet. */
  reading: z
    .object({
      channels: z.array(z.object({ label: z.string(), name: z.string(), unit: z.string() })),
      rows: z.array(z.object({ time: instant, values: z.array(z.number().nullable()) })),
      problems: importFileReport.shape.problems,
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
    })
    .nullable(),
});

/**
 * Collected files that a mapping reads: `<site>/<device>/<file>`, each with `*` for any characters and `?` for one. It begins with
 * the folder of the site, or with a `*` for all of them.
 */
const filePattern = z
  .string()
  .trim()
  .max(200)
  .refine(isPlain, 'must not hold control characters')
  .refine(
    (pattern) => /^[^/]+\/[^/]+\/[^/]+$/.test(pattern) && !/[\\{}()[\]!+@|]|\*\*|(?:^|\/)\./.test(pattern),
    'must be site/device/file with * and ? as wildcards, such as hall/logger-7/*.csv',
  );

/** Body of `PUT /api/imports/mappings`: one of the same name is replaced. */
export const saveMappingBody = z.strictObject({
  name: z.string().trim().min(1).max(100).refine(isPlain, 'must not hold control characters'),
  mapping: columnMapping,
  /** Cells of the header of the file that it was made with: a file with the same ones finds it. */
  header: z.array(z.string().max(500).refine(isStorable, 'must be text')).max(1_000),
  /** Collected files that are read by it; null for none, and what is not given stays as it was. */
  files: filePattern.nullable().optional(),
});

/** One of `GET /api/imports/mappings`, by name. */
export const importMapping = z.object({
  id: z.uuid(),
  name: z.string(),
  mapping: columnMapping,
  header: z.array(z.string()),
  /** Collected files that are read by it, as a pattern of their paths. */
  files: z.string().nullable(),
  savedBy: z.string(),
  savedAt: instant,
});

export type UploadQuery = z.infer<typeof uploadQuery>;
export type UploadState = z.infer<typeof uploadState>;
export type ImportUpload = z.infer<typeof importUpload>;
export type ImportUploadList = z.infer<typeof importUploadList>;
export type UploadChange = z.infer<typeof uploadChange>;
export type ImportUploadsBody = z.infer<typeof importUploadsBody>;
export type RetryFileBody = z.infer<typeof retryFileBody>;
export type UploadSampleBody = z.infer<typeof uploadSampleBody>;
export type UploadSample = z.infer<typeof uploadSample>;
export type SaveMappingBody = z.infer<typeof saveMappingBody>;
export type ImportMapping = z.infer<typeof importMapping>;
