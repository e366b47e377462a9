import { z } from 'zod';
import { tenantCode } from '#libs/stack';

/** Rises when an older provisioner could not restore what a newer one has written. */
export const manifestFormat = 1;

/** One file of an archive. */
const partSchema = z.strictObject({
  /** Inside the archive, such as `database.dump` or `volumes/portal-keys.tar.gz`; never out of it. */
  path: z.string().regex(/^(?!\.\.)[\w.-]+(\/(?!\.\.)[\w.-]+)?$/),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a table held in the moment of the dump. */
export const tableSchema = z.strictObject({
  /** `schema.name`. */
  table: z.string(),
  rows: z.int().min(0),
  /** Of all rows, whatever their order; null for a rollup, whose averages may differ in the last bit. */
  checksum: z.string().nullable(),
});

/** What a database said of itself in the moment of the dump. */
export const databaseSchema = z.strictObject({
  /** `17.11`. */
  postgresql: z.string().regex(/^\d+\.\d+/),
  timescaledb: z.string().regex(/^\d+\.\d+/),
  /** Names of the portal's migrations in the order in which they ran. */
  migrations: z.array(z.string()),
  tables: z.array(tableSchema),
});

/** What `manifest.json` says of an archive: enough to know whether it can be restored, and whether it was. */
export const manifestSchema = z.strictObject({
  format: z.literal(manifestFormat),
  id: z.string(),
  code: tenantCode,
  createdAt: z.iso.datetime(),
  /** Why it was made: `by hand`, `on schedule`, `before update`, `before decommission`. */
  reason: z.string(),
  /** Of the provisioner that made it. */
  version: z.string(),
  images: z.strictObject({ portal: z.string(), timescaledb: z.string(), grafana: z.string() }),
  database: databaseSchema,
  /** Volumes by the name after the slug, such as `portal-keys`. */
  volumes: z.array(z.string().regex(/^[a-z][a-z-]*$/)),
  parts: z.array(partSchema),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ArchivePart = z.output<typeof partSchema>;
export type TableContent = z.output<typeof tableSchema>;
export type DatabaseContent = z.output<typeof databaseSchema>;

/** Names of the parts, and of what stands beside them. */
export const files = {
  manifest: 'manifest.json',
  /** For `sha256sum -c`: of every part and of the manifest. */
  sums: 'SHA256SUMS',
  dump: 'database.dump',
  roles: 'roles.json',
  /** Written when a restore was tried; not covered by the sums. */
  verified: 'verified.json',
  tenant: (name: string) => `tenant/${name}`,
  /** Two passes: the whole volume before the dump, and what has changed since when the dump is done. */
  volume: (name: string) => [`volumes/${name}.tar.gz`, `volumes/${name}.later.tar.gz`] as const,
};
