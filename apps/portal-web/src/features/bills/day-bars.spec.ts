import { expect, it } from 'vitest';
import { dayBars } from './day-bars.js';

const day = (
  date: string,
  energyAmount: string | null,
  fixedAmount: string | null,
  completeness: number,
) => ({
  day: date,
  energyKwh: energyAmount === null ? null : '1',
  energyAmount,
  fixedAmount,
  completeness,
});

it('adds up what days cost, and counts those of which only the fixed part is known', () => {
  const days = [
    day('2026-03-01', '2.5', '1', 1),
    day('2026-03-02', null, '1', 0),
    day('2026-03-03', null, null, 1),
    day('2026-03-04', '-0.5', '1', 0.5),
  ];
  expect(dayBars({ days })).toEqual({
    bars: [
      { day: '2026-03-01', value: 3.5, coverage: 1 },
      { day: '2026-03-02', value: 1, coverage: 0 },
      { day: '2026-03-04', value: 0.5, coverage: 0.5 },
    ],
    total: 5,
    fixed: 3,
    unmeasured: 1,
  });
});
