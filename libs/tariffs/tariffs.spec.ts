import { describe, expect, it } from 'vitest';
import { documentOf } from './bills.fixtures.js';
import { tariffExamples } from './examples/index.js';
import { calendarProblem, loadHolidays } from './holidays.js';
import { priceSampleDay } from './sample-day.js';
import { validityGaps, validityProblems } from './versions.js';

describe('versions of a tariff', () => {
  const others = [
    { firstDay: '2024-07-01', lastDay: '2025-06-30' },
    { firstDay: '2025-09-01', lastDay: null },
  ];

  it('may fill a gap to the day', () => {
    expect(validityProblems({ firstDay: '2025-07-01', lastDay: '2025-08-31' }, others)).toEqual([]);
    expect(validityProblems({ firstDay: '2020-01-01', lastDay: '2024-06-30' }, others)).toEqual([]);
  });

  it('do not overlap, and name the field that is wrong', () => {
    expect(validityProblems({ firstDay: '2025-06-30', lastDay: '2025-08-31' }, others)).toEqual([
      { path: 'firstDay', message: 'overlaps the version that is valid from 2024-07-01 to 2025-06-30' },
    ]);
    expect(validityProblems({ firstDay: '2025-07-01', lastDay: null }, others)).toEqual([
      { path: 'lastDay', message: 'overlaps the version that is valid from 2025-09-01 on' },
    ]);
    expect(validityProblems({ firstDay: '2025-08-01', lastDay: '2025-07-31' }, [])).toEqual([
      { path: 'lastDay', message: 'must not be earlier than firstDay' },
    ]);
  });

  it('have the gaps between them named', () => {
    expect(validityGaps(others.toReversed())).toEqual([{ from: '2025-07-01', to: '2025-09-01' }]);
    expect(validityGaps([])).toEqual([]);
  });
});

describe('public holidays', () => {
  it('are those of the country and the region, moved and moving ones too', async () => {
    const za = { country: 'ZA', region: null };
    const fr = { country: 'FR', region: null };
    const alsace = { country: 'FR', region: '67' };
    const isHoliday = await loadHolidays([za, fr], [2022, 2026]);
    expect(isHoliday(za, '2026-06-16')).toBe(true);
    // August 9, 2026 is a Sunday: the Monday after it is off.
    expect(isHoliday(za, '2026-08-10')).toBe(true);
    expect(isHoliday(za, '2026-07-14')).toBe(false);
    expect(isHoliday(fr, '2026-07-14')).toBe(true);
    expect(isHoliday(fr, '2026-04-06')).toBe(true);
    // Mother's day is on the calendar, and no day off.
    expect(isHoliday(fr, '2026-05-31')).toBe(false);
    expect(isHoliday(alsace, '2026-07-14')).toBe(false);
    expect((await loadHolidays([], [2026]))(fr, '2026-07-14')).toBe(false);
  });

  it('are not known of a country that there is not', async () => {
    expect(await calendarProblem({ country: 'ZA', region: null })).toBeUndefined();
    expect((await calendarProblem({ country: 'QQ', region: null }))?.path).toBe('country');
    expect((await calendarProblem({ country: 'FR', region: 'QQ' }))?.path).toBe('region');
  });
});

describe('the examples', () => {
  it.each(tariffExamples)('$id is valid, and its calendar is known', async ({ document, timeZone }) => {
    expect(new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone).toBe(timeZone);
    if (document.holidays !== null) expect(await calendarProblem(document.holidays)).toBeUndefined();
  });

  it('have off-peak hours in several windows, and a demand with a ratchet', () => {
    const kinds = tariffExamples.flatMap(({ document }) => document.components.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['time-of-use', 'blocks', 'fixed', 'capacity', 'demand', 'levy']));
  });
});

describe('a sample day', () => {
  const document = documentOf({
    components: [
      { kind: 'levy', id: 'energy', name: 'Energy', perKwh: '0.1' },
      { kind: 'fixed', id: 'base', name: 'Base', per: 'month', amount: '31' },
    ],
  });
  const priced = (day: string) =>
    priceSampleDay(
      document,
      {
        day,
        timeZone: 'Europe/Paris',
        hourlyKwh: Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 5 : 1)),
      },
      { subscribed: { A: null, kVA: null }, isHoliday: () => false },
    );

  it('is priced by the clock, with its part of the month', () => {
    expect(priced('2026-03-28')).toMatchObject({ energyKwh: '28', completeness: 1, total: '3.8' });
    expect(priced('2026-03-29').energyKwh).toBe('23');
    expect(priced('2026-10-25').energyKwh).toBe('33');
  });
});
