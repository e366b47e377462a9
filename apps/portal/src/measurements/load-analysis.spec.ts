import { describe, expect, it } from 'vitest';
import { analyseLoad, type AnalysisOptions, type Slot } from './load-analysis.js';

const hourMs = 3_600_000;
const at = (text: string) => Date.parse(text);

function options(from: string, to: string, more: Partial<AnalysisOptions> = {}): AnalysisOptions {
  return {
    timeZone: 'Europe/Paris',
    from: at(from),
    to: at(to),
    now: at('2030-01-01T00:00:00Z'),
    slotSeconds: 3_600,
    channelCount: 1,
    ...more,
  };
}

/** Whole hours of one channel. */
function hoursOf({ from, to }: AnalysisOptions, powerW: (time: number) => number): Slot[] {
  return Array.from({ length: (to - from) / hourMs }, (_, hour) => {
    const time = from + hour * hourMs;
    return { time, energyWh: powerW(time), coveredSeconds: 3_600, channels: 1 };
  });
}

describe('analyseLoad', () => {
  it('cuts days in the zone, also those of 23 and 25 hours', () => {
    const spring = options('2026-03-27T23:00:00Z', '2026-03-29T22:00:00Z');
    expect(
      analyseLoad(
        hoursOf(spring, () => 1_000),
        spring,
      ),
    ).toMatchObject({
      energyWh: 47_000,
      completeness: 1,
      days: [
        { day: '2026-03-28', energyWh: 24_000, coverage: 1 },
        { day: '2026-03-29', energyWh: 23_000, coverage: 1 },
      ],
    });
    const autumn = options('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z');
    expect(
      analyseLoad(
        hoursOf(autumn, () => 1_000),
        autumn,
      ).days,
    ).toEqual([{ day: '2026-10-25', energyWh: 25_000, coverage: 1 }]);
  });

  it('leaves out what is missing, and says how much there is', () => {
    const day = options('2026-01-08T23:00:00Z', '2026-01-10T23:00:00Z', { channelCount: 2 });
    const slots = hoursOf(day, () => 500).slice(0, 12);
    expect(analyseLoad(slots, day)).toMatchObject({
      energyWh: 6_000,
      completeness: 0.125,
      days: [{ day: '2026-01-09', energyWh: 6_000, coverage: 0.25 }],
    });
  });

  it('does not count as missing what is still to come', () => {
    const now = at('2026-01-09T05:20:00Z');
    const today = options('2026-01-08T23:00:00Z', '2026-01-09T23:00:00Z', { now });
    expect(analyseLoad(hoursOf(today, () => 1).slice(0, 7), today).completeness).toBe(1);
  });

  it('finds profile, base load and peak', () => {
    const week = options('2026-01-04T23:00:00Z', '2026-01-18T23:00:00Z');
    const isNoon = (time: number) => new Date(time).getUTCHours() === 11;
    const slots = hoursOf(week, (time) => (isNoon(time) ? 5_000 : 400));
    const peak = slots.find(({ time }) => time === at('2026-01-14T11:00:00Z'));
    if (peak) peak.energyWh = 9_000;
    const analysis = analyseLoad(slots, week);
    expect(analysis.profile[0]?.[12]).toBe(5_000);
    expect(analysis.profile[2]?.[12]).toBe(7_000);
    expect(analysis.profile[6]?.[3]).toBe(400);
    expect(analysis.baseLoadW).toBe(400);
    expect(analysis.peak).toEqual({ powerW: 9_000, time: '2026-01-14T11:00:00.000Z' });
  });

  it('takes no base load from slots in which something is missing', () => {
    const day = options('2026-01-08T23:00:00Z', '2026-01-09T23:00:00Z', { channelCount: 2 });
    const slots = hoursOf(day, () => 2_000).map((slot) => ({ ...slot, channels: 2, coveredSeconds: 7_200 }));
    slots[3] = { time: slots[3]?.time ?? 0, energyWh: 10, coveredSeconds: 3_600, channels: 1 };
    const analysis = analyseLoad(slots, day);
    expect(analysis.baseLoadW).toBe(2_000);
    expect(analysis.profile[4]?.[3]).toBeNull();
  });

  it('does not take hours of a slow meter for one', () => {
    const day = options('2026-01-08T23:00:00Z', '2026-01-09T23:00:00Z');
    const everyThreeHours = [0, 3, 6].map((hour) => ({
      time: day.from + hour * hourMs,
      energyWh: 3_000,
      coveredSeconds: 10_800,
      channels: 1,
    }));
    const analysis = analyseLoad(everyThreeHours, day);
    expect(analysis.peak?.powerW).toBe(1_000);
    expect(analysis.energyWh).toBe(9_000);
  });

  it('says nothing where there is nothing', () => {
    const day = options('2026-01-08T23:00:00Z', '2026-01-09T23:00:00Z', { channelCount: 0 });
    expect(analyseLoad([], day)).toMatchObject({
      energyWh: null,
      completeness: 0,
      days: [],
      baseLoadW: null,
      peak: null,
    });
  });
});
