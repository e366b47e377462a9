import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useNow } from '#libs/ui';
import { customRange, rangeParams, readRange, type ChartRange } from './chart-range.js';

export interface ChartView {
  range: ChartRange;
  by: 'total' | 'channel';
  compare: boolean;
}

/** What the charts of a site show; the address keeps it. */
export function useChartView({ timeZone, lastTime }: { timeZone: string; lastTime: string | null }) {
  const [params, setParams] = useSearchParams();
  const now = useNow().getTime();
  // A meter whose clock runs ahead does not pull the charts into the future.
  const newest = Math.min(lastTime === null ? now : Date.parse(lastTime), now);
  const { from, to, kind } = readRange(params, timeZone, newest);
  const range = useMemo<ChartRange>(() => ({ kind, from, to }), [kind, from, to]);
  const by = params.get('by') === 'channel' ? 'channel' : 'total';
  const compare = params.get('compare') === 'previous';
  const view = useMemo<ChartView>(() => ({ range, by, compare }), [range, by, compare]);
  const change = useCallback(
    (next: Partial<ChartView>) =>
      setParams((before) => withView(before, next, timeZone), { replace: true, preventScrollReset: true }),
    [setParams, timeZone],
  );
  const zoom = useCallback(
    (start: number, end: number) => change({ range: customRange(start, end) }),
    [change],
  );
  return { view, change, zoom };
}

/** What is not about the charts stays in the address. */
function withView(before: URLSearchParams, { range, by, compare }: Partial<ChartView>, timeZone: string) {
  const after = new URLSearchParams(before);
  if (range !== undefined) {
    for (const name of ['range', 'at', 'from', 'to']) after.delete(name);
    for (const [name, value] of Object.entries(rangeParams(range, timeZone))) after.set(name, value);
  }
  if (by !== undefined) set(after, 'by', by === 'channel' ? by : undefined);
  if (compare !== undefined) set(after, 'compare', compare ? 'previous' : undefined);
  return after;
}

function set(params: URLSearchParams, name: string, value: string | undefined): void {
  if (value === undefined) params.delete(name);
  else params.set(name, value);
}
