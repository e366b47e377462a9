import { z } from 'zod';
import { instant } from './queries.js';
import { timeZone } from './time-zone.js';

/** Longest range of a summary, days. */
export const maxSummaryDays = 92;

/** Query of `GET /api/imports/summary`: the last 30 days unless it says otherwise. */
export const importSummaryQuery = z.strictObject({
  /** Inclusive. */
  from: instant.optional(),
  /** Exclusive; now by default. */
  to: instant.optional(),
  /** In which days are cut. */
  timeZone: timeZone.default('UTC'),
  /** Short name of a site; all without it. */
  site: z.string().max(300).optional(),
});

const counts = {
  /** Imported and refused. */
  files: z.number().int(),
  imported: z.number().int(),
  rejected: z.number().int(),
  rows: z.number().int(),
  points: z.number().int(),
  rejectedRows: z.number().int(),
  rejectedValues: z.number().int(),
};

/** `GET /api/imports/summary`: what a panel of imports shows. */
export const importSummary = z.object({
  from: instant,
  to: instant,
  totals: z.object(counts),
  /** Days with files, ascending. */
  days: z.array(z.object({ day: z.iso.date(), ...counts })),
  /** Devices with files in the range, and those that are watched: by site and serial number. */
  devices: z.array(
    z.object({
      /** Short name; null where files lay outside of any site. */
      site: z.string().nullable(),
      device: z.string().nullable(),
      ...counts,
      /** Newest file that was imported, also before the range. */
      newestFileAt: instant.nullable(),
      /** How often it usually delivers; null where that is not known. */
      everySeconds: z.number().int().nullable(),
      overdueSince: instant.nullable(),
    }),
  ),
});

export type ImportSummaryQuery = z.infer<typeof importSummaryQuery>;
export type ImportSummary = z.infer<typeof importSummary>;
