import { clockOfMinute, minuteOfClock, type TariffSpan } from '#libs/contracts';

/** A stretch of an hour, [from, to) in minutes of the day; no period is a gap, several overlap. */
interface CellPart {
  from: number;
  to: number;
  periods: string[];
}

/** One hour of a day, in the parts that its periods cut it into. */
export interface HourCell {
  hour: number;
  parts: CellPart[];
}

/** The stretch from one minute to another gets the period, whatever it had; neighbours of the same period become one. */
export function paint(spans: readonly TariffSpan[], from: number, to: number, period: string): TariffSpan[] {
  const outside = spans.flatMap((span) => {
    const [begin, end] = [minuteOfClock(span.from), minuteOfClock(span.to)];
    return [
      { begin, end: Math.min(end, from), period: span.period },
      { begin: Math.max(begin, to), end, period: span.period },
    ].filter((rest) => rest.begin < rest.end);
  });
  const ordered = [...outside, { begin: from, end: to, period }].toSorted((a, b) => a.begin - b.begin);
  const merged: typeof ordered = [];
  for (const span of ordered) {
    const last = merged.at(-1);
    if (last !== undefined && last.end === span.begin && last.period === span.period) last.end = span.end;
    else merged.push({ ...span });
  }
  return merged.map((span) => ({
    from: clockOfMinute(span.begin),
    to: clockOfMinute(span.end),
    period: span.period,
  }));
}

/** The 24 hours of a day. */
export function hourCells(spans: readonly TariffSpan[]): HourCell[] {
  const stretches = spans.map(({ from, to, period }) => ({
    from: minuteOfClock(from),
    to: minuteOfClock(to),
    period,
  }));
  return Array.from({ length: 24 }, (_, hour) => ({ hour, parts: partsOf(stretches, hour * 60) }));
}

function partsOf(
  stretches: readonly { from: number; to: number; period: string }[],
  begin: number,
): CellPart[] {
  const end = begin + 60;
  const edges = stretches.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > begin && edge < end);
  const cuts = [...new Set([begin, ...edges, end])].toSorted((a, b) => a - b);
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index] ?? begin;
    const periods = stretches.filter((one) => one.from <= from && to <= one.to).map(({ period }) => period);
    return { from, to, periods };
  });
}

/** Where the focus goes from a cell of a grid on a key; undefined for keys that do not move it. */
export function moveInGrid(
  { row, hour }: { row: number; hour: number },
  key: string,
  rows: number,
): { row: number; hour: number } | undefined {
  const steps: Record<string, { row: number; hour: number }> = {
    ArrowLeft: { row, hour: Math.max(0, hour - 1) },
    ArrowRight: { row, hour: Math.min(23, hour + 1) },
    ArrowUp: { row: Math.max(0, row - 1), hour },
    ArrowDown: { row: Math.min(rows - 1, row + 1), hour },
    Home: { row, hour: 0 },
    End: { row, hour: 23 },
  };
  return steps[key];
}
