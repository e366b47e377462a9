import { expect, it } from 'vitest';
import type { SiteSeries } from '#libs/contracts';
import { divideBy, largestOf, linesByUnit } from './chart-lines.js';

const names = { total: 'Total', before: (line: string) => `${line}, before` };
const line = (channelId: string | null, unit: string, values: number[]) => ({
  channelId,
  unit,
  times: values.map((_, index) => index * 1_000),
  values,
});
const answer: SiteSeries = {
  timeZone: 'UTC',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-02T00:00:00.000Z',
  resolution: 'samples',
  bucketSeconds: null,
  channelCount: 2,
  series: [line('a', 'W', [1, 2]), line('b', 'V', [230])],
  previous: null,
};
const channels = [
  { id: 'b', label: 'M U1' },
  { id: 'a', label: 'M Ch1' },
  { id: 'c', label: 'M Ch9' },
];

it('groups the lines by unit, in the order of the channels, and leaves out what has no data', () => {
  expect(linesByUnit(answer, channels, names)).toEqual([
    { unit: 'V', lines: [{ label: 'M U1', times: [0], values: [230], bucketMs: null }] },
    { unit: 'W', lines: [{ label: 'M Ch1', times: [0, 1_000], values: [1, 2], bucketMs: null }] },
  ]);
});

it('puts the period before beside its line, also where there is no other', () => {
  const total = {
    ...answer,
    series: [line(null, 'W', [5])],
    resolution: 'days',
    bucketSeconds: 86_400,
  } as const;
  const before = { from: answer.from, to: answer.to, series: [line(null, 'W', [4])] };
  const [watts] = linesByUnit({ ...total, series: [...total.series], previous: before }, null, names);
  expect(watts?.lines.map(({ label, values }) => [label, values])).toEqual([
    ['Total', [5]],
    ['Total, before', [4]],
  ]);
  // A day of 25 hours is no gap.
  expect(watts?.lines[0]?.bucketMs).toBeGreaterThan(25 * 3_600_000);
});

it('scales lines', () => {
  const lines = [{ label: 'x', times: [0, 1], values: [-20_000, 5_000], bucketMs: null }];
  expect(largestOf(lines)).toBe(20_000);
  expect(divideBy(lines, 1_000)[0]?.values).toEqual([-20, 5]);
});
