import { z } from 'zod';
import { instant } from './queries.js';

/** What somebody can do in a portal that is recorded. */
export const portalAuditAction = z.enum([
  'session.signed-in',
  'session.signed-out',
  'session.revoked',
  'account.added',
  'account.edited',
  'account.disabled',
  'account.enabled',
  'account.removed',
  'account.password-set',
  'account.password-changed',
  'branding.changed',
  'branding.reset',
  'site.created',
  'site.edited',
  'site.archived',
  'site.restored',
  'site.deleted',
  'device.created',
  'device.edited',
  'device.deleted',
  'channel.created',
  'channel.edited',
  'channel.deleted',
  'api-token.added',
  'api-token.revoked',
  'import.started',
  'import.uploaded',
  'import.retried',
  'import-mapping.saved',
  'import-mapping.removed',
  'municipality.saved',
  'municipality.removed',
  'tariff.saved',
  'tariff.removed',
  'settings.changed',
  'alert-destination.added',
  'alert-destination.edited',
  'alert-destination.removed',
  'alert-destination.tested',
]);

/** Query of `GET /api/audit` in a portal. */
export const portalAuditQuery = z.strictObject({
  account: z.string().max(254).optional(),
  action: portalAuditAction.optional(),
  /** Part of the subject, in any case. */
  subject: z.string().max(200).optional(),
  /** Only events with a smaller id: `nextBefore` of the page before. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** Query of `GET /api/audit/export.csv`. */
export const portalAuditFilter = portalAuditQuery.omit({ before: true, limit: true });

/** One of `GET /api/audit`, newest first. */
export const portalAuditEvent = z.object({
  id: z.number().int(),
  at: instant,
  /** E-mail of who did it; it stays when the account is removed. */
  account: z.string(),
  action: portalAuditAction,
  /** What it was done to, as people call it: an e-mail, `site north`, `device north/02001084`. */
  subject: z.string().nullable(),
  /** One line for people. Never a secret. */
  summary: z.string(),
  requestId: z.string().nullable(),
});

export const portalAuditPage = z.object({
  events: z.array(portalAuditEvent),
  nextBefore: z.number().int().nullable(),
});

export type PortalAuditAction = z.infer<typeof portalAuditAction>;
export type PortalAuditQuery = z.infer<typeof portalAuditQuery>;
export type PortalAuditFilter = z.infer<typeof portalAuditFilter>;
export type PortalAuditEvent = z.infer<typeof portalAuditEvent>;
export type PortalAuditPage = z.infer<typeof portalAuditPage>;
