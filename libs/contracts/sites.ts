import { z } from 'zod';
import { instant } from './queries.js';

/** Query of `GET /api/sites`. */
export const sitesQuery = z.object({ state: z.enum(['active', 'archived', 'all']).default('active') });

/** One row of `GET /api/sites`, which answers `{ sites: [...] }` ordered by name. */
export const siteSummary = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  /** IANA name; days are cut in it. */
  timeZone: z.string(),
  /** An archived site is left out of lists; its data stays, and more is taken. */
  archivedAt: instant.nullable(),
  deviceCount: z.number().int(),
  channelCount: z.number().int(),
  /** Newest measurement, null while there is none. */
  lastTime: instant.nullable(),
  /** Sum of the newest values of the channels that count (docs/explanation/energy.md), W; null without any. */
  lastPowerW: z.number().nullable(),
  /** Devices that have not delivered for twice as long as they usually take. */
  overdueDevices: z.number().int(),
});

/** How a device delivers its files (docs/explanation/overdue.md). */
export const deviceDelivery = z.object({
  /** Newest delivery. */
  lastAt: instant,
  /** How often it usually delivers; null while there are too few deliveries. */
  everySeconds: z.number().int().nullable(),
  /** Null while it is not overdue. */
  overdueSince: instant.nullable(),
});

export const channelDetail = z.object({
  id: z.uuid(),
  label: z.string(),
  /** What is displayed. */
  name: z.string(),
  /** What the newest meter file calls it; empty where none did. */
  meterName: z.string(),
  unit: z.string(),
  quantity: z.string(),
  /** Null while there are fewer than two samples. */
  samplePeriodSeconds: z.number().nullable(),
  /** Where the sample period comes from: set by hand, or the newest samples. */
  samplePeriodFrom: z.enum(['hand', 'data']),
  externalId: z.string().nullable(),
  lastTime: instant.nullable(),
  lastValue: z.number().nullable(),
});

export const deviceDetail = z.object({
  id: z.uuid(),
  serial: z.string(),
  /** What people call it; may be empty. */
  name: z.string(),
  externalId: z.string().nullable(),
  /** Serial of the master for a slave module, null for a master. */
  masterSerial: z.string().nullable(),
  /** False for one that was replaced or taken away: it is never overdue. */
  watched: z.boolean(),
  /** Null for a device that is not watched or has delivered no file itself, as slave modules do not. */
  delivery: deviceDelivery.nullable(),
  lastTime: instant.nullable(),
  lastPowerW: z.number().nullable(),
  channels: z.array(channelDetail),
});

/** `GET /api/sites/:id`. Masters come before their slaves. */
export const siteDetail = siteSummary.extend({
  address: z.string(),
  notes: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  externalId: z.string().nullable(),
  devices: z.array(deviceDetail),
});

export type SitesQuery = z.infer<typeof sitesQuery>;
export type SiteSummary = z.infer<typeof siteSummary>;
export type ChannelDetail = z.infer<typeof channelDetail>;
export type DeviceDelivery = z.infer<typeof deviceDelivery>;
export type DeviceDetail = z.infer<typeof deviceDetail>;
export type SiteDetail = z.infer<typeof siteDetail>;
