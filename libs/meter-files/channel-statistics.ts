import type { MeterFileHeader } from './header.js';

/** What one channel measured in one file, over distinct times. */
export interface ChannelStatistics {
  deviceSerial: string;
  label: string;
  name: string;
  unit: string;
  /** Values, the winner of each time. */
  count: number;
  /** In the unit of the channel; null when there is no value. */
  min: number | null;
  max: number | null;
  /** Arithmetic mean of the values, whatever time lies between them. */
  mean: number | null;
}

/** Sums are kept scaled by a power of two, which is exact, so that even huge values do not overflow them. */
const scale = 2 ** -64;

/** Count, minimum, maximum and mean of every channel. */
export class StatisticsAccumulator {
  private readonly counts: Float64Array;
  private readonly minima: Float64Array;
  private readonly maxima: Float64Array;
  private readonly sums: Float64Array;

  constructor(private readonly channelCount: number) {
    this.counts = new Float64Array(channelCount);
    this.minima = new Float64Array(channelCount).fill(Number.POSITIVE_INFINITY);
    this.maxima = new Float64Array(channelCount).fill(Number.NEGATIVE_INFINITY);
    this.sums = new Float64Array(channelCount);
  }

  /** Adds `rowCount` rows of `values`, row by row; NaN is no value. */
  add(values: Float64Array, rowCount: number): void {
    for (let channel = 0; channel < this.channelCount; channel += 1)
      this.addColumn(values, rowCount, channel);
  }

  describe({ channels }: MeterFileHeader): ChannelStatistics[] {
    return channels.map(({ column, deviceSerial, label, name, unit }) => ({
      deviceSerial,
      label,
      name,
      unit,
      ...this.result(column),
    }));
  }

  private addColumn(values: Float64Array, rowCount: number, channel: number): void {
    let count = 0;
    let min = this.minima[channel] as number;
    let max = this.maxima[channel] as number;
    let sum = this.sums[channel] as number;
    const end = rowCount * this.channelCount;
    for (let at = channel; at < end; at += this.channelCount) {
      const value = values[at] as number;
      if (Number.isNaN(value)) continue;
      count += 1;
      sum += value * scale;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.counts[channel] = (this.counts[channel] as number) + count;
    this.minima[channel] = min;
    this.maxima[channel] = max;
    this.sums[channel] = sum;
  }

  private result(channel: number): Pick<ChannelStatistics, 'count' | 'min' | 'max' | 'mean'> {
    const count = this.counts[channel] as number;
    if (count === 0) return { count, min: null, max: null, mean: null };
    const min = this.minima[channel] as number;
    const max = this.maxima[channel] as number;
    const mean = (this.sums[channel] as number) / count / scale;
    // Rounding may push the mean of equal values past them.
    return { count, min, max, mean: Math.min(max, Math.max(min, mean)) };
  }
}
