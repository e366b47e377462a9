import type { TariffSeason } from './tariff-schema.js';

/** One thing that is wrong, and where in the document. */
export interface PathProblem {
  path: (string | number)[];
  message: string;
}

/**
 * The season of a day `06-30`. A season may wrap the year; February 29 goes with February 28 where none names it.
 * @returns index of the season, or -1
 */
export function seasonIndex(seasons: readonly TariffSeason[], monthDay: string): number {
  const index = seasons.findIndex((season) => contains(season, monthDay));
  return index === -1 && monthDay === '02-29' ? seasonIndex(seasons, '02-28') : index;
}

/** Overlaps and gaps of the seasons over the year. */
export function seasonProblems(seasons: readonly TariffSeason[]): PathProblem[] {
  const problems = duplicates(seasons, ({ id }) => id, 'seasons', 'id');
  const days = daysOfYear();
  for (const [index, season] of seasons.entries()) {
    for (const [other, { id }] of seasons.slice(0, index).entries()) {
      const both = days.find((day) => contains(season, day) && contains(seasons[other] as TariffSeason, day));
      if (both !== undefined) {
        problems.push({ path: ['seasons', index], message: `overlaps season ${id} on ${both}` });
      }
    }
  }
  const gap = days.find((day) => seasonIndex(seasons, day) === -1);
  if (gap !== undefined) problems.push({ path: ['seasons'], message: `no season has ${gap}` });
  return problems;
}

/** The second of two that are called the same. */
export function duplicates<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  list: string,
  field: string,
): PathProblem[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const name = nameOf(item);
    if (seen.has(name)) return [{ path: [list, index, field], message: `${name}: there are two` }];
    seen.add(name);
    return [];
  });
}

function contains({ firstDay, lastDay }: TariffSeason, monthDay: string): boolean {
  return firstDay <= lastDay
    ? firstDay <= monthDay && monthDay <= lastDay
    : firstDay <= monthDay || monthDay <= lastDay;
}

/** Of a leap year, as `01-31`. */
function daysOfYear(): string[] {
  const firstDay = Date.UTC(2024, 0, 1);
  return Array.from({ length: 366 }, (_, day) =>
    new Date(firstDay + day * 86_400_000).toISOString().slice(5, 10),
  );
}
