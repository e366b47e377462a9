import { describe, expect, it } from 'vitest';
import {
  calendarRange,
  customRange,
  instantOfText,
  rangeParams,
  readRange,
  stepRange,
  wallClockText,
  wholeDays,
  zoomRange,
} from './chart-range.js';

const zone = 'Europe/Paris';
const at = (text: string) => Date.parse(text);
const iso = ({ from, to }: { from: number; to: number }) =>
  [from, to].map((time) => new Date(time).toISOString());

describe('calendarRange', () => {
  it.each([
    ['day', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['week', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['month', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['year', '2025-12-31T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ] as const)('is the %s of the zone, also where the clocks change', (kind, from, to) => {
    expect(iso(calendarRange(kind, at('2026-03-29T12:00:00Z'), zone))).toEqual([from, to]);
  });
});

it('steps by the calendar, and other ranges by their length', () => {
  const march = calendarRange('month', at('2026-03-29T12:00:00Z'), zone);
  expect(iso(stepRange(march, -1, zone))[0]).toBe('2026-01-31T23:00:00.000Z');
  expect(iso(stepRange(march, 1, zone))[1]).toBe('2026-04-30T22:00:00.000Z');
  const hour = customRange(at('2026-03-29T12:00:00Z'), at('2026-03-29T13:00:00Z'));
  expect(iso(stepRange(hour, 1, zone))[0]).toBe('2026-03-29T13:00:00.000Z');
});

it('zooms about the middle', () => {
  const hour = { from: at('2026-03-29T12:00:00Z'), to: at('2026-03-29T13:00:00Z') };
  expect(iso(zoomRange(hour, 'in'))).toEqual(['2026-03-29T12:15:00.000Z', '2026-03-29T12:45:00.000Z']);
  expect(iso(zoomRange(hour, 'out'))).toEqual(['2026-03-29T11:30:00.000Z', '2026-03-29T13:30:00.000Z']);
  const minute = { from: hour.from, to: hour.from + 60_000 };
  expect(zoomRange(minute, 'in').to - zoomRange(minute, 'in').from).toBeGreaterThanOrEqual(60_000);
});

it('widens to whole days, a week at least', () => {
  const day = calendarRange('day', at('2026-03-29T12:00:00Z'), zone);
  expect(iso(wholeDays(day, zone))).toEqual(['2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  const long = customRange(at('2026-05-04T12:00:00Z'), at('2026-05-14T12:00:00Z'));
  expect(iso(wholeDays(long, zone))).toEqual(['2026-05-03T22:00:00.000Z', '2026-05-14T22:00:00.000Z']);
});

describe('the address', () => {
  const newest = at('2026-05-06T21:59:50Z');

  it('keeps a range and gives it back', () => {
    for (const range of [
      calendarRange('week', newest, zone),
      calendarRange('year', newest, zone),
      customRange(newest - 3_600_000, newest),
    ]) {
      expect(readRange(new URLSearchParams(rangeParams(range, zone)), zone, 0)).toEqual(range);
    }
  });

  it.each(['', 'range=decade', 'at=yesterday', 'from=2026-05-06T00:00:00Z', 'from=b&to=a'])(
    'shows the newest day for %j',
    (query) => {
      const range = readRange(new URLSearchParams(query), zone, newest);
      expect(range).toEqual(calendarRange('day', newest, zone));
    },
  );
});

it('reads and writes the wall clock of the zone', () => {
  expect(wallClockText(at('2026-05-06T12:30:00Z'), zone)).toBe('2026-05-06T14:30');
  expect(instantOfText('2026-05-06T14:30', zone)).toBe(at('2026-05-06T12:30:00Z'));
  expect(instantOfText('', zone)).toBeUndefined();
});
