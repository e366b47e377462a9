import { z } from 'zod';
import { instant } from './queries.js';

/**
 * What a portal watches. `overdue`: a device has delivered nothing for twice its habit; `source-failed`: what files come from
 * cannot be reached or read.
 */
export const portalAlertKind = z.enum(['overdue', 'source-failed']);

/** What an alert of a portal is about. */
export const portalAlertSubject = z.object({
  site: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }).nullable(),
  /** Of the site; its name may be empty. */
  device: z.object({ serial: z.string(), name: z.string() }).nullable(),
  /** Where files come from: `import folder`. */
  source: z.string().nullable(),
});

/** Query of `GET /api/alerts` in a portal. */
export const portalAlertsQuery = z.strictObject({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  /** Only alerts raised before this instant: `nextBefore` of the page before. */
  before: instant.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** One of `GET /api/alerts`, newest first. */
export const portalAlert = z.object({
  id: z.uuid(),
  kind: portalAlertKind,
  subject: portalAlertSubject,
  /** One line for people: `No file for 3 h, usually every 10 min`. */
  summary: z.string(),
  raisedAt: instant,
  resolvedAt: instant.nullable(),
});

export const portalAlertPage = z.object({
  alerts: z.array(portalAlert),
  nextBefore: instant.nullable(),
});

/** What a webhook is sent, as JSON. */
export const portalAlertNotice = portalAlertSubject.extend({
  event: z.enum(['raised', 'resolved', 'test']),
  alertId: z.uuid(),
  kind: portalAlertKind.nullable(),
  summary: z.string(),
  raisedAt: instant,
  resolvedAt: instant.nullable(),
  /** Page of the portal that shows more. */
  url: z.string(),
});

export type PortalAlertKind = z.infer<typeof portalAlertKind>;
export type PortalAlertSubject = z.infer<typeof portalAlertSubject>;
export type PortalAlertsQuery = z.infer<typeof portalAlertsQuery>;
export type PortalAlert = z.infer<typeof portalAlert>;
export type PortalAlertPage = z.infer<typeof portalAlertPage>;
export type PortalAlertNotice = z.infer<typeof portalAlertNotice>;
