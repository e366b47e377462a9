import { describe, expect, it } from 'vitest';
import { presort, sortRows } from './sort-rows.js';

function rowsOf(...rows: [channelId: number, time: number][]) {
  return {
    length: rows.length,
    channelId: Int32Array.from(rows, ([channelId]) => channelId),
    time: Float64Array.from(rows, ([, time]) => time),
    value: Float64Array.from(rows, (_, index) => index),
  };
}

describe('presort', () => {
  it('brings the rows of a channel together, in the order of the keys, as they came', () => {
    expect([...presort(Int32Array.of(0, 1, 2, 0, 1, 2), Int32Array.of(9, 4, 6))]).toEqual([1, 4, 2, 5, 0, 3]);
    expect([...presort(new Int32Array(), Int32Array.of(1))]).toEqual([]);
  });
});

describe('sortRows', () => {
  it('sorts what was not near to sorted, too, as comparing all of it would', () => {
    let seed = 1;
    const random = (limit: number) => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    for (let run = 0; run < 50; run++) {
      const rows = Array.from({ length: 60 }, (): [number, number] => [1 + random(4), random(12)]);
      const channelIds = Int32Array.of(1, 2, 3, 4);
      const slot = Int32Array.from(rows, ([channelId]) => channelId - 1);
      const dropped: number[] = [];
      const sorted = sortRows(rowsOf(...rows), presort(slot, channelIds), (position) =>
        dropped.push(position),
      );
      const expected = rows
        .map(([channelId, time], index) => ({ channelId, time, index }))
        .filter(
          (row, index) => rows.findIndex(([id, at]) => id === row.channelId && at === row.time) === index,
        )
        .toSorted((a, b) => a.channelId - b.channelId || a.time - b.time);
      expect([...sorted.value.subarray(0, sorted.length)]).toEqual(expected.map(({ index }) => index));
      expect(dropped.length + sorted.length).toBe(rows.length);
    }
  });
});
