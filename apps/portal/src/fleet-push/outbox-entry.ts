export type EntryKind = 'catalogue' | 'measurements' | 'deletion';

/** Width of an entry that was never halved; a halving gives each part half of it, so 30 times at most. */
export const wholeWidth = 2 ** 30;

/** Place of an entry in the queue. */
export interface EntryKey {
  /** A 64-bit integer in decimal digits. */
  id: string;
  part: number;
}

/** An entry of the outbox without its payload. */
export interface QueuedEntry extends EntryKey {
  partWidth: number;
  kind: EntryKind;
  rows: number;
  /** Sites, devices and channels, created, changed or deleted. */
  items: number;
  attempts: number;
}

export interface OutboxEntry extends QueuedEntry {
  idempotencyKey: string;
  /** Gzipped JSON of a `PushBatch`; its bytes never change once it was sent. */
  payload: Buffer;
}

/** What is told to Admin beside each batch. */
export interface Backlog {
  batches: number;
  oldestAt: Date | null;
}
