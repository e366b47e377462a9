import { z } from 'zod';
import { instant } from './queries.js';

/**
 * What is watched, for every customer that is not disabled:
 * `lag`: the newest measurement is further behind than the threshold, minutes;
 * `rejection`: more than the threshold of the rows of the last hour were rejected, percent; or batches are refused;
 * `auth-failure`: requests with a token that is no longer valid;
 * `offline`: no contact for longer than the threshold, minutes.
 */
export const alertKind = z.enum(['lag', 'rejection', 'auth-failure', 'offline']);

/** One of `GET /api/alerts/rules`, which answers `{ rules: [...] }`, one per kind. */
export const alertRule = z.object({
  kind: alertKind,
  enabled: z.boolean(),
  /** Minutes or percent, by kind; null for `auth-failure`. */
  threshold: z.number().nullable(),
  /** The condition must hold this long before the alert is raised, and be gone this long before it is resolved. */
  holdMinutes: z.number().int(),
});

/** Body of `PUT /api/alerts/rules/:kind`. */
export const editAlertRuleBody = z.strictObject({
  enabled: z.boolean(),
  threshold: z.number().positive().max(1_000_000).nullable(),
  holdMinutes: z.number().int().min(0).max(1_440),
});

const webhookUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2_000);

/** Body of `POST /api/alerts/destinations` and `PUT /api/alerts/destinations/:id`. */
export const alertDestinationBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('webhook'), address: webhookUrl, enabled: z.boolean().default(true) }),
  z.strictObject({
    type: z.literal('email'),
    address: z.string().trim().toLowerCase().pipe(z.email().max(254)),
    enabled: z.boolean().default(true),
  }),
]);

/** One of `GET /api/alerts/destinations`: `{ destinations: [...], emailConfigured }`. */
export const alertDestination = z.object({
  id: z.uuid(),
  type: z.enum(['webhook', 'email']),
  address: z.string(),
  enabled: z.boolean(),
  lastSentAt: instant.nullable(),
  lastError: z.object({ at: instant, message: z.string() }).nullable(),
});

export const alertDestinations = z.object({
  destinations: z.array(alertDestination),
  /** False while no SMTP server is set in the configuration: notices by e-mail wait for one. */
  emailConfigured: z.boolean(),
});

/** Answer of `POST /api/alerts/destinations/:id/test`: a notice was sent and this became of it. */
export const alertDestinationTest = z.object({ sent: z.boolean(), message: z.string() });

/** Query of `GET /api/alerts`. */
export const alertsQuery = z.strictObject({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  customer: z.string().max(100).optional(),
  kind: alertKind.optional(),
  /** Only alerts raised before this instant: `nextBefore` of the page before. */
  before: instant.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** One of `GET /api/alerts`, newest first. */
export const alert = z.object({
  id: z.uuid(),
  kind: alertKind,
  customer: z.object({ code: z.string(), name: z.string() }),
  /** One line for people: `Newest measurement is 3 h 20 min behind (limit 2 h)`. */
  summary: z.string(),
  raisedAt: instant,
  resolvedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  notices: z.array(
    z.object({
      destination: z.string(),
      event: z.enum(['raised', 'resolved']),
      sentAt: instant.nullable(),
      attempts: z.number().int(),
      lastError: z.string().nullable(),
    }),
  ),
});

export const alertPage = z.object({
  alerts: z.array(alert),
  nextBefore: instant.nullable(),
  /** All that are open, whatever the query: for the badge in the navigation. */
  openCount: z.number().int(),
});

/** What a webhook is sent, as JSON. */
export const alertNotice = z.object({
  event: z.enum(['raised', 'resolved', 'test']),
  alertId: z.uuid(),
  kind: alertKind.nullable(),
  customer: z.object({ code: z.string(), name: z.string() }).nullable(),
  summary: z.string(),
  raisedAt: instant,
  resolvedAt: instant.nullable(),
  /** Page of the customer in Admin. */
  url: z.string(),
});

export type AlertKind = z.infer<typeof alertKind>;
export type AlertRule = z.infer<typeof alertRule>;
export type EditAlertRuleBody = z.infer<typeof editAlertRuleBody>;
export type AlertDestinationBody = z.infer<typeof alertDestinationBody>;
export type AlertDestination = z.infer<typeof alertDestination>;
export type AlertDestinations = z.infer<typeof alertDestinations>;
export type AlertDestinationTest = z.infer<typeof alertDestinationTest>;
export type AlertsQuery = z.infer<typeof alertsQuery>;
export type Alert = z.infer<typeof alert>;
export type AlertPage = z.infer<typeof alertPage>;
export type AlertNotice = z.infer<typeof alertNotice>;
