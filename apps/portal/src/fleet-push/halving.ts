import type { PushBatch } from '#libs/contracts';
import { pickRows, type BatchRows } from './batch-body.js';

const noItems = { sites: [], devices: [], channels: [] };
const noRows: BatchRows = { channels: [], channelIndex: [], time: [], value: [] };

/**
 * Two batches that one after the other do what one does, for an Admin to which that one is too large. Rows are cut by
 * time, so that what spreads over too many chunks spreads over half of them.
 * @returns undefined when there is nothing left to cut
 */
export function halve(batch: PushBatch): [PushBatch, PushBatch] | undefined {
  const { sites, devices, channels, deleted, measurements } = batch;
  const named = { sites, devices, channels };
  const only = { ...batch, ...noItems, deleted: noItems, measurements: noRows };
  if (count(named) > 0 && measurements.time.length > 0) {
    return [
      { ...only, ...named },
      { ...only, measurements, deleted },
    ];
  }
  if (measurements.time.length > 1) {
    const [first, second] = cutByTime(measurements);
    return [
      { ...only, measurements: first },
      { ...only, measurements: second, deleted },
    ];
  }
  if (count(named) > 1) {
    const [first, second] = cutItems(named);
    return [
      { ...only, ...first },
      { ...only, ...second, deleted },
    ];
  }
  if (count(deleted) < 2) return undefined;
  const [first, second] = cutItems(deleted);
  return [
    { ...only, ...named, deleted: first },
    { ...only, deleted: second },
  ];
}

interface Items<S, D, C> {
  sites: S[];
  devices: D[];
  channels: C[];
}

function count({ sites, devices, channels }: Items<unknown, unknown, unknown>): number {
  return sites.length + devices.length + channels.length;
}

/** Sites stay before devices, and devices before channels: what is named later needs what is named earlier. */
function cutItems<S, D, C>(items: Items<S, D, C>): [Items<S, D, C>, Items<S, D, C>] {
  const { sites, devices, channels } = items;
  const middle = count(items) >> 1;
  const ofDevices = Math.max(0, middle - sites.length);
  const ofChannels = Math.max(0, ofDevices - devices.length);
  return [
    {
      sites: sites.slice(0, middle),
      devices: devices.slice(0, ofDevices),
      channels: channels.slice(0, ofChannels),
    },
    { sites: sites.slice(middle), devices: devices.slice(ofDevices), channels: channels.slice(ofChannels) },
  ];
}

/** Rows keep their order; where all of them have one time, the order is what is cut. */
function cutByTime(rows: BatchRows): [BatchRows, BatchRows] {
  const order = rows.time.map((_, row) => row);
  const middle = rows.time.length >> 1;
  const median = rows.time.toSorted((a, b) => a - b)[middle] as number;
  const early = order.filter((row) => (rows.time[row] as number) < median);
  const first = new Set(early.length === 0 ? order.slice(0, middle) : early);
  const [before, after] = [order.filter((row) => first.has(row)), order.filter((row) => !first.has(row))];
  return [pickRows(rows, before), pickRows(rows, after)];
}
