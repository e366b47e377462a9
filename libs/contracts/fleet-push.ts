import { z } from 'zod';

const instant = z.iso.datetime();

/** Why the portal compares all it has with Admin and sends what differs. */
export const reconcileReason = z.enum([
  'enabled',
  'admin-behind',
  'portal-behind',
  'unknown-channel',
  'requested',
]);

/** The comparison that runs, or the last one. */
export const reconcileProgress = z.object({
  reason: reconcileReason,
  startedAt: instant,
  /** Null while it runs. */
  finishedAt: instant.nullable(),
  /** Windows of time that are compared, newest first, and how many there are. */
  windowsDone: z.number().int(),
  windowsTotal: z.number().int(),
  /** Rows that were found to differ and are in the outbox or sent. */
  rowsQueued: z.number().int(),
});

/** `GET /api/fleet-push/status`: what the portal owes to Admin. */
export const fleetPushStatus = z.object({
  enabled: z.boolean(),
  /** Where it pushes to; null while it pushes nowhere. */
  url: z.url().nullable(),
  unsentBatches: z.number().int(),
  unsentRows: z.number().int(),
  quarantinedBatches: z.number().int(),
  quarantinedRows: z.number().int(),
  oldestUnsentAt: instant.nullable(),
  sentBatches: z.number().int(),
  sentRows: z.number().int(),
  lastSentAt: instant.nullable(),
  /** `held`: nothing is sent until somebody mends token or address; `backing-off`: Admin does not answer well. */
  state: z.enum(['disabled', 'idle', 'sending', 'backing-off', 'held']),
  /** Not before this is anything sent again; null when nothing waits. */
  retryAt: instant.nullable(),
  lastError: z.object({ at: instant, code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
  reconcile: reconcileProgress.nullable(),
});

/** One entry of `GET /api/fleet-push/quarantine`, which answers `{ entries: [...] }`, newest first, at most 200. */
export const quarantinedEntry = z.object({
  /** For `POST /api/fleet-push/quarantine/:id/release` and `DELETE /api/fleet-push/quarantine/:id`. */
  id: z.uuid(),
  quarantinedAt: instant,
  code: z.string(),
  message: z.string(),
  rows: z.number().int(),
  /** The first of its rows, so that somebody can see what is wrong with them. */
  sample: z.array(
    z.object({
      channelId: z.string(),
      /** `Site / device / label (unit)`; null when the portal has no such channel any more. */
      channel: z.string().nullable(),
      time: instant.nullable(),
      value: z.number().nullable(),
      code: z.string(),
      message: z.string(),
    }),
  ),
});

export type ReconcileReason = z.infer<typeof reconcileReason>;
export type ReconcileProgress = z.infer<typeof reconcileProgress>;
export type FleetPushStatus = z.infer<typeof fleetPushStatus>;
export type QuarantinedEntry = z.infer<typeof quarantinedEntry>;
