import { z } from 'zod';

/** As in tenant.yaml: `ABC0001`. */
export const customerCode = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9-]{1,30}$/,
    'must be 2 to 31 capital letters, digits or dashes and begin with a letter',
  );

/** Body of `POST /api/customers`. */
export const registerCustomerBody = z.strictObject({
  code: customerCode,
  name: z.string().trim().min(1).max(200),
});

/** Derived from timestamps at the moment of the question, never stored. */
export const pushHealth = z.enum(['never-connected', 'healthy', 'late', 'rejecting', 'disabled']);

/** One row of `GET /api/customers`, which answers `{ customers: [...] }` ordered by code. */
export const customerSummary = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  health: pushHealth,
  /** When a request with a valid token last came in. */
  lastContactAt: z.iso.datetime().nullable(),
  /** When a batch was last taken. */
  lastAcceptedAt: z.iso.datetime().nullable(),
  /** Newest measurement time that Admin holds. */
  newestDataAt: z.iso.datetime().nullable(),
  siteCount: z.number().int(),
  deviceCount: z.number().int(),
  channelCount: z.number().int(),
  /** Measurements that Admin holds. */
  measurementCount: z.number().int(),
  /** Unsent entries at the portal, as of its last batch. */
  backlogBatches: z.number().int().nullable(),
  stackVersion: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

/** Answer of `POST /api/customers` and `POST /api/customers/:code/tokens`; the token is shown this once. */
export const customerWithToken = z.object({ customer: customerSummary, token: z.string() });

/** One row of `GET /api/customers/:code/events?limit=50`, newest first: `{ events: [...] }`. */
export const ingestEvent = z.object({
  receivedAt: z.iso.datetime(),
  outcome: z.enum(['accepted', 'replayed', 'refused']),
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

/** `GET /api/fleet/totals` */
export const fleetTotals = z.object({
  customers: z.number().int(),
  measurements: z.number().int(),
  batches: z.number().int(),
});

export type RegisterCustomerBody = z.infer<typeof registerCustomerBody>;
export type PushHealth = z.infer<typeof pushHealth>;
export type CustomerSummary = z.infer<typeof customerSummary>;
export type CustomerWithToken = z.infer<typeof customerWithToken>;
export type IngestEvent = z.infer<typeof ingestEvent>;
export type FleetTotals = z.infer<typeof fleetTotals>;
