const dayMs = 86_400_000;

/**
 * UTC midnights from the first one of a range on, every so many milliseconds of whole days. The chart library would cut
 * days by the clock of the browser, and is an hour off about the days on which that is changed.
 */
export function daySplits(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / dayMs) * dayMs;
  return first > to
    ? []
    : Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, n) => first + n * step);
}
