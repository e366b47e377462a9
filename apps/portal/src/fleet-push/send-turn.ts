import type { DataSource, EntityManager } from 'typeorm';
import { countItems, decodeBatch, encodeBatch } from './batch-body.js';
import type { StreamPlace } from './batch-sender.js';
import { countMergeable, mergeBatches } from './merging.js';
import type { Backlog, OutboxEntry, QueuedEntry } from './outbox-entry.js';
import {
  countEntries,
  markAttempt,
  replaceEntries,
  selectBacklog,
  selectOldest,
  selectPayloads,
} from './outbox.queries.js';
import { selectLeaseWait, takeLease, type PushState } from './push-state.queries.js';
import { selectReconcile, type Reconcile } from './reconcile.queries.js';

/** What the pusher does next. */
export type Turn =
  | { kind: 'rest'; waitMs: number | undefined }
  | { kind: 'reconcile'; reconcile: Reconcile; place: StreamPlace }
  | { kind: 'send'; entry: OutboxEntry; backlog: Backlog; place: StreamPlace }
  /** Nothing to send. */
  | { kind: 'idle'; place: StreamPlace; contactAgeSeconds: number };

/** More entries than these wait for no comparison: it must neither fill the disk nor hold up live data. */
const fullQueue = 200;

/**
 * Takes the lease and finds what is to be done. The oldest entry is filled up with its neighbours before its first
 * send, and counted as sent before it is: whatever happens from then on, its bytes stay as they are.
 * @param justCompared whether the last turn was one of the comparison, so that sending gets every other one
 */
export function takeTurn(dataSource: DataSource, holder: string, justCompared: boolean): Promise<Turn> {
  return dataSource.transaction(async (manager) => {
    const state = await takeLease(manager, holder);
    if (state === undefined) return { kind: 'rest', waitMs: await selectLeaseWait(manager) };
    if (!state.enabled) return { kind: 'rest', waitMs: undefined };
    if (state.waitMs > 0) return { kind: 'rest', waitMs: state.waitMs };
    const place = { streamId: state.streamId, position: state.position };
    const queue = await selectOldest(manager);
    const reconcile = await selectDueReconcile(manager);
    if (reconcile !== undefined && (reconcile.stage === 'catalogue' || !justCompared || queue.length === 0)) {
      return { kind: 'reconcile', reconcile, place };
    }
    if (queue.length === 0) {
      return { kind: 'idle', place, contactAgeSeconds: state.contactAgeSeconds ?? Infinity };
    }
    const entry = await markAttempt(manager, await fillUp(manager, queue, state));
    return { kind: 'send', entry, backlog: await selectBacklog(manager, entry), place };
  });
}

async function selectDueReconcile(manager: EntityManager): Promise<Reconcile | undefined> {
  const reconcile = await selectReconcile(manager);
  if (reconcile === undefined || reconcile.stage === 'finished' || reconcile.waitMs > 0) return undefined;
  if (reconcile.stage === 'catalogue') return reconcile;
  return (await countEntries(manager)) < fullQueue ? reconcile : undefined;
}

/** @returns the oldest entry, with what could be merged into it */
async function fillUp(
  manager: EntityManager,
  queue: readonly QueuedEntry[],
  { batchRows }: PushState,
): Promise<QueuedEntry> {
  const [first] = queue;
  if (first === undefined) throw new Error('an empty queue has no oldest entry');
  const merged = queue.slice(0, countMergeable(queue, batchRows));
  if (merged.length === 1) return first;
  const ids = merged.map(({ id }) => id);
  const batches = await Promise.all((await selectPayloads(manager, ids)).map(decodeBatch));
  const batch = mergeBatches(batches);
  const rows = batch.measurements.time.length;
  const entry = {
    kind: rows > 0 ? ('measurements' as const) : ('catalogue' as const),
    rows,
    items: countItems(batch),
    payload: await encodeBatch(batch),
  };
  await replaceEntries(manager, ids, entry);
  return first;
}
