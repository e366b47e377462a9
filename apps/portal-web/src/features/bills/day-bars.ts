import type { SiteCost } from '#libs/contracts';

export interface DayBars {
  /** All that a day costs; days on which no version is valid are left out. */
  bars: { day: string; value: number; coverage: number }[];
  total: number;
  /** Of it, what is charged whether energy is used or not. */
  fixed: number;
  /** Days on which nothing was measured: their bars are the fixed charges alone. */
  unmeasured: number;
}

/** For drawing only, so amounts may be doubles here. */
export function dayBars({ days }: Pick<SiteCost, 'days'>): DayBars {
  const priced = days.filter(({ fixedAmount }) => fixedAmount !== null);
  const bars = priced.map(({ day, energyAmount, fixedAmount, completeness }) => ({
    day,
    value: Number(energyAmount) + Number(fixedAmount),
    coverage: completeness,
  }));
  return {
    bars,
    total: bars.reduce((sum, { value }) => sum + value, 0),
    fixed: priced.reduce((sum, { fixedAmount }) => sum + Number(fixedAmount), 0),
    unmeasured: priced.filter(({ energyAmount }) => energyAmount === null).length,
  };
}
