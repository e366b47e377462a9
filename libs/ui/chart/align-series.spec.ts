import { describe, expect, it } from 'vitest';
import { alignSeries, isolatedSamples, nearestOwnIndex, type TimeSeries } from './align-series.js';

function series(times: number[], bucketMs: number | null = null): TimeSeries {
  return { label: 'Ch1', times, values: times.map((time) => time + 0.5), bucketMs };
}

describe('alignSeries', () => {
  it('lets a line go on where only another series has a time', () => {
    const aligned = alignSeries([series([0, 10, 20]), series([5, 15])]);
    expect(aligned.times).toEqual([0, 5, 10, 15, 20]);
    expect(aligned.values).toEqual([
      [0.5, undefined, 10.5, undefined, 20.5],
      [undefined, 5.5, undefined, 15.5, undefined],
    ]);
  });

  it('breaks the line where samples are more than two periods apart', () => {
    expect(alignSeries([series([0, 10, 20, 40, 61, 71])]).values[0]).toEqual([
      0.5,
      10.5,
      20.5,
      40.5,
      null,
      61.5,
      71.5,
    ]);
  });

  it('breaks the line at a single bucket that is left out', () => {
    const aligned = alignSeries([series([0, 10, 30], 10)]);
    expect(aligned.times).toEqual([0, 10, 15, 30]);
    expect(aligned.values[0]).toEqual([0.5, 10.5, null, 30.5]);
  });

  it('keeps a gap open at the times of another series', () => {
    const aligned = alignSeries([series([0, 10, 20, 60]), series([0, 10, 20, 30, 40, 50, 60])]);
    expect(aligned.times).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(aligned.values[0]).toEqual([0.5, 10.5, 20.5, null, null, null, 60.5]);
  });

  it('takes series of none and one', () => {
    expect(alignSeries([])).toEqual({ times: [], values: [] });
    expect(alignSeries([series([]), series([7])])).toEqual({ times: [7], values: [[undefined], [7.5]] });
  });
});

it('finds the samples no line shows', () => {
  expect(isolatedSamples([1, null, undefined, 2, undefined, null, 3, 4])).toEqual([0, 3]);
  expect(isolatedSamples([undefined, 5])).toEqual([1]);
  expect(isolatedSamples([])).toEqual([]);
});

it('reads the series itself at the cursor, gaps included', () => {
  const values = [1, undefined, undefined, null, undefined];
  expect([0, 1, 2, 4].map((index) => nearestOwnIndex(values, index))).toEqual([0, 0, 3, 3]);
  expect(nearestOwnIndex([undefined], 0)).toBe(0);
});
