import { z } from 'zod';
import { tariffDocument } from './tariffs.js';

const name = z.string().trim().min(1).max(200);
const day = z.iso.date();

/** Body of `POST /api/municipalities` and `PATCH /api/municipalities/:id`. */
export const municipalityBody = z.strictObject({ name });

/** Body of `POST /api/municipalities/:id/tariffs` and `PATCH /api/tariffs/:id`. */
export const tariffBody = z.strictObject({ name });

/** Body of `POST /api/tariffs/:id/versions` and `PUT /api/tariffs/:id/versions/:versionId`. */
export const tariffVersionBody = z.strictObject({
  /** Days on which it is valid, both included; null has no end. No two versions share a day. */
  firstDay: day,
  lastDay: day.nullable(),
  document: tariffDocument,
  /** Ends the version before that has no end, the day before this one begins. */
  endPrevious: z.boolean().default(false),
});

export const tariffVersionSummary = z.object({
  id: z.uuid(),
  firstDay: day,
  lastDay: day.nullable(),
  currency: z.string(),
});

export const tariffSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Oldest first. */
  versions: z.array(tariffVersionSummary),
  /** How many sites are billed by it. */
  siteCount: z.number().int(),
});

/** A municipality or supplier; `GET /api/municipalities` answers `{ municipalities: [...] }`, all by name. */
export const municipality = z.object({ id: z.uuid(), name: z.string(), tariffs: z.array(tariffSummary) });

export const tariffVersion = tariffVersionSummary
  .omit({ currency: true })
  .extend({ document: tariffDocument });

/** `GET /api/tariffs/:id` */
export const tariffDetail = z.object({
  id: z.uuid(),
  name: z.string(),
  municipality: z.object({ id: z.uuid(), name: z.string() }),
  versions: z.array(tariffVersion),
  /** Days between versions that have none, `to` exclusive. */
  gaps: z.array(z.object({ from: day, to: day })),
  siteCount: z.number().int(),
});

/** One of `GET /api/tariffs/examples`, which answers `{ examples: [...] }`: a tariff to begin with. */
export const tariffExample = z.object({
  id: z.string(),
  municipality: z.string(),
  name: z.string(),
  timeZone: z.string(),
  firstDay: day,
  lastDay: day.nullable(),
  document: tariffDocument,
});

/** Ampere or kVA that are subscribed, as text: `40`. */
export const subscription = z
  .string()
  .trim()
  .regex(/^\d{1,7}(\.\d{1,3})?$/, 'must be a number such as 40 or 7.5')
  .nullable();

/** Body of `PUT /api/sites/:id/tariff`. */
export const siteTariffBody = z.strictObject({
  tariffId: z.uuid().nullable(),
  /** What the site has subscribed, for tariffs that charge by it. */
  subscribedA: subscription.default(null),
  subscribedKva: subscription.default(null),
});

/** `GET /api/sites/:id/tariff` */
export const siteTariff = z.object({
  tariff: z.object({ id: z.uuid(), name: z.string(), municipality: z.string() }).nullable(),
  subscribedA: z.string().nullable(),
  subscribedKva: z.string().nullable(),
});

export type MunicipalityBody = z.infer<typeof municipalityBody>;
export type TariffBody = z.infer<typeof tariffBody>;
export type TariffVersionBody = z.infer<typeof tariffVersionBody>;
export type TariffVersionSummary = z.infer<typeof tariffVersionSummary>;
export type TariffSummary = z.infer<typeof tariffSummary>;
export type Municipality = z.infer<typeof municipality>;
export type StoredTariffVersion = z.infer<typeof tariffVersion>;
export type TariffDetail = z.infer<typeof tariffDetail>;
export type StoredTariffExample = z.infer<typeof tariffExample>;
export type SiteTariffBody = z.infer<typeof siteTariffBody>;
export type SiteTariff = z.infer<typeof siteTariff>;
