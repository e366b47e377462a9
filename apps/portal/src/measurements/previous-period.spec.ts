import { describe, expect, it } from 'vitest';
import { overlay, previousPeriod } from './previous-period.js';

const period = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });
const iso = (time: number) => new Date(time).toISOString();

describe('previousPeriod', () => {
  it.each([
    ['a month', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z', '2026-01-31T23:00:00.000Z'],
    ['a year', '2025-12-31T23:00:00Z', '2026-12-31T23:00:00Z', '2024-12-31T23:00:00.000Z'],
    [
      'a day after the clocks changed',
      '2026-03-29T22:00:00Z',
      '2026-03-30T22:00:00Z',
      '2026-03-28T23:00:00.000Z',
    ],
    ['a week', '2026-01-11T23:00:00Z', '2026-01-18T23:00:00Z', '2026-01-04T23:00:00.000Z'],
    ['three hours', '2026-01-12T09:00:00Z', '2026-01-12T12:00:00Z', '2026-01-12T06:00:00.000Z'],
  ])('of %s', (_, from, to, before) => {
    const now = period(from, to);
    const previous = previousPeriod('Europe/Paris', now);
    expect([iso(previous.from), previous.to]).toEqual([before, now.from]);
  });
});

describe('overlay', () => {
  it('lays the wall clock of one day over that of the next, whatever the clocks do between', () => {
    const now = period('2026-03-29T22:00:00Z', '2026-03-30T22:00:00Z');
    const before = previousPeriod('Europe/Paris', now);
    // 00:00, 01:00, 03:00 and 23:00 of the day with 23 hours.
    const times = ['2026-03-28T23:00Z', '2026-03-29T00:00Z', '2026-03-29T01:00Z', '2026-03-29T21:00Z'];
    const points = { times: times.map((time) => Date.parse(time)), values: [1, 2, 3, 4] };
    const moved = overlay('Europe/Paris', points, before, now);
    expect(moved.times.map(iso)).toEqual([
      '2026-03-29T22:00:00.000Z',
      '2026-03-29T23:00:00.000Z',
      '2026-03-30T01:00:00.000Z',
      '2026-03-30T21:00:00.000Z',
    ]);
    expect(moved.values).toEqual([1, 2, 3, 4]);
  });

  it('leaves out the 31st where this month has none, and the hour that the clocks repeat', () => {
    const april = period('2026-03-31T22:00:00Z', '2026-04-30T22:00:00Z');
    const march = previousPeriod('Europe/Paris', april);
    const last = { times: [Date.parse('2026-03-30T22:00:00Z')], values: [1] };
    expect(overlay('Europe/Paris', last, march, april).times).toEqual([]);
    const monday = period('2026-10-25T23:00:00Z', '2026-10-26T23:00:00Z');
    const sunday = previousPeriod('Europe/Paris', monday);
    const twice = {
      times: [0, 1].map((hour) => Date.parse('2026-10-25T00:00:00Z') + hour * 3_600_000),
      values: [1, 2],
    };
    expect(overlay('Europe/Paris', twice, sunday, monday)).toEqual({
      times: [Date.parse('2026-10-26T01:00:00Z')],
      values: [1],
    });
  });
});
