import { describe, expect, it } from 'vitest';
import type { PushBatch } from '#libs/contracts';
import { columnsOf, emptyBatch, rowAt } from './batch-body.js';
import { halve } from './halving.js';

const id = (number: number) => `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const empty = emptyBatch(id(999));
const site = (number: number) => ({ id: id(number), slug: `s${number}`, name: '', timeZone: 'UTC' });
const device = (number: number) => ({ id: id(number), siteId: id(1), serial: `${number}`, masterId: null });

function batchOf(times: readonly number[]): PushBatch {
  const rows = times.map((time, row) => ({ channelId: id(row % 3), time, value: row }));
  return { ...empty, measurements: columnsOf(rows) };
}

const rowsOf = ({ measurements }: PushBatch) => measurements.time.map((_, row) => rowAt(measurements, row));

/** Halves until nothing can be halved, in order. */
function pieces(batch: PushBatch): PushBatch[] {
  const halves = halve(batch);
  return halves === undefined ? [batch] : halves.flatMap(pieces);
}

describe('halve', () => {
  it('cuts rows by time: all of the first half are earlier than those of the second', () => {
    const batch = batchOf([50, 10, 40, 20, 30, 60]);
    const [first, second] = halve(batch) ?? [];
    expect(first?.measurements.time).toEqual([10, 20, 30]);
    expect(second?.measurements.time).toEqual([50, 40, 60]);
    expect([first, second].flatMap((half) => (half === undefined ? [] : rowsOf(half)))).toEqual(
      expect.arrayContaining(rowsOf(batch)),
    );
  });

  it.each([
    ['different times', Array.from({ length: 1_000 }, (_, row) => (row * 7_919) % 1_000)],
    ['one time', Array.from({ length: 100 }, () => 5)],
    ['two times', Array.from({ length: 101 }, (_, row) => (row > 2 ? 1 : 0))],
  ])('ends with single rows, and loses none: %s', (_, times) => {
    const batch = batchOf(times);
    const ends = pieces(batch);
    expect(ends.every((end) => end.measurements.time.length === 1)).toBe(true);
    const key = ({ value }: { value: number }) => value;
    expect(
      ends
        .flatMap(rowsOf)
        .map(key)
        .toSorted((a, b) => a - b),
    ).toEqual(rowsOf(batch).map(key));
  });

  it('sends what rows need before the rows, and sites before devices', () => {
    const batch = {
      ...batchOf([1, 2]),
      sites: [site(1), site(2)],
      devices: [device(3), device(4), device(5)],
    };
    const kinds = pieces(batch).map(({ sites, devices, measurements }) =>
      [sites, devices, measurements.time].map(({ length }) => length).join(''),
    );
    expect(kinds).toEqual(['100', '100', '010', '010', '010', '001', '001']);
  });

  it('cuts deletions, and nothing that is one', () => {
    const batch = { ...empty, deleted: { sites: [id(1)], devices: [id(2)], channels: [id(3)] } };
    expect(pieces(batch).map(({ deleted }) => Object.values(deleted).flat())).toEqual([
      [id(1)],
      [id(2)],
      [id(3)],
    ]);
    expect(halve({ ...empty, sites: [site(1)] })).toBeUndefined();
    expect(halve(batchOf([1]))).toBeUndefined();
    expect(halve(empty)).toBeUndefined();
  });
});
