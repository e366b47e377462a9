import { z } from 'zod';

const instant = z.iso.datetime();

/** One row of `GET /api/sites`, which answers `{ sites: [...] }` ordered by name. */
export const siteSummary = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  /** IANA name; days are cut in it. */
  timeZone: z.string(),
  deviceCount: z.number().int(),
  channelCount: z.number().int(),
  /** Newest measurement, null while there is none. */
  lastTime: instant.nullable(),
});

export const channelDetail = z.object({
  id: z.uuid(),
  label: z.string(),
  name: z.string(),
  unit: z.string(),
  quantity: z.string(),
  lastTime: instant.nullable(),
  lastValue: z.number().nullable(),
});

export const deviceDetail = z.object({
  id: z.uuid(),
  serial: z.string(),
  /** Serial of the master for a slave module, null for a master. */
  masterSerial: z.string().nullable(),
  channels: z.array(channelDetail),
});

/** `GET /api/sites/:id`. Masters come before their slaves. */
export const siteDetail = siteSummary.extend({ devices: z.array(deviceDetail) });

/** `GET /api/measurements/series?channel=ID&channel=ID&from=…&to=…` (1 to 50 channels; from inclusive, to exclusive). */
export const measurementSeries = z.object({
  from: instant,
  to: instant,
  series: z.array(
    z.object({
      channelId: z.uuid(),
      unit: z.string(),
      /** Length of one bucket in seconds; null where the values are the stored samples. */
      bucketSeconds: z.number().nullable(),
      /** Epoch milliseconds, ascending; at most about 2,000. A bucket without data is left out. */
      times: z.array(z.number()),
      /** Mean of the bucket, or the sample. */
      values: z.array(z.number()),
    }),
  ),
});

const newName = z.string().trim().min(1).max(300);

/** Body of `PATCH /api/sites/:id`. */
export const siteChange = z
  .strictObject({
    name: newName.optional(),
    timeZone: z.string().max(100).refine(isTimeZone, 'must be an IANA time zone').optional(),
  })
  .refine(({ name, timeZone }) => name !== undefined || timeZone !== undefined, 'must change something');

/** Body of `PATCH /api/channels/:id`. The name stays when a meter file brings another one. */
export const channelChange = z.strictObject({ name: newName });

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export type SiteChange = z.infer<typeof siteChange>;
export type ChannelChange = z.infer<typeof channelChange>;
export type SiteSummary = z.infer<typeof siteSummary>;
export type ChannelDetail = z.infer<typeof channelDetail>;
export type DeviceDetail = z.infer<typeof deviceDetail>;
export type SiteDetail = z.infer<typeof siteDetail>;
export type MeasurementSeries = z.infer<typeof measurementSeries>;
