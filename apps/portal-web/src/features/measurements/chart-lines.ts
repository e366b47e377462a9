import type { SiteSeries } from '#libs/contracts';
import type { TimeSeries } from '#libs/ui';

export interface NamedChannel {
  id: string;
  /** Unique on the page. */
  label: string;
}

/** What the lines are called, in the language on screen. */
export interface LineNames {
  total: string;
  before: (line: string) => string;
}

export interface UnitLines {
  unit: string;
  lines: TimeSeries[];
}

type Series = SiteSeries['series'];

/** Days have up to 25 hours: only what is longer is a gap. */
const longestDayMs = 26 * 3_600_000;

/**
 * The lines of an answer by unit, each followed by that of the period before: volts and watts do not share a scale.
 * @param channels null for the total
 */
export function linesByUnit(
  answer: SiteSeries,
  channels: readonly NamedChannel[] | null,
  names: LineNames,
): UnitLines[] {
  const bucketMs = bucketMsOf(answer);
  const lineOf = (series: Series, id: string | null, label: string): TimeSeries[] =>
    series
      .filter(({ channelId }) => channelId === id)
      .map(({ times, values }) => ({ label, times, values, bucketMs }));
  const wanted = channels ?? [{ id: null, label: names.total }];
  const units = new Map<string, TimeSeries[]>();
  for (const { id, label } of wanted) {
    const unit = unitOf(answer, id);
    if (unit === undefined) continue;
    const lines = [
      ...lineOf(answer.series, id, label),
      ...lineOf(answer.previous?.series ?? [], id, names.before(label)).map((line) => ({
        ...line,
        // Without a line of this period there is none that it belongs to.
        paired: answer.series.some(({ channelId }) => channelId === id),
      })),
    ];
    units.set(unit, [...(units.get(unit) ?? []), ...lines]);
  }
  return [...units].map(([unit, lines]) => ({ unit, lines }));
}

/** The largest value of the lines, as drawn. */
export function largestOf(lines: readonly TimeSeries[]): number {
  return lines.reduce(
    (most, { values }) => values.reduce((max, value) => Math.max(max, Math.abs(value)), most),
    0,
  );
}

export function divideBy(lines: readonly TimeSeries[], divisor: number): TimeSeries[] {
  return lines.map((line) => ({ ...line, values: line.values.map((value) => value / divisor) }));
}

function unitOf(answer: SiteSeries, id: string | null): string | undefined {
  const all = [...answer.series, ...(answer.previous?.series ?? [])];
  return all.find(({ channelId }) => channelId === id)?.unit;
}

function bucketMsOf({ resolution, bucketSeconds }: SiteSeries): number | null {
  if (resolution === 'days') return longestDayMs;
  return bucketSeconds === null ? null : bucketSeconds * 1_000;
}
