import { z } from 'zod';
import { pushHealth } from './customers.js';
import { instant } from './queries.js';

/** `GET /api/fleet/totals` */
export const fleetTotals = z.object({
  customers: z.number().int(),
  measurements: z.number().int(),
  batches: z.number().int(),
});

/** `GET /api/fleet/overview`: the fleet page. Days are UTC days. */
export const fleetOverview = z.object({
  customers: z.number().int(),
  byHealth: z.record(pushHealth, z.number().int()),
  /** Measurements Admin has been sent per second, over the last five minutes. */
  rowsPerSecond: z.number(),
  /** The last 24 hours in buckets of five minutes; times in epoch milliseconds, buckets without a push left out. */
  ingest: z.object({
    bucketSeconds: z.number().int(),
    times: z.array(z.number()),
    rowsPerSecond: z.array(z.number()),
    rejectedPerSecond: z.array(z.number()),
  }),
  energy: z.object({
    /** When the sums were last brought up to date; null before the first time. */
    computedAt: instant.nullable(),
    /** The last 30 days, ascending; a day without data is left out. */
    days: z.array(
      z.object({
        day: z.iso.date(),
        /** kWh of all customers. */
        energyKwh: z.number(),
        /** Of the hours of all channels that count: how much has data, 0 to 1. */
        coverage: z.number(),
        customers: z.number().int(),
      }),
    ),
    /** Customers whose last complete day differs most from the mean of the seven before, largest first, at most 10. */
    biggestChanges: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        day: z.iso.date(),
        energyKwh: z.number(),
        usualKwh: z.number(),
        changePercent: z.number(),
      }),
    ),
  }),
});

export type FleetTotals = z.infer<typeof fleetTotals>;
export type FleetOverview = z.infer<typeof fleetOverview>;
