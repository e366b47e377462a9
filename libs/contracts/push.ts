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

/**
 * Measurements by column: row `i` is the value `value[i]` of channel `channels[channelIndex[i]]` at `time[i]`.
 * The columns are checked in one pass by `checkMeasurementColumns`, not row by row by zod: this is the hot path.
 */
export const measurementColumns = z.strictObject({
  channels: z.array(z.uuid()).max(maxBatchRows),
  channelIndex: z.array(z.unknown()).max(maxBatchRows),
  /** Epoch milliseconds, UTC. */
  time: z.array(z.unknown()).max(maxBatchRows),
  value: z.array(z.unknown()).max(maxBatchRows),
});

/** The body of `POST /api/ingest/batches`. Its bytes never change between retries; what changes goes into headers. */
export const pushBatch = z.strictObject({
  version: z.literal(1),
  /** Names the portal database the batch comes from; a restored or re-created one has another id. */
  streamId: z.uuid(),
  sites: z.array(pushedSite).max(maxBatchRows),
  devices: z.array(pushedDevice).max(maxBatchRows),
  channels: z.array(pushedChannel).max(maxBatchRows),
  measurements: measurementColumns,
});

/** Content type of a batch. It is its own so that Admin can check the token before it reads a byte. */
export const batchContentType = 'application/vnd.wattfleet.batch+json';

/** Headers that tell Admin about the sender, so that it can tell no contact, rejecting and stale data apart. */
export const pushHeaders = {
  idempotencyKey: 'idempotency-key',
  senderVersion: 'wattfleet-sender-version',
  backlogBatches: 'wattfleet-backlog-batches',
  oldestUnsentAt: 'wattfleet-oldest-unsent-at',
} as const;

export const rejectedRow = z.object({
  /** Index of the row in the batch's columns, 0-based. */
  row: z.number().int(),
  code: z.enum([
    'UNKNOWN_CHANNEL',
    'TIME_INVALID',
    'TIME_OUT_OF_RANGE',
    'VALUE_INVALID',
    'DUPLICATE_IN_BATCH',
  ]),
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

export type PushedSite = z.infer<typeof pushedSite>;
export type PushedDevice = z.infer<typeof pushedDevice>;
export type PushedChannel = z.infer<typeof pushedChannel>;
export type RejectedRow = z.infer<typeof rejectedRow>;
export type PushResult = z.infer<typeof pushResult>;
export type ReceivedBatch = z.infer<typeof pushBatch>;

/** A batch as the portal builds it. */
export type PushBatch = Omit<ReceivedBatch, 'measurements'> & {
  measurements: { channels: string[]; channelIndex: number[]; time: number[]; value: number[] };
};
