import { describe, expect, it } from 'vitest';
import { timelineOf, validOn } from './timeline.js';

const old = { id: 'old', firstDay: '2024-01-01', lastDay: '2024-12-31' };
const now = { id: 'now', firstDay: '2025-07-01', lastDay: null };

describe('timelineOf', () => {
  it('has versions and gaps in order, which fill the line', () => {
    const { stretches, todayPercent } = timelineOf([now, old], '2026-01-01');
    expect(stretches.map(({ id, firstDay, lastDay }) => [id, firstDay, lastDay])).toEqual([
      ['old', '2024-01-01', '2024-12-31'],
      [null, '2025-01-01', '2025-06-30'],
      ['now', '2025-07-01', null],
    ]);
    expect(stretches.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100, 9);
    expect(todayPercent).toBeCloseTo((100 * 731) / 1_096, 6);
  });

  it('says nothing of today where it is not on the line, and nothing without versions', () => {
    expect(timelineOf([now], '2025-06-30').todayPercent).toBeNull();
    expect(timelineOf([], '2025-06-30')).toEqual({ stretches: [], todayPercent: null });
    const ended = timelineOf([old], '2023-01-01');
    expect(ended.stretches.map(({ percent }) => percent)).toEqual([100]);
  });
});

it('validOn finds the version of a day, both of its ends included', () => {
  expect(validOn([old, now], '2024-12-31')?.id).toBe('old');
  expect(validOn([old, now], '2025-01-01')).toBeUndefined();
  expect(validOn([old, now], '2030-01-01')?.id).toBe('now');
});
