import { maxBatchRows, type PushBatch } from '#libs/contracts';
import type { BatchRows } from './batch-body.js';
import { wholeWidth, type QueuedEntry } from './outbox-entry.js';

/** An entry that is this full is not worth the work of filling it up. */
const fullShare = 0.8;

/**
 * How many of the queue's first entries become one batch; 1 when nothing is to be merged.
 * What was sent once must be sent again with the same bytes, and a deletion must not overtake what stands beside it.
 * @param queue the oldest entries, in order
 */
export function countMergeable(queue: readonly QueuedEntry[], batchRows: number): number {
  let rows = 0;
  let items = 0;
  let count = 0;
  for (const entry of queue) {
    rows += entry.rows;
    items += entry.items;
    const fits = rows <= batchRows && items <= maxBatchRows;
    if (!isMergeable(entry) || (count > 0 && !fits)) break;
    count += 1;
    if (rows >= batchRows * fullShare) break;
  }
  return Math.max(1, count);
}

function isMergeable({ kind, attempts, part, partWidth }: QueuedEntry): boolean {
  return kind !== 'deletion' && attempts === 0 && part === 0 && partWidth === wholeWidth;
}

/**
 * One batch that does what `batches` do one after the other; the later of two names or values wins.
 * @param batches none of which deletes anything
 */
export function mergeBatches(batches: readonly PushBatch[]): PushBatch {
  const [first] = batches;
  if (first === undefined) throw new Error('nothing to merge');
  return {
    ...first,
    sites: lastOfEach(batches.flatMap(({ sites }) => sites)),
    devices: lastOfEach(batches.flatMap(({ devices }) => devices)),
    channels: lastOfEach(batches.flatMap(({ channels }) => channels)),
    measurements: mergeRows(batches.map(({ measurements }) => measurements)),
  };
}

/** In the order in which they were first named: a device comes after its master. */
function lastOfEach<T extends { id: string }>(entities: readonly T[]): T[] {
  return [...new Map(entities.map((entity) => [entity.id, entity])).values()];
}

function mergeRows(parts: readonly BatchRows[]): BatchRows {
  const merged: BatchRows = { channels: [], channelIndex: [], time: [], value: [] };
  const channelByUid = new Map<string, { index: number; rowByTime: Map<number, number> }>();
  for (const part of parts) {
    const channels = part.channels.map((uid) => {
      const known = channelByUid.get(uid);
      if (known !== undefined) return known;
      const added = { index: merged.channels.push(uid) - 1, rowByTime: new Map<number, number>() };
      channelByUid.set(uid, added);
      return added;
    });
    for (const [row, time] of part.time.entries()) {
      const { index, rowByTime } = channels[part.channelIndex[row] as number] as (typeof channels)[number];
      const value = part.value[row] as number;
      const earlier = rowByTime.get(time);
      if (earlier !== undefined) {
        merged.value[earlier] = value;
        continue;
      }
      rowByTime.set(time, merged.time.length);
      merged.channelIndex.push(index);
      merged.time.push(time);
      merged.value.push(value);
    }
  }
  return merged;
}
