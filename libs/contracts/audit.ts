import { z } from 'zod';
import { instant } from './queries.js';

/** What an operator can do that is recorded. */
export const auditAction = z.enum([
  'session.signed-in',
  'session.signed-out',
  'session.revoked',
  'customer.registered',
  'customer.edited',
  'customer.disabled',
  'customer.enabled',
  'customer.deleted',
  'token.added',
  'token.rotated',
  'token.revoked',
  'alert-rule.edited',
  'alert-destination.added',
  'alert-destination.edited',
  'alert-destination.removed',
  'alert-destination.tested',
  'alert.acknowledged',
  'account.added',
  'account.edited',
  'account.removed',
  'account.password-reset',
]);

/** Query of `GET /api/audit`. */
export const auditQuery = z.strictObject({
  customer: z.string().max(100).optional(),
  account: z.string().max(254).optional(),
  action: auditAction.optional(),
  /** Only events with a smaller id: `nextBefore` of the page before. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** One of `GET /api/audit`, newest first. */
export const auditEvent = z.object({
  id: z.number().int(),
  at: instant,
  /** E-mail of who did it; it stays when the account is removed. */
  account: z.string(),
  action: auditAction,
  /** Code of the customer it was about, also after its deletion. */
  customer: z.string().nullable(),
  /** One line for people: `Rotated token "main", old ones end in 24 h`. Never a secret. */
  summary: z.string(),
  requestId: z.string().nullable(),
});

export const auditPage = z.object({ events: z.array(auditEvent), nextBefore: z.number().int().nullable() });

export type AuditAction = z.infer<typeof auditAction>;
export type AuditQuery = z.infer<typeof auditQuery>;
export type AuditEvent = z.infer<typeof auditEvent>;
export type AuditPage = z.infer<typeof auditPage>;
