import { z } from 'zod';
import { subscription } from './tariff-catalogue.js';
import { tariffDocument } from './tariffs.js';
import { instant } from './queries.js';
import { timeZone } from './time-zone.js';

/** Longest period of one bill, days. */
export const maxBillDays = 366;

const day = z.iso.date();
/** Exact, as text: `1434.47`. */
const decimal = z.string();

/** One line: quantity × rate = amount. */
export const billLine = z.object({
  /** Days on the site's clock, `to` exclusive. */
  from: day,
  to: day,
  versionId: z.string(),
  /** Id of the component or tax in the tariff. */
  component: z.string(),
  name: z.string(),
  kind: z.enum(['time-of-use', 'blocks', 'fixed', 'capacity', 'demand', 'levy', 'tax']),
  /** Period, block or measured peak, in the words of the tariff. */
  detail: z.string().nullable(),
  quantity: decimal,
  /** `A·month`: ampere times months. `money`: what a tax is taken of, in the bill's currency. */
  unit: z.enum(['kWh', 'day', 'month', 'A·day', 'A·month', 'kVA·day', 'kVA·month', 'kW·month', 'money']),
  /** In the bill's currency per unit; of a tax a share: 0.15. */
  rate: decimal,
  amount: decimal,
  /** The quantity is measured, and not all of it was. */
  isIncomplete: z.boolean(),
  /** Where the demand of an earlier month is billed. */
  ratchet: z.object({ month: z.string(), peak: decimal }).nullable(),
});

/** What a bill leaves out, and why. */
export const billProblem = z.discriminatedUnion('code', [
  z.object({ code: z.literal('NO_TARIFF_VERSION'), from: day, to: day }),
  z.object({ code: z.literal('SUBSCRIPTION_UNKNOWN'), component: z.string(), month: z.string() }),
  z.object({ code: z.literal('DEMAND_NOT_MEASURED'), component: z.string(), month: z.string() }),
  /** It has measured nothing since, is taken as replaced or removed, and does not count as missing. */
  z.object({
    code: z.literal('CHANNEL_ENDED'),
    deviceSerial: z.string(),
    name: z.string(),
    lastTime: instant,
  }),
]);

export const computedBill = z.object({
  from: day,
  to: day,
  timeZone: z.string(),
  /** ISO 4217; null where no version of the tariff is valid. */
  currency: z.string().nullable(),
  lines: z.array(billLine),
  /** Before tax, and the tax: exact unless the tariff rounds each line. */
  net: decimal,
  tax: decimal,
  /** Rounded. */
  total: decimal,
  energyKwh: decimal,
  /** Share of the time that was measured, of all channels: 1 is all. */
  completeness: z.number(),
  /** Where at least one channel was not measured: the first 500, and how many there are. */
  missing: z.array(z.object({ from: instant, to: instant })),
  missingCount: z.number().int(),
  problems: z.array(billProblem),
});

/** A channel that a bill counts. */
export const billedChannel = z.object({
  id: z.uuid(),
  deviceSerial: z.string(),
  name: z.string(),
  unit: z.string(),
});

/** `GET /api/sites/:id/bill`; `.pdf` and `.xlsx` have the same content. */
export const bill = computedBill.extend({
  site: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  tariff: z.object({ id: z.uuid(), name: z.string(), municipality: z.string() }),
  versions: z.array(z.object({ id: z.uuid(), firstDay: day, lastDay: day.nullable() })),
  channels: z.array(billedChannel),
});

/** Nothing older is taken in. */
const askedDay = day.refine((text) => text.startsWith('20'), 'must be from 2000 to 2099');

const period = { from: askedDay, to: askedDay };
const days = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
// A text that is no date has a problem of its own, and no length.
const isForward = (query: { from: string; to: string }) => !(days(query) <= 0);
const isShort = (query: { from: string; to: string }) => !(days(query) > maxBillDays);
const forward = { path: ['to'], message: 'must be later than from' };
const short = { path: ['to'], message: `must be at most ${maxBillDays} days after from` };

/** Query of a bill: days on the site's clock, `to` exclusive; without a tariff, the one of the site. */
export const billQuery = z
  .strictObject({
    ...period,
    tariff: z.uuid().optional(),
    /** Of the words in `.pdf` and `.xlsx`. */
    language: z.enum(['en', 'fr']).default('en'),
  })
  .refine(isForward, forward)
  .refine(isShort, short);

/** Query of `GET /api/sites/:id/bill/compare`, which answers `{ bills: [...] }` in the order asked for. */
export const billComparisonQuery = z
  .strictObject({
    ...period,
    tariff: z.preprocess((given) => [given].flat(), z.array(z.uuid()).min(2).max(5)),
  })
  .refine(isForward, forward)
  .refine(isShort, short);

/** Query of `GET /api/sites/:id/cost`: days on the site's clock, `to` exclusive. */
export const siteCostQuery = z.strictObject(period).refine(isForward, forward).refine(isShort, short);

/** What one day costs: its part of the bill of its month, taxes included. */
export const dayCost = z.object({
  day,
  /** Null where nothing was measured. */
  energyKwh: decimal.nullable(),
  /** Of what is charged by energy; null where nothing was measured, or no version is valid. */
  energyAmount: decimal.nullable(),
  /** Its part of what is agreed, measured or not; null where no version is valid. */
  fixedAmount: decimal.nullable(),
  /** Share of the day up to now that was measured, of all channels: 1 is all. */
  completeness: z.number(),
});

/** Costs by day of a period. */
export const dailyCosts = z.object({
  currency: z.string().nullable(),
  /** Ascending; days that have not begun are left out. */
  days: z.array(dayCost),
  /** Charges by the peak of a month, which belong to no day and are in none: their names. */
  demand: z.array(z.string()),
  problems: z.array(billProblem),
});

/** `GET /api/sites/:id/cost`; how it is computed: docs/explanation/tariffs.md. */
export const siteCost = dailyCosts.extend({
  from: day,
  to: day,
  timeZone: z.string(),
  /** The site's; null, and no days, where it has none. */
  tariff: z.object({ id: z.uuid(), name: z.string(), municipality: z.string() }).nullable(),
  /** What energy was taken from: the samples, as bills do, or in long periods rollups, as charts do. */
  basis: z.enum(['samples', 'rollups']),
});

/** Body of `POST /api/tariffs/sample-day`: one day by a tariff that need not be saved. */
export const sampleDayBody = z.strictObject({
  document: tariffDocument,
  day: askedDay,
  timeZone,
  /** kWh of each hour of the clock; an hour that the day has twice counts twice. */
  hourlyKwh: z.array(z.number().min(-1e9).max(1e9)).length(24),
  subscribed: z.strictObject({ A: subscription.default(null), kVA: subscription.default(null) }).prefault({}),
});

export type BillLine = z.infer<typeof billLine>;
export type BillProblem = z.infer<typeof billProblem>;
export type ComputedBill = z.infer<typeof computedBill>;
export type BilledChannel = z.infer<typeof billedChannel>;
export type Bill = z.infer<typeof bill>;
export type BillQuery = z.infer<typeof billQuery>;
export type BillComparisonQuery = z.infer<typeof billComparisonQuery>;
export type SiteCostQuery = z.infer<typeof siteCostQuery>;
export type DayCost = z.infer<typeof dayCost>;
export type DailyCosts = z.infer<typeof dailyCosts>;
export type SiteCost = z.infer<typeof siteCost>;
export type SampleDayBody = z.infer<typeof sampleDayBody>;
