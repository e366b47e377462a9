import { expect, it } from 'vitest';
import { chooseResolution, maxPoints } from './resolution.js';

const day = 86_400;

/** A site of 30 channels with one sample a minute. */
function minutes(days: number, periodSeconds = 60) {
  const mostSamples = (days * day) / periodSeconds;
  return {
    spanSeconds: days * day,
    mostSamples,
    allSamples: 30 * mostSamples,
    longestPeriodSeconds: periodSeconds,
  };
}

it.each([
  [1, 'total', 120, 'measurement'],
  [7, 'total', 900, 'measurement_15min'],
  [31, 'total', 1_800, 'measurement_15min'],
  [62, 'total', 3_600, 'measurement_hourly'],
  [7, 'channel', 900, 'measurement_15min'],
  [31, 'channel', 1_800, 'measurement_15min'],
] as const)('chooses buckets for %d days by %s: %d s of %s', (days, by, seconds, source) => {
  expect(chooseResolution(minutes(days), by)).toEqual({ kind: 'seconds', seconds, source });
  expect((days * day) / seconds).toBeLessThanOrEqual(maxPoints);
});

it('shows samples where they are few, days where even hours are many', () => {
  expect(chooseResolution(minutes(1), 'channel')).toEqual({ kind: 'samples' });
  expect(chooseResolution(minutes(365), 'channel')).toEqual({ kind: 'days' });
  expect(chooseResolution(minutes(365), 'total')).toEqual({ kind: 'days' });
});

it('adds up in buckets that hold a sample of every channel', () => {
  expect(chooseResolution(minutes(1, 600), 'total')).toMatchObject({ seconds: 900 });
  expect(chooseResolution(minutes(1, 900), 'total')).toMatchObject({ seconds: 1_800 });
  expect(chooseResolution(minutes(7, 7_200), 'total')).toMatchObject({ seconds: 3_600 });
});
