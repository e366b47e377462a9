import { currentLocale } from '#libs/ui';

/** A Monday. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** Monday first, as the profile has it. */
export function weekdayNames(weekday: 'short' | 'long'): string[] {
  const format = new Intl.DateTimeFormat(currentLocale(), { timeZone: 'UTC', weekday });
  return Array.from({ length: 7 }, (_, day) => format.format(monday + day * dayMs));
}

/** Below it a colour is hardly seen. */
const palest = 8;

/** How strong the colour of a value is, percent: from the least to the most of the profile. */
export function strengthOf(
  profile: readonly (readonly (number | null)[])[],
): (value: number | null) => number {
  const values = profile.flat().filter((value) => value !== null);
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  return (value) => {
    if (value === null) return 0;
    // All the same: nothing stands out.
    return span === 0 ? palest : Math.round(palest + ((100 - palest) * (value - least)) / span);
  };
}
