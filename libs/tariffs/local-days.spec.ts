import { describe, expect, it } from 'vitest';
import { dayAfter, daysInMonth, localDays, monthAfter, startOfDay } from './local-days.js';

const lengths = (from: string, to: string, timeZone: string) =>
  localDays(from, to, timeZone).map(({ start, end }) => end - start);

describe('localDays', () => {
  it.each([
    ['Europe/Paris', '2026-03-28', '2026-03-31', [1_440, 1_380, 1_440]],
    ['Europe/Paris', '2026-10-24', '2026-10-27', [1_440, 1_500, 1_440]],
    ['Australia/Lord_Howe', '2026-04-04', '2026-04-07', [1_440, 1_470, 1_440]],
    // Midnight does not exist: the day begins at 01:00.
    ['Africa/Cairo', '2026-04-23', '2026-04-26', [1_440, 1_380, 1_440]],
    ['Asia/Kathmandu', '2026-04-04', '2026-04-06', [1_440, 1_440]],
    // Samoa left out December 30.
    ['Pacific/Apia', '2011-12-29', '2012-01-01', [1_440, 0, 1_440]],
  ])('%s from %s', (timeZone, from, to, expected) => {
    expect(lengths(from, to, timeZone)).toEqual(expected);
  });

  it('touch each other, and are cut where the clock changes', () => {
    const days = localDays('2026-10-24', '2026-10-27', 'Europe/Paris');
    expect(days.map(({ date }) => date)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    expect(days[1]?.start).toBe(days[0]?.end);
    const start = Date.UTC(2026, 9, 24, 22) / 60_000;
    expect(days[1]?.stretches).toEqual([
      { start, end: start + 180, clock: 0 },
      { start: start + 180, end: start + 1_500, clock: 120 },
    ]);
    expect(localDays('2026-04-24', '2026-04-25', 'Africa/Cairo')[0]?.stretches).toMatchObject([
      { clock: 60 },
    ]);
  });

  it('of a year add up to the year', () => {
    const year = localDays('2026-01-01', '2027-01-01', 'America/Sao_Paulo');
    expect(year).toHaveLength(365);
    expect((year.at(-1)?.end ?? 0) - (year[0]?.start ?? 0)).toBe(365 * 1_440);
  });

  it('are none where the period is empty, and a time zone must be known', () => {
    expect(localDays('2026-01-02', '2026-01-01', 'UTC')).toEqual([]);
    expect(() => localDays('2026-01-01', '2026-01-02', 'Mars/Olympus')).toThrow(RangeError);
  });
});

it('counts months and days over the ends of years', () => {
  expect([monthAfter('2026-01', -1), monthAfter('2026-11', 3)]).toEqual(['2025-12', '2027-02']);
  expect([dayAfter('2026-12-31'), dayAfter('2026-03-01', -1)]).toEqual(['2027-01-01', '2026-02-28']);
  expect([daysInMonth('2028-02'), daysInMonth('2026-02')]).toEqual([29, 28]);
  expect(startOfDay('2026-07-01', 'Europe/Paris')).toBe(Date.UTC(2026, 5, 30, 22) / 60_000);
});
