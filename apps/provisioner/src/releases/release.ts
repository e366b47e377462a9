import { z } from 'zod';

const imagesSchema = z.strictObject({ portal: z.string(), timescaledb: z.string(), grafana: z.string() });

/** Images by service, as `tenant.yaml` names them. */
export type ServiceImages = z.infer<typeof imagesSchema>;
export type ImageName = keyof ServiceImages;
export const imageNames = imagesSchema.keyof().options;

/** What a tenant's database is at a moment. */
const databaseSchema = z.strictObject({
  /** Names of the portal's migrations in the order in which they ran. */
  migrations: z.array(z.string()),
  /** Version of TimescaleDB in the tenant's database. */
  timescaledb: z.string(),
  /** Rows by table: how much a restore would lose. */
  rows: z.record(z.string(), z.int()),
});
export type DatabaseState = z.infer<typeof databaseSchema>;

const sideSchema = z.strictObject({
  images: imagesSchema,
  /** Ids of the images that ran, by service: a tag may be moved. */
  imageIds: z.record(z.string(), z.string()),
  /** SHA-256 of the tenant's files. */
  files: z.record(z.string(), z.string()),
  database: databaseSchema,
});

/** One side of a release: the tenant before or after it. */
export type ReleaseSide = z.infer<typeof sideSchema>;

const backupSchema = z.strictObject({
  id: z.string(),
  slug: z.string(),
  createdAt: z.string(),
  store: z.string(),
  location: z.string(),
  verifiedAt: z.string().optional(),
});

/**
 * What an update has done to a tenant. `changing` and `rolling-back`: it is under way, or was cut off.
 * `rolled-back`: the tenant is as it was before.
 */
export const releaseSchema = z.strictObject({
  version: z.literal(1),
  /** UTC, such as `20261121T200732Z`; its folder below `.releases/`. */
  id: z.string().regex(/^\d{8}T\d{6}Z$/),
  phase: z.enum(['changing', 'rolling-back', 'done', 'rolled-back']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  /** Of the provisioner. */
  provisioner: z.string(),
  /** What the tenant is to run. */
  images: imagesSchema,
  before: sideSchema,
  /** Checks that had found something wrong before: no reason to take the update back. */
  wrongBefore: z.array(z.string()),
  after: sideSchema.optional(),
  /** Of the database and the volumes; only where the update could break them. */
  backup: backupSchema.optional(),
  /** TimescaleDB's own catalogue was brought to another version: the old image cannot read it. */
  extensionChanged: z.boolean(),
  /** Why it was rolled back. */
  reason: z.string().optional(),
});

export type Release = z.infer<typeof releaseSchema>;

/** Name of a release that begins at this moment. */
export function releaseId(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}
