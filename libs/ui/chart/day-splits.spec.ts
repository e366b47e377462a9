import { expect, it } from 'vitest';
import { daySplits } from './day-splits.js';

const at = (text: string) => Date.parse(text);
const dayMs = 86_400_000;
const days = (from: string, to: string, step: number) =>
  daySplits(at(from), at(to), step * dayMs).map((time) => new Date(time).toISOString());

it('begins every step with a UTC midnight, also where clocks are changed', () => {
  expect(days('2026-10-24T09:36Z', '2026-10-26T14:24Z', 1)).toEqual([
    '2026-10-25T00:00:00.000Z',
    '2026-10-26T00:00:00.000Z',
  ]);
  expect(days('2026-10-01T00:00Z', '2026-10-12T00:00Z', 5)).toEqual([
    '2026-10-01T00:00:00.000Z',
    '2026-10-06T00:00:00.000Z',
    '2026-10-11T00:00:00.000Z',
  ]);
});

it('is empty where no day begins', () => {
  expect(days('2026-10-24T01:00Z', '2026-10-24T23:00Z', 1)).toEqual([]);
});
