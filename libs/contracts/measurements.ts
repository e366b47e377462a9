import { z } from 'zod';
import { instant } from './queries.js';

/** Most rows of one `POST /api/measurements`. */
export const maxSentRows = 10_000;

/** Largest body of it, inflated, bytes. */
export const maxSentBytes = 4 * 1024 * 1024;

/** Most channels of one `GET /api/measurements`. */
export const maxReadChannels = 50;

const externalId = z.string().min(1).max(300);
const instantWithOffset = z.iso.datetime({ offset: true });
/** What is no time is not compared with another one. */
const asDate = z.iso.datetime({ offset: true, abort: true }).transform((text) => new Date(text));

const reading = {
  /** ISO 8601 with `Z` or an offset, or whole epoch milliseconds. */
  time: z.union([instantWithOffset, z.number().int()]),
  value: z.number(),
};

/** One row as it should be. Rows are checked one by one, so that a bad one does not refuse the others. */
export const sentMeasurement = z.union([
  z.strictObject({ externalId, ...reading }),
  z.strictObject({ channelId: z.uuid(), ...reading }),
]);

/** Body of `POST /api/measurements`. */
export const sentMeasurements = z.strictObject({ rows: z.array(z.unknown()).max(maxSentRows) });

export const sentRowErrorCode = z.enum([
  'ROW_INVALID',
  'UNKNOWN_CHANNEL',
  'TIME_INVALID',
  'TIME_OUT_OF_RANGE',
  'VALUE_INVALID',
  'DUPLICATE_IN_REQUEST',
]);

export const sentRowError = z.object({
  /** Index of the row in `rows`, from 0. */
  row: z.number().int(),
  code: sentRowErrorCode,
  message: z.string(),
});

/** Answer of `POST /api/measurements`: accepted + duplicates + rejected is the number of rows that were sent. */
export const sentMeasurementsResult = z.object({
  /** New, or with another value than before. */
  accepted: z.number().int(),
  /** Stored with this value already, or repeated in the request with the same value. */
  duplicates: z.number().int(),
  rejected: z.number().int(),
  /** One for each rejected row, in their order. */
  errors: z.array(sentRowError),
});

/** `raw`: samples as they are stored; else what the samples of a quarter of an hour, hour, day or month come to. */
export const measurementBucket = z.enum(['raw', '15min', 'hour', 'day', 'month']);

/** Longest range of one `GET /api/measurements`, days. */
export const maxReadDays: Readonly<Record<MeasurementBucket, number>> = {
  raw: 400,
  '15min': 400,
  hour: 400,
  day: 7_320,
  month: 7_320,
};

/** A query parameter that may be there several times. */
function repeated<T>(value: z.ZodType<T>) {
  const list = z.array(value).max(maxReadChannels);
  return z.preprocess((given) => [given].flat(), list).default([]);
}

/** Query of `GET /api/measurements`. */
export const measurementsQuery = z
  .strictObject({
    channelId: repeated(z.uuid()).describe('Channels by id; repeat it for several'),
    externalId: repeated(externalId).describe('Channels by external id; repeat it for several'),
    from: asDate.describe('Inclusive; with buckets a full quarter of an hour'),
    to: asDate.describe('Exclusive; with buckets a full quarter of an hour'),
    bucket: measurementBucket.default('raw').describe('raw: samples as they are stored'),
    timeZone: z
      .string()
      .max(100)
      .refine(isTimeZone, 'must be an IANA time zone')
      .default('UTC')
      .describe('IANA name; hours, days and months are cut in it, and times are given in it'),
    format: z.enum(['json', 'csv']).optional().describe('Without it the header Accept decides'),
  })
  .superRefine((query, context) => {
    for (const [path, message] of problemsOf(query))
      context.addIssue({ code: 'custom', path: [path], message });
  });

type ReadQuery = {
  channelId: string[];
  externalId: string[];
  from: Date;
  to: Date;
  bucket: MeasurementBucket;
};

const quarterMs = 15 * 60_000;

function problemsOf({ channelId, externalId: externalIds, from, to, bucket }: ReadQuery): [string, string][] {
  const problems: [string, string][] = [];
  const channels = channelId.length + externalIds.length;
  if (channels === 0) problems.push(['channelId', 'name at least one channel by channelId or externalId']);
  if (channels > maxReadChannels) problems.push(['channelId', `name at most ${maxReadChannels} channels`]);
  if (from >= to) problems.push(['to', 'must be later than from']);
  if (to.getTime() - from.getTime() > maxReadDays[bucket] * 86_400_000) {
    problems.push(['to', `must be at most ${maxReadDays[bucket]} days after from with bucket=${bucket}`]);
  }
  if (bucket === 'raw') return problems;
  // Buckets are made of quarters of an hour, which the offset of every time zone is a multiple of.
  for (const [name, edge] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (edge.getTime() % quarterMs !== 0)
      problems.push([name, 'must be a full quarter of an hour with buckets']);
  }
  return problems;
}

/** Names only: what `+02:00` is to PostgreSQL lies on the other side of Greenwich. */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

/** A channel as programs know it. One of `GET /api/measurements/channels`, which answers `{ channels: [...] }`. */
export const measurementChannel = z.object({
  channelId: z.uuid(),
  /** The name that another system has for it; null where none was given. */
  externalId: z.string().nullable(),
  /** Slug of the site. */
  site: z.string(),
  siteTimeZone: z.string(),
  /** Serial number of the device. */
  device: z.string(),
  label: z.string(),
  name: z.string(),
  quantity: z.string(),
  unit: z.string(),
});

/** ISO 8601 in the time zone that was asked for. */
const localInstant = z.iso.datetime({ offset: true });

const sample = z.object({ channelId: z.uuid(), time: localInstant, value: z.number() });

const bucketOfSamples = z.object({
  channelId: z.uuid(),
  /** Start of the bucket. */
  time: localInstant,
  /** Samples in it, of which the others are made. */
  count: z.number().int(),
  mean: z.number(),
  min: z.number(),
  max: z.number(),
  /** Value of its first and of its last sample: of a register, the difference is what was counted in between. */
  first: z.number(),
  last: z.number(),
});

/** Answer of `GET /api/measurements`. A bucket without a sample is left out. */
export const measurementRows = z.object({
  from: instant,
  to: instant,
  bucket: measurementBucket,
  timeZone: z.string(),
  channels: z.array(measurementChannel),
  /** By channel in the order in which they stand above, then by time. */
  rows: z.array(z.union([sample, bucketOfSamples])),
});

export type SentRowError = z.infer<typeof sentRowError>;
export type SentMeasurements = z.infer<typeof sentMeasurements>;
export type SentMeasurementsResult = z.infer<typeof sentMeasurementsResult>;
export type MeasurementBucket = z.infer<typeof measurementBucket>;
export type MeasurementsQuery = z.infer<typeof measurementsQuery>;
export type MeasurementChannel = z.infer<typeof measurementChannel>;
export type MeasurementRows = z.infer<typeof measurementRows>;
