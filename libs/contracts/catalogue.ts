import { z } from 'zod';
import { timeZone } from './time-zone.js';
import { instant } from './queries.js';

// As long as Admin takes them.
const name = z.string().trim().min(1).max(300);
const externalId = z.string().trim().min(1).max(200).nullable();

/** A folder of the import, and part of addresses: neither starts with a dot nor holds a slash. */
const slug = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u,
    'must be 1 to 100 letters, digits, spaces, dots, dashes or underscores, beginning with a letter or digit',
  );
const unit = z.string().trim().max(30);
const samplePeriodSeconds = z
  .number()
  .int()
  .min(1)
  .max(31 * 86_400)
  .nullable();

const siteFields = {
  slug,
  name,
  timeZone,
  address: z.string().trim().max(500),
  notes: z.string().trim().max(10_000),
  /** Degrees, WGS 84; both or neither. */
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  externalId,
};
const deviceFields = {
  serial: name,
  /** What people call it; empty for nothing but its serial number. */
  name: z.string().trim().max(300),
  /** A slave module belongs to a master of the same site; null makes it a master. */
  masterId: z.uuid().nullable(),
  externalId,
  /** False for one that was replaced or taken away: it is never overdue. */
  watched: z.boolean(),
};
const channelFields = {
  label: name,
  unit,
  quantity: z.string().trim().min(1).max(50),
  /** Null for what the meter file calls it. Any other name stays when a meter file brings another one. */
  name: name.nullable(),
  /** Null for what the newest samples say. */
  samplePeriodSeconds,
  externalId,
};

/** Body of `POST /api/sites`, which answers `{ id }`. */
export const newSite = z
  .strictObject({ ...optional(siteFields), slug, name, timeZone })
  .refine(hasBothOrNoCoordinates, { path: ['longitude'], message: 'latitude and longitude go together' });

/** Body of `PATCH /api/sites/:id`: what is left out stays. */
export const siteChange = z
  .strictObject(optional(siteFields))
  .refine(changesSomething, 'must change something')
  .refine(hasBothOrNoCoordinates, { path: ['longitude'], message: 'latitude and longitude go together' });

/** Body of `POST /api/sites/:id/devices`, which answers `{ id }`. */
export const newDevice = z.strictObject({ ...optional(deviceFields), serial: name });

/** Body of `PATCH /api/devices/:id`. */
export const deviceChange = z
  .strictObject(optional(deviceFields))
  .refine(changesSomething, 'must change something');

/** Body of `POST /api/devices/:id/channels`, which answers `{ id }`. The quantity follows from the unit unless given. */
export const newChannel = z.strictObject({ ...optional(channelFields), label: name, unit });

/** Body of `PATCH /api/channels/:id`. */
export const channelChange = z
  .strictObject(optional(channelFields))
  .refine(changesSomething, 'must change something');

/** Query of `DELETE /api/sites/:id`: the slug once more, typed by hand. */
export const siteDeletionQuery = z.strictObject({ confirm: z.string().max(200).optional() });

/** `GET /api/{sites,devices,channels}/:id/deletion`: what a deletion takes along, the thing itself not counted. */
export const deletionSize = z.object({
  devices: z.number().int(),
  channels: z.number().int(),
  measurements: z.number().int(),
});

/** Query of `GET /api/sites/search`. */
export const catalogueSearch = z.object({ q: z.string().trim().min(1).max(200) });

/** One of `GET /api/sites/search`, which answers `{ matches: [...] }`: sites first, then devices, then channels. */
export const catalogueMatch = z.object({
  kind: z.enum(['site', 'device', 'channel']),
  id: z.uuid(),
  /** What it is called: the site's name, the device's serial number, the channel's label. */
  title: z.string(),
  /** What it is called beside that; may be empty. */
  name: z.string(),
  siteId: z.uuid(),
  siteName: z.string(),
  timeZone: z.string(),
  archivedAt: instant.nullable(),
  /** Null of a site. */
  serial: z.string().nullable(),
  /** Of a channel. */
  unit: z.string().nullable(),
  lastTime: instant.nullable(),
  lastValue: z.number().nullable(),
});

/** `GET` and `PUT /api/settings/import-policy`. */
export const importPolicy = z.strictObject({
  /** What becomes of a meter file with devices that the portal does not know. */
  unknownDevices: z.enum(['create', 'reject']),
});

function optional<T extends Record<string, z.ZodType>>(fields: T) {
  return z.strictObject(fields).partial().shape;
}

function changesSomething(change: Record<string, unknown>): boolean {
  return Object.values(change).some((value) => value !== undefined);
}

function hasBothOrNoCoordinates(site: { latitude?: unknown; longitude?: unknown }): boolean {
  return kindOf(site.latitude) === kindOf(site.longitude);
}

function kindOf(value: unknown): string {
  return value === null ? 'none' : typeof value;
}

export type NewSite = z.infer<typeof newSite>;
export type SiteChange = z.infer<typeof siteChange>;
export type NewDevice = z.infer<typeof newDevice>;
export type DeviceChange = z.infer<typeof deviceChange>;
export type NewChannel = z.infer<typeof newChannel>;
export type ChannelChange = z.infer<typeof channelChange>;
export type DeletionSize = z.infer<typeof deletionSize>;
export type CatalogueMatch = z.infer<typeof catalogueMatch>;
export type ImportPolicy = z.infer<typeof importPolicy>;
