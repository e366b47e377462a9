import { z } from 'zod';
import { csv, instant, paging } from './queries.js';

/** As in tenant.yaml: `ABC0001`. */
export const customerCode = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9-]{1,30}$/,
    'must be 2 to 31 capital letters, digits or dashes and begin with a letter',
  );

const customerName = z.string().trim().min(1).max(200);
const tokenName = z.string().trim().min(1).max(100);

/** Body of `POST /api/customers`. */
export const registerCustomerBody = z.strictObject({ code: customerCode, name: customerName });

/** Body of `PATCH /api/customers/:code`. */
export const editCustomerBody = z.strictObject({ name: customerName });

/** Query of `DELETE /api/customers/:code`: the code once more, typed by hand. */
export const deleteCustomerQuery = z.strictObject({ confirm: z.string() });

/** Derived from timestamps at the moment of the question, never stored; what each means: docs/explanation/push.md. */
export const pushHealth = z.enum([
  'auth-failing',
  'rejecting',
  'offline',
  'late',
  'stale',
  'never-connected',
  'healthy',
  'disabled',
]);

export const customerSort = z.enum([
  'code',
  'name',
  'health',
  'lastContactAt',
  'lastAcceptedAt',
  'newestDataAt',
  'lagSeconds',
  'rowsPerHour',
  'rejectedPercent',
  'backlogBatches',
  'stackVersion',
  'tokenCreatedAt',
]);

/** Query of `GET /api/customers` and, without the paging, of `GET /api/customers/export.csv`. */
export const customersQuery = z.strictObject({
  /** Part of code or name, in any case. */
  q: z.string().trim().max(200).optional(),
  health: csv(pushHealth).optional(),
  sort: customerSort.default('code'),
  order: z.enum(['asc', 'desc']).default('asc'),
  ...paging(50, 200),
});

/** One row of `GET /api/customers`. */
export const customerSummary = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  health: pushHealth,
  /** When a request with a valid token last came in. */
  lastContactAt: instant.nullable(),
  /** When a batch was last taken. */
  lastAcceptedAt: instant.nullable(),
  /** Newest measurement time that Admin holds. */
  newestDataAt: instant.nullable(),
  /** How far the newest measurement is behind now, seconds; 0 when it is ahead. */
  lagSeconds: z.number().nullable(),
  /** Measurements taken in the last hour. */
  rowsPerHour: z.number().int(),
  /** Of the measurements received in the last hour; null when there were none. */
  rejectedPercent: z.number().nullable(),
  /** Unsent entries at the portal, and when the oldest was written, as of its last contact. */
  backlogBatches: z.number().int().nullable(),
  oldestUnsentAt: instant.nullable(),
  stackVersion: z.string().nullable(),
  /** When the newest token that is valid was created; null when none is. */
  tokenCreatedAt: instant.nullable(),
  createdAt: instant,
});

/** Answer of `GET /api/customers`. */
export const customerPage = z.object({
  customers: z.array(customerSummary),
  /** Matches of the query on all pages. */
  total: z.number().int(),
  /** Of all customers, whatever the query. */
  byHealth: z.record(pushHealth, z.number().int()),
});

/** `GET /api/customers/:code`. */
export const customerDetail = customerSummary.extend({
  siteCount: z.number().int(),
  deviceCount: z.number().int(),
  channelCount: z.number().int(),
  /** Measurements that Admin holds. */
  measurementCount: z.number().int(),
  lastRejectedAt: instant.nullable(),
  lastAuthFailedAt: instant.nullable(),
  disabledAt: instant.nullable(),
});

/** `GET /api/customers/:code/size`: what a deletion takes with it. */
export const customerSize = z.object({
  sites: z.number().int(),
  devices: z.number().int(),
  channels: z.number().int(),
  measurements: z.number().int(),
  events: z.number().int(),
});

/** One of `GET /api/customers/:code/tokens`, which answers `{ tokens: [...] }`, newest first. */
export const customerToken = z.object({
  id: z.uuid(),
  name: z.string(),
  /** First characters, enough to recognise it and useless without the others. */
  prefix: z.string(),
  status: z.enum(['valid', 'expiring', 'expired', 'revoked']),
  createdAt: instant,
  createdBy: z.string().nullable(),
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

/** Body of `POST /api/customers/:code/tokens`. */
export const addTokenBody = z.strictObject({ name: tokenName });

/** Body of `POST /api/customers/:code/tokens/rotate`: a new token; those before it end after the overlap. */
export const rotateTokenBody = z.strictObject({
  name: tokenName.optional(),
  /** 0 revokes the others now. */
  overlapHours: z
    .number()
    .int()
    .min(0)
    .max(24 * 30)
    .default(24),
});

/** Answer of `POST /api/customers` and of the two calls that make a token: it is shown this once. */
export const customerWithToken = z.object({ customer: customerDetail, token: z.string() });

export const ingestOutcome = z.enum(['accepted', 'replayed', 'refused']);

/** Query of `GET /api/customers/:code/events`. */
export const ingestEventsQuery = z.strictObject({
  outcome: csv(ingestOutcome).optional(),
  /** `true`: only those with rejected rows or refused as a whole. */
  problems: z.enum(['true', 'false']).optional(),
  code: z.string().max(100).optional(),
  /** Only events before this instant: `nextBefore` of the page before. */
  before: instant.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** One of `GET /api/customers/:code/events`, newest first. */
export const ingestEvent = z.object({
  receivedAt: instant,
  outcome: ingestOutcome,
  /** What the batch brought; `unknown` when it was refused before its body was read. */
  type: z.enum(['measurements', 'catalogue', 'deletion', 'unknown']),
  /** How many requests it stands for: refusals that follow each other closely are counted together. */
  requests: z.number().int(),
  /** Code of the refusal, null when accepted. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  rowsReceived: z.number().int(),
  rowsAccepted: z.number().int(),
  rowsDuplicate: z.number().int(),
  rowsRejected: z.number().int(),
  bytes: z.number().int(),
  durationMs: z.number(),
  senderVersion: z.string().nullable(),
});

export const ingestEventPage = z.object({ events: z.array(ingestEvent), nextBefore: instant.nullable() });

/** Query of `GET /api/customers/:code/activity`. */
export const activityQuery = z.strictObject({
  hours: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 90)
    .default(24),
});

/** Push rate and lag over time. A bucket without a push is left out. */
export const customerActivity = z.object({
  bucketSeconds: z.number().int(),
  /** Epoch milliseconds of the buckets' starts, ascending. */
  times: z.array(z.number()),
  rowsAccepted: z.array(z.number()),
  rowsRejected: z.array(z.number()),
  batches: z.array(z.number()),
  refusals: z.array(z.number()),
  /** Mean lag of the newest measurement at the pushes of the bucket, seconds. */
  lagSeconds: z.array(z.number().nullable()),
});

/** `GET /api/customers/:code/sites`: `{ sites: [...] }` ordered by name. */
export const customerSite = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  devices: z.array(
    z.object({
      id: z.uuid(),
      serial: z.string(),
      masterId: z.uuid().nullable(),
      channels: z.array(
        z.object({
          id: z.uuid(),
          label: z.string(),
          name: z.string(),
          unit: z.string(),
          quantity: z.string(),
        }),
      ),
    }),
  ),
});

export type RegisterCustomerBody = z.infer<typeof registerCustomerBody>;
export type EditCustomerBody = z.infer<typeof editCustomerBody>;
export type PushHealth = z.infer<typeof pushHealth>;
export type CustomerSort = z.infer<typeof customerSort>;
export type CustomersQuery = z.infer<typeof customersQuery>;
export type CustomerSummary = z.infer<typeof customerSummary>;
export type CustomerPage = z.infer<typeof customerPage>;
export type CustomerDetail = z.infer<typeof customerDetail>;
export type CustomerSize = z.infer<typeof customerSize>;
export type CustomerToken = z.infer<typeof customerToken>;
export type AddTokenBody = z.infer<typeof addTokenBody>;
export type RotateTokenBody = z.infer<typeof rotateTokenBody>;
export type CustomerWithToken = z.infer<typeof customerWithToken>;
export type IngestEventsQuery = z.infer<typeof ingestEventsQuery>;
export type IngestEvent = z.infer<typeof ingestEvent>;
export type IngestEventPage = z.infer<typeof ingestEventPage>;
export type CustomerActivity = z.infer<typeof customerActivity>;
export type CustomerSite = z.infer<typeof customerSite>;
