import type { CustomerActivity } from '#libs/contracts';

/** A line of the charts: epoch milliseconds and values. */
interface Line {
  times: number[];
  values: number[];
}

export interface LagLine extends Line {
  /** The largest unit in which the line still says something. */
  unit: 'min' | 'h' | 'd';
}

const lagUnits = [
  { unit: 'd', seconds: 86_400, from: 3 * 86_400 },
  { unit: 'h', seconds: 3_600, from: 3 * 3_600 },
] as const;

/** Rows per hour, so that buckets of all lengths compare. */
export function hourlyRate(activity: CustomerActivity, rows: readonly number[]): Line {
  const hours = activity.bucketSeconds / 3_600;
  return { times: activity.times, values: rows.map((count) => count / hours) };
}

/** Lag over time; buckets in which it is not known are left out. */
export function lagLine({ times, lagSeconds }: CustomerActivity): LagLine {
  const known = times.flatMap((time, index) => {
    const seconds = lagSeconds[index];
    return typeof seconds === 'number' ? [{ time, seconds }] : [];
  });
  const largest = known.reduce((most, { seconds }) => Math.max(most, seconds), 0);
  const { unit, seconds: length } = lagUnits.find(({ from }) => largest >= from) ?? {
    unit: 'min' as const,
    seconds: 60,
  };
  return { unit, times: known.map(({ time }) => time), values: known.map(({ seconds }) => seconds / length) };
}
