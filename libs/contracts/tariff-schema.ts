import { z } from 'zod';

/** Money and prices travel as text: a double cannot hold 0.1. */
const decimal = z
  .string()
  .trim()
  .regex(/^-?\d{1,12}(\.\d{1,10})?$/, 'must be a decimal number such as 1.4178');
const amount = decimal.refine((text) => !text.startsWith('-'), 'must not be negative');
const positive = amount.refine((text) => Number(text) > 0, 'must be more than 0');

const key = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be small letters, digits and dashes, beginning with a letter');
const name = z.string().trim().min(1).max(200);

/** `06-30`. February 29 belongs to the season of February 28, unless a season names it. */
const monthDay = z
  .string()
  .regex(/^\d\d-\d\d$/, 'must be a day such as 06-30')
  .refine((text) => z.iso.date().safeParse(`2024-${text}`).success, 'must be a day of the year');

/** `06:30`; `24:00` ends a day. */
const clockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 06:30');

export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

const season = z.strictObject({ id: key, name, firstDay: monthDay, lastDay: monthDay });

/** `holiday` stands for the public holidays of the calendar, which then are no weekday. */
const dayType = z.strictObject({
  id: key,
  name,
  days: z.array(z.enum([...weekday.options, 'holiday'])).max(8),
});

const common = {
  id: key,
  name,
  /** Charged on the days of these seasons only; null for the whole year. */
  seasons: z.array(key).min(1).max(12).nullable().default(null),
};

const span = z.strictObject({ from: clockTime, to: clockTime, period: key });

const timeOfUse = z.strictObject({
  ...common,
  kind: z.literal('time-of-use'),
  periods: z
    .array(z.strictObject({ id: key, name }))
    .min(1)
    .max(12),
  /** Each season and day type once; spans do not pass midnight and leave no minute out. */
  grid: z
    .array(z.strictObject({ season: key, dayType: key, spans: z.array(span).max(200) }))
    .min(1)
    .max(96),
  prices: z.array(z.strictObject({ season: key, period: key, perKwh: decimal })).max(144),
});

const blocks = z.strictObject({
  ...common,
  kind: z.literal('blocks'),
  /** By the energy of a calendar month; the last block has no end. */
  blocks: z
    .array(z.strictObject({ upToKwh: positive.nullable(), perKwh: decimal }))
    .min(1)
    .max(20),
});

const fixed = z.strictObject({
  ...common,
  kind: z.literal('fixed'),
  per: z.enum(['day', 'month']),
  amount: decimal,
});

const capacity = z.strictObject({
  ...common,
  kind: z.literal('capacity'),
  per: z.enum(['day', 'month']),
  unit: z.enum(['A', 'kVA']),
  perUnit: decimal,
  /** Null: as the site has subscribed. */
  quantity: amount.nullable(),
});

const demand = z.strictObject({
  ...common,
  kind: z.literal('demand'),
  unit: z.enum(['kW', 'kVA']),
  intervalMinutes: z.union([z.literal(15), z.literal(30)]),
  perUnit: decimal,
  /** At least this share of the highest demand of the months before is billed. */
  ratchet: z
    .strictObject({
      months: z.number().int().min(1).max(12),
      share: positive.refine((text) => Number(text) <= 1, 'must be at most 1'),
    })
    .nullable()
    .default(null),
});

/** A price on every kWh, whenever it is used; a rebate is negative. */
const levy = z.strictObject({ ...common, kind: z.literal('levy'), perKwh: decimal });

export const tariffComponent = z.discriminatedUnion('kind', [
  timeOfUse,
  blocks,
  fixed,
  capacity,
  demand,
  levy,
]);

const tax = z.strictObject({
  id: key,
  name,
  percent: decimal,
  /** Ids of the components it is taken of; null for all. */
  on: z.array(key).min(1).max(40).nullable().default(null),
});

/** The fields of a tariff document, right one by one; `tariffDocument` checks what they say together. */
export const tariffFields = z.strictObject({
  /** ISO 4217; it also says how many decimals are rounded to. */
  currency: z.string().refine((code) => /^[A-Z]{3}$/.test(code), 'must be a currency such as EUR'),
  rounding: z.strictObject({
    when: z.enum(['line', 'end']),
    mode: z.enum(['half-up', 'half-even', 'down']),
  }),
  /** Whose public holidays the day types mean. */
  holidays: z
    .strictObject({
      country: z.string().regex(/^[A-Z]{2}$/, 'must be a country such as ZA'),
      region: z
        .string()
        .regex(/^[A-Z0-9]{1,6}$/, 'must be a code such as MQ')
        .nullable()
        .default(null),
    })
    .nullable()
    .default(null),
  seasons: z.array(season).min(1).max(12),
  dayTypes: z.array(dayType).min(1).max(8),
  components: z.array(tariffComponent).min(1).max(40),
  taxes: z.array(tax).max(10).default([]),
});

export type Weekday = z.infer<typeof weekday>;
export type TariffDocument = z.infer<typeof tariffFields>;
/** As it is written: what has a default may be left out. */
export type TariffDocumentInput = z.input<typeof tariffFields>;
export type TariffComponent = z.infer<typeof tariffComponent>;
export type TimeOfUseComponent = z.infer<typeof timeOfUse>;
export type BlocksComponent = z.infer<typeof blocks>;
export type FixedComponent = z.infer<typeof fixed>;
export type CapacityComponent = z.infer<typeof capacity>;
export type DemandComponent = z.infer<typeof demand>;
export type LevyComponent = z.infer<typeof levy>;
export type TariffTax = z.infer<typeof tax>;
export type TariffSeason = z.infer<typeof season>;
export type TariffDayType = z.infer<typeof dayType>;
export type TariffSpan = z.infer<typeof span>;
