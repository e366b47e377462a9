/** More points than this no chart shows. */
export const maxPoints = 2_000;

/** What a series is made of. */
export type Resolution =
  | { kind: 'samples' }
  | { kind: 'seconds'; seconds: number; source: 'measurement' | 'measurement_15min' | 'measurement_hourly' }
  | { kind: 'days' };

export interface SeriesSize {
  spanSeconds: number;
  /** Samples in the range: of the channel that has most, and of all. */
  mostSamples: number;
  allSamples: number;
  /** The longest sample period among the channels, seconds. */
  longestPeriodSeconds: number;
}

const bucketChoices = [60, 120, 300, 600, 900, 1_800, 3_600];
const longestBucket = 3_600;

/** As many samples are read for one chart; what has more comes from the rollups. */
const maxReadSamples = 200_000;

/**
 * Stored samples where they are few, else the shortest buckets that are few enough, else days. Samples of several channels
 * cannot be added up, as their times differ: a total has buckets in which every channel has a sample.
 */
export function chooseResolution(size: SeriesSize, by: 'total' | 'channel'): Resolution {
  if (by === 'channel' && size.mostSamples <= maxPoints) return { kind: 'samples' };
  const shortest = by === 'total' ? Math.min(1.5 * size.longestPeriodSeconds, longestBucket) : 0;
  const seconds = bucketChoices.find(
    (choice) =>
      size.spanSeconds / choice <= maxPoints &&
      choice >= shortest &&
      (choice % 900 === 0 || size.allSamples <= maxReadSamples),
  );
  return seconds === undefined ? { kind: 'days' } : { kind: 'seconds', seconds, source: sourceOf(seconds) };
}

/** The coarsest rollup that divides the bucket. */
function sourceOf(seconds: number) {
  if (seconds % 3_600 === 0) return 'measurement_hourly';
  return seconds % 900 === 0 ? 'measurement_15min' : 'measurement';
}
