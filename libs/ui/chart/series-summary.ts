import type { TimeSeries } from './align-series.js';

export interface SeriesSummary {
  last: number | null;
  min: number | null;
  max: number | null;
  mean: number | null;
}

/** Over the values as drawn: `mean` is that of samples or buckets, not weighted by time. */
export function summarizeSeries({ values }: TimeSeries): SeriesSummary {
  if (values.length === 0) return { last: null, min: null, max: null, mean: null };
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { last: values.at(-1) ?? null, min, max, mean: sum / values.length };
}
