import { describe, expect, it } from 'vitest';
import type { CustomerActivity } from '#libs/contracts';
import { hourlyRate, lagLine } from './activity.js';

function activity(lagSeconds: (number | null)[], bucketSeconds = 300): CustomerActivity {
  const zeros = lagSeconds.map(() => 0);
  return {
    bucketSeconds,
    times: lagSeconds.map((_, index) => index * bucketSeconds * 1000),
    rowsAccepted: lagSeconds.map((_, index) => 100 * index),
    rowsRejected: zeros,
    batches: zeros,
    refusals: zeros,
    lagSeconds,
  };
}

it('turns rows per bucket into rows per hour', () => {
  const one = activity([0, 0], 300);
  expect(hourlyRate(one, one.rowsAccepted)).toEqual({ times: [0, 300_000], values: [0, 1200] });
});

describe('lagLine', () => {
  it.each([
    [[60, 120], 'min', [1, 2]],
    [[0, 10_800], 'h', [0, 3]],
    [[86_400, 259_200], 'd', [1, 3]],
  ])('shows %s s in %s', (seconds, unit, values) => {
    expect(lagLine(activity(seconds))).toEqual({ unit, values, times: [0, 300_000] });
  });

  it('leaves out what is not known', () => {
    expect(lagLine(activity([60, null, 180]))).toEqual({ unit: 'min', values: [1, 3], times: [0, 600_000] });
  });

  it('is empty without data', () => {
    expect(lagLine(activity([]))).toEqual({ unit: 'min', values: [], times: [] });
  });
});
