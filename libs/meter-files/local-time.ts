import { zoneSegments, type ZoneSegment } from './zone-segments.js';

/** Turns the clock of a meter into UTC, row by row in file order; both in whole seconds since 1970. */
export interface MeterClock {
  /**
   * @param mayBeNextHour false where a time that comes again belongs to the same row, as where each line holds one channel
   */
  toUtc(clockSeconds: number, mayBeNextHour?: boolean): number;
  /** Rows so far in the hour that the clock shows twice. */
  ambiguousRows: number;
  /** Rows so far in the hour that the clock skips. */
  skippedRows: number;
}

/** @throws RangeError for a time zone that is not known. */
export function meterClock(timeZone: string): MeterClock {
  return timeZone === 'UTC' ? new UtcClock() : new LocalClock(timeZone);
}

class UtcClock implements MeterClock {
  readonly ambiguousRows = 0;
  readonly skippedRows = 0;

  toUtc(clockSeconds: number): number {
    return clockSeconds;
  }
}

/**
 * A clock with daylight saving. In the hour that occurs twice, rows get the offset before the change until the clock is seen to go
 * back from one row to the next, and the offset after the change from then on; the other way round where the newest row stands first.
 * A time that comes again at once is the second hour where rows are as far apart as the clock is set back, and a repeated row
 * otherwise. In the hour that does not exist, rows are moved forward by the length of the gap (as RFC 5545 and Temporal's
 * `compatible` do).
 */
class LocalClock implements MeterClock {
  ambiguousRows = 0;
  skippedRows = 0;
  private readonly segments: readonly ZoneSegment[];
  private segment: ZoneSegment;
  private previous = Number.NEGATIVE_INFINITY;
  /** Seconds from the row before the previous one to that; of a time that comes again, those to the first of it. */
  private step = 0;
  private isDescending = false;
  private isLater = false;

  constructor(timeZone: string) {
    this.segments = zoneSegments(timeZone);
    this.segment = find(this.segments, 0);
  }

  toUtc(clockSeconds: number, mayBeNextHour = true): number {
    if (clockSeconds < this.segment.start || clockSeconds >= this.segment.end) {
      this.segment = find(this.segments, clockSeconds);
    }
    const { segment, previous } = this;
    if (segment.kind === 'fold') this.followFold(clockSeconds, mayBeNextHour);
    if (clockSeconds !== previous && Number.isFinite(previous)) this.step = clockSeconds - previous;
    this.previous = clockSeconds;
    if (segment.kind === 'plain') return clockSeconds - segment.offsetBefore;
    if (segment.kind === 'gap') {
      this.skippedRows += 1;
      return clockSeconds - segment.offsetBefore;
    }
    this.ambiguousRows += 1;
    return clockSeconds - (this.isLater ? segment.offsetAfter : segment.offsetBefore);
  }

  /** Decides which of the two hours the row is of. */
  private followFold(clockSeconds: number, mayBeNextHour: boolean): void {
    const { previous, step, segment } = this;
    if (previous < segment.start) {
      this.isLater = false;
      this.isDescending = false;
    } else if (previous >= segment.end) {
      this.isLater = true;
      this.isDescending = step < 0;
    } else {
      const isNextHour =
        mayBeNextHour && clockSeconds === previous && Math.abs(step) >= segment.end - segment.start;
      if (this.isDescending && (clockSeconds > previous || isNextHour)) this.isLater = false;
      if (!this.isDescending && (clockSeconds < previous || isNextHour)) this.isLater = true;
    }
  }
}

function find(segments: readonly ZoneSegment[], clockSeconds: number): ZoneSegment {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (clockSeconds < (segments[middle] as ZoneSegment).end) high = middle;
    else low = middle + 1;
  }
  return segments[low] as ZoneSegment;
}

/** An English sentence on how the rows at a change of the clock were read; null when there were none. */
export function describeResolution(clock: MeterClock, timeZone: string): string | null {
  const sentences: string[] = [];
  if (clock.ambiguousRows > 0) {
    sentences.push(
      `${rows(clock.ambiguousRows)} in an hour that the clock of ${timeZone} shows twice: read with the offset ` +
        'before the change until the clock went back from one row to the next, with the offset after it from then on.',
    );
  }
  if (clock.skippedRows > 0) {
    sentences.push(
      `${rows(clock.skippedRows)} in an hour that the clock of ${timeZone} skips: moved forward by the gap.`,
    );
  }
  return sentences.length === 0 ? null : sentences.join(' ');
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
