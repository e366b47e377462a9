import { z } from 'zod';
import { instant } from './queries.js';

/** A query parameter that may be given several times. */
const channels = z.preprocess(
  (given) => (given === undefined ? undefined : [given].flat()),
  z.array(z.uuid()).min(1).max(50).optional(),
);
const offsetInstant = z.iso.datetime({ offset: true });

/** Longest range of a chart: as many days as a line has points. */
export const maxChartDays = 2_000;

const range = {
  /** Inclusive. */
  from: offsetInstant,
  /** Exclusive. */
  to: offsetInstant,
  /** Those of the site that count (docs/explanation/energy.md) unless given. */
  channel: channels,
};

/** Query of `GET /api/sites/:id/energy`. */
export const siteEnergyQuery = z
  .object(range)
  .refine(isAscending, { path: ['to'], message: 'must be later than from' })
  .refine(isShortEnough, { path: ['to'], message: `must be at most ${maxChartDays} days after from` });

/** Query of `GET /api/sites/:id/series`. */
export const siteSeriesQuery = z
  .object({
    ...range,
    /** One line per channel in its own unit, or one of all power together. */
    by: z.enum(['total', 'channel']).default('total'),
    /** `previous`: the period before, too, as long and laid over this one by the site's wall clock. */
    compare: z.enum(['previous']).optional(),
  })
  .refine(isAscending, { path: ['to'], message: 'must be later than from' })
  .refine(isShortEnough, { path: ['to'], message: `must be at most ${maxChartDays} days after from` });

const line = z.object({
  /** Null of the total. */
  channelId: z.uuid().nullable(),
  unit: z.string(),
  /** Epoch milliseconds, ascending; at most about 2,000. A bucket without data is left out. */
  times: z.array(z.number()),
  /** Mean of the bucket, or the sample. */
  values: z.array(z.number()),
});

/** What the values stand for: stored samples, means of so many seconds, or means of days in the site's time zone. */
export const seriesResolution = z.enum(['samples', 'seconds', 'days']);

/** `GET /api/sites/:id/series`. */
export const siteSeries = z.object({
  timeZone: z.string(),
  from: instant,
  to: instant,
  resolution: seriesResolution,
  /** Null for samples; 86,400 for days, also for those of 23 and 25 hours. */
  bucketSeconds: z.number().nullable(),
  /** How many channels the total adds up; those that are drawn otherwise. */
  channelCount: z.number().int(),
  series: z.array(line),
  /** Null unless asked for. Its times are those of this period at which they are drawn. */
  previous: z.object({ from: instant, to: instant, series: z.array(line) }).nullable(),
});

const share = z.number().min(0).max(1);

/** `GET /api/sites/:id/energy`; how it is computed: docs/explanation/energy.md. */
export const siteEnergy = z.object({
  timeZone: z.string(),
  from: instant,
  to: instant,
  /** The channels that count. */
  channelIds: z.array(z.uuid()),
  /** Length of the slots that everything here was computed from, seconds. */
  slotSeconds: z.number().int(),
  /** Of the whole range; null without any data. */
  energyWh: z.number().nullable(),
  /** Covered time ÷ the range's time up to now, of all channels that count. */
  completeness: share,
  /** Days of the site's time zone, ascending; one without data is left out. The first and the last may be cut by the range. */
  days: z.array(z.object({ day: z.iso.date(), energyWh: z.number(), coverage: share })),
  /** Mean power by weekday (Monday first) and hour of the site's wall clock, W; null where there is no data. */
  profile: z.array(z.array(z.number().nullable())),
  /** 5th percentile of the slots in which at least nine tenths are covered, W. */
  baseLoadW: z.number().nullable(),
  /** The slot with the highest mean; its time is its begin. */
  peak: z.object({ powerW: z.number(), time: instant }).nullable(),
});

function isAscending({ from, to }: { from: string; to: string }): boolean {
  return Date.parse(from) < Date.parse(to);
}

function isShortEnough({ from, to }: { from: string; to: string }): boolean {
  return Date.parse(to) - Date.parse(from) <= maxChartDays * 86_400_000;
}

export type SiteEnergyQuery = z.infer<typeof siteEnergyQuery>;
export type SiteSeriesQuery = z.infer<typeof siteSeriesQuery>;
export type SiteSeries = z.infer<typeof siteSeries>;
export type SiteEnergy = z.infer<typeof siteEnergy>;
