import { z } from 'zod';

/** `GET /api/fleet-push/status`: what the portal owes to Admin. */
export const fleetPushStatus = z.object({
  enabled: z.boolean(),
  unsentBatches: z.number().int(),
  unsentRows: z.number().int(),
  quarantinedBatches: z.number().int(),
  oldestUnsentAt: z.iso.datetime().nullable(),
  sentBatches: z.number().int(),
  sentRows: z.number().int(),
  lastSentAt: z.iso.datetime().nullable(),
  lastError: z.object({ at: z.iso.datetime(), code: z.string(), message: z.string() }).nullable(),
});

export type FleetPushStatus = z.infer<typeof fleetPushStatus>;
