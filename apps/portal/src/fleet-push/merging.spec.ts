import { describe, expect, it } from 'vitest';
import { columnsOf, emptyBatch, rowAt } from './batch-body.js';
import { countMergeable, mergeBatches } from './merging.js';
import { wholeWidth, type QueuedEntry } from './outbox-entry.js';

const id = (number: number) => `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const empty = emptyBatch(id(999));

function queueOf(...entries: Partial<QueuedEntry>[]): QueuedEntry[] {
  return entries.map((entry, index) => ({
    id: String(index),
    part: 0,
    partWidth: wholeWidth,
    kind: 'measurements',
    rows: 10,
    items: 0,
    attempts: 0,
    ...entry,
  }));
}

describe('countMergeable', () => {
  it.each([
    ['as many as fit', queueOf({}, {}, {}, { rows: 71 }, {}), 3],
    ['those that announce, too', queueOf({ kind: 'catalogue', rows: 0, items: 40 }, {}, {}), 3],
    ['none where nothing waits behind', queueOf({}), 1],
    ['none behind what is full', queueOf({ rows: 85 }, {}), 1],
    ['none into what was sent', queueOf({ attempts: 1 }, {}), 1],
    ['none that was sent', queueOf({}, { attempts: 1 }, {}), 1],
    ['none across a deletion', queueOf({}, {}, { kind: 'deletion', rows: 0 }, {}), 2],
    ['none into a deletion', queueOf({ kind: 'deletion', rows: 0 }, {}), 1],
    ['no part of what was halved', queueOf({}, { partWidth: wholeWidth / 2 }, {}), 1],
    ['no second part', queueOf({ part: wholeWidth / 2 }, {}), 1],
    ['no more sites, devices and channels than a batch may have', queueOf({ items: 4_999 }, { items: 2 }), 1],
  ])('takes %s', (_, queue, count) => {
    expect(countMergeable(queue, 100)).toBe(count);
  });
});

describe('mergeBatches', () => {
  const channel = (number: number, name: string) => ({
    id: id(number),
    deviceId: id(2),
    label: 'U1',
    name,
    unit: 'V',
    quantity: 'voltage',
  });
  const rows = (...listed: [channel: number, time: number, value: number][]) => ({
    ...empty,
    measurements: columnsOf(listed.map(([number, time, value]) => ({ channelId: id(number), time, value }))),
  });

  it('lets the later of two values of a row win, and keeps every other', () => {
    const { measurements } = mergeBatches([
      rows([1, 10, 1], [2, 10, 2]),
      rows([2, 10, 20], [1, 20, 3]),
      rows([3, 10, 4], [1, 10, 11], [2, 10, 21]),
    ]);
    const merged = measurements.time.map((_, row) => rowAt(measurements, row));
    expect(merged).toEqual([
      { channelId: id(1), time: 10, value: 11 },
      { channelId: id(2), time: 10, value: 21 },
      { channelId: id(1), time: 20, value: 3 },
      { channelId: id(3), time: 10, value: 4 },
    ]);
    expect(measurements.channels).toEqual([id(1), id(2), id(3)]);
  });

  it('lets the later of two names win, in the place of the first', () => {
    const merged = mergeBatches([
      { ...empty, channels: [channel(1, 'old'), channel(2, 'other')] },
      { ...empty, channels: [channel(1, 'new')] },
    ]);
    expect(merged.channels.map(({ name }) => name)).toEqual(['new', 'other']);
  });
});
