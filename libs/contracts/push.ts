import { z } from 'zod';

/** Most measurement rows in one batch (DESIGN §6). */
export const maxBatchRows = 5_000;

/** Largest inflated body of a batch that Admin reads, bytes. */
export const maxBatchBytes = 16 * 1024 * 1024;

// As long as a meter file and a folder can make them: what the portal stores, Admin must be able to take.
const name = z.string().min(1).max(300);

export const pushedSite = z.strictObject({ id: z.uuid(), slug: name, name, timeZone: name });
export const pushedDevice = z.strictObject({
  id: z.uuid(),
  siteId: z.uuid(),
  serial: name,
  masterId: z.uuid().nullable(),
});
export const pushedChannel = z.strictObject({
  id: z.uuid(),
  deviceId: z.uuid(),
  label: name,
  name: z.string().max(300),
  unit: z.string().max(300),
  quantity: z.string().max(50),
});

const ids = z.array(z.uuid()).max(maxBatchRows);

/** Its elements are looked at once, by the check of the rows: a second look at each would be the dearest step of all. */
const column = z.custom<unknown[]>(
  (value) => Array.isArray(value) && value.length <= maxBatchRows,
  `must be a list of at most ${maxBatchRows} elements`,
);

/**
 * Measurements by column: row `i` is the value `value[i]` of channel `channels[channelIndex[i]]` at `time[i]`.
 * Admin checks the rows in one pass over the columns and names the bad ones; this is the hot path.
 */
export const measurementColumns = z.strictObject({
  channels: ids,
  channelIndex: column,
  /** Epoch milliseconds, UTC. */
  time: column,
  value: column,
});

/** The body of `POST /api/ingest/batches`. Its bytes never change between retries; what changes goes into headers. */
export const pushBatch = z.strictObject({
  version: z.literal(1),
  /** Names the portal database the batch comes from; a re-created one has another id, a restored one the same. */
  streamId: z.uuid(),
  /** Created or changed. Applied first, in the order sites, devices, channels. */
  sites: z.array(pushedSite).max(maxBatchRows),
  devices: z.array(pushedDevice).max(maxBatchRows),
  channels: z.array(pushedChannel).max(maxBatchRows),
  /** Removed with everything below them. Applied last. */
  deleted: z.strictObject({ sites: ids, devices: ids, channels: ids }),
  measurements: measurementColumns,
});

/** Content type of a batch. It is its own so that Admin can check the token before it reads a byte. */
export const batchContentType = 'application/vnd.wattfleet.batch+json';

/**
 * Headers of `POST /api/ingest/batches` and `POST /api/ingest/contact`.
 * They tell Admin about the sender, so that it can tell no contact, rejecting and stale data apart.
 */
export const pushHeaders = {
  idempotencyKey: 'idempotency-key',
  senderVersion: 'wattfleet-sender-version',
  backlogBatches: 'wattfleet-backlog-batches',
  oldestUnsentAt: 'wattfleet-oldest-unsent-at',
  streamId: 'wattfleet-stream-id',
  /**
   * Number of batches of the stream that Admin has committed: as the sender remembers it in a request, as it is in
   * an answer. Where Admin has fewer than the sender was told, Admin was restored and answers 412.
   */
  streamPosition: 'wattfleet-stream-position',
  /** `true` in an answer that is the stored one of an earlier request. */
  replayed: 'wattfleet-replayed',
} as const;

export const rowErrorCode = z.enum([
  'UNKNOWN_CHANNEL',
  'TIME_INVALID',
  'TIME_OUT_OF_RANGE',
  'VALUE_INVALID',
  'DUPLICATE_IN_BATCH',
]);

export const rejectedRow = z.object({
  /** Index of the row in the batch's columns, 0-based. */
  row: z.number().int(),
  code: rowErrorCode,
  message: z.string(),
});

/** Answer to a batch; accepted + duplicates + rejected = received, always. */
export const pushResult = z.object({
  received: z.number().int(),
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.number().int(),
  errors: z.array(rejectedRow),
});

/** `GET /api/ingest/catalogue`: ids of what Admin holds of the customer, for a portal that compares. */
export const ingestCatalogue = z.object({ sites: ids, devices: ids, channels: z.array(z.uuid()) });

/** Longest window of one comparison, days. */
export const maxDigestDays = 31;

/** `GET /api/ingest/digests?from=…&to=…`: instants on UTC midnights, `to` exclusive, at most `maxDigestDays` apart. */
export const digestQuery = z
  .strictObject({ from: z.iso.datetime(), to: z.iso.datetime() })
  .refine(({ from, to }) => {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    return Number.isInteger(days) && days > 0 && days <= maxDigestDays && Date.parse(from) % 86_400_000 === 0;
  }, `from and to must be UTC midnights, at most ${maxDigestDays} days apart`);

/** What one side holds of a channel on one UTC day. Equal digests mean equal rows; their order does not matter. */
export const channelDigest = z.object({
  channelId: z.uuid(),
  /** `2026-01-31`, UTC. */
  day: z.iso.date(),
  count: z.number().int(),
  /** A 64-bit integer in decimal digits: the exclusive or of one hash per row. */
  hash: z.string(),
});

export const ingestDigests = z.object({ digests: z.array(channelDigest) });

export type PushedSite = z.infer<typeof pushedSite>;
export type PushedDevice = z.infer<typeof pushedDevice>;
export type PushedChannel = z.infer<typeof pushedChannel>;
export type RowErrorCode = z.infer<typeof rowErrorCode>;
export type RejectedRow = z.infer<typeof rejectedRow>;
export type PushResult = z.infer<typeof pushResult>;
export type ReceivedBatch = z.infer<typeof pushBatch>;
export type IngestCatalogue = z.infer<typeof ingestCatalogue>;
export type DigestQuery = z.infer<typeof digestQuery>;
export type ChannelDigest = z.infer<typeof channelDigest>;
export type IngestDigests = z.infer<typeof ingestDigests>;

/** A batch as the portal builds it. */
export type PushBatch = Omit<ReceivedBatch, 'measurements'> & {
  measurements: { channels: string[]; channelIndex: number[]; time: number[]; value: number[] };
};
