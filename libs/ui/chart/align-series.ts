/** One line of a chart. Times are epoch milliseconds, ascending. */
export interface TimeSeries {
  label: string;
  times: readonly number[];
  values: readonly number[];
  /** Length of a bucket in milliseconds where the values are means of buckets; null where they are samples. */
  bucketMs: number | null;
  /** Drawn dashed in the colour of the line before it: the same thing at another time. */
  paired?: boolean;
}

/**
 * `null` is a gap, where the line breaks; `undefined` only says that another series has a time here that this one has
 * not, and the line goes on.
 */
export type AlignedValues = (number | null | undefined)[];

export interface AlignedSeries {
  times: number[];
  values: AlignedValues[];
}

/** Brings series onto one time axis and marks in each where data is missing. */
export function alignSeries(series: readonly TimeSeries[]): AlignedSeries {
  const withGaps = series.map(markGaps);
  const times = [...new Set(withGaps.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
  return { times, values: withGaps.map((one) => alignToTimes(one, times)) };
}

/** A gap lasts until the next value: times of other series inside it belong to it. */
function alignToTimes(series: Map<number, number | null>, times: readonly number[]): AlignedValues {
  let inGap = false;
  return times.map((time) => {
    const value = series.get(time);
    if (value !== undefined) inGap = value === null;
    return inGap ? null : value;
  });
}

/** Time to value, with one `null` inside every gap. */
function markGaps(series: TimeSeries): Map<number, number | null> {
  const longest = longestStepMs(series);
  const marked = new Map<number, number | null>();
  let previous: number | undefined;
  for (const [index, time] of series.times.entries()) {
    if (previous !== undefined && time - previous > longest)
      marked.set(previous + Math.ceil(longest / 2), null);
    marked.set(time, series.values[index] ?? null);
    previous = time;
  }
  return marked;
}

/** A sample holds until the next one, at most two sample periods; a bucket left out is a gap at once. */
function longestStepMs({ times, bucketMs }: TimeSeries): number {
  if (bucketMs !== null) return bucketMs;
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const median = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  return median === undefined ? Infinity : 2 * median;
}

/** Indexes of samples with a gap, or the end, on both sides: no line shows them, so they are drawn as points. */
export function isolatedSamples(values: AlignedValues): number[] {
  const own = [...values.keys()].filter((index) => values[index] !== undefined);
  const isValue = (position: number) => typeof values[own[position] ?? -1] === 'number';
  return own.filter((_, position) => isValue(position) && !isValue(position - 1) && !isValue(position + 1));
}

/** The index nearest to `index` at which the series itself has a value or a gap. */
export function nearestOwnIndex(values: AlignedValues, index: number): number {
  for (let distance = 0; distance < values.length; distance += 1) {
    if (values[index - distance] !== undefined) return index - distance;
    if (values[index + distance] !== undefined) return index + distance;
  }
  return index;
}
