import { currentLocale } from './language.js';
import { inLocale } from './locale.js';
import { uiWords } from './ui-words.js';
import { wordsOf } from './words.js';

const t = wordsOf(uiWords);

const relative = {
  long: inLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' })),
  short: inLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' })),
};

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `3 minutes ago`, `in 2 hours` (short: `3 min ago`); `just now` within half a minute, where counting seconds would only distract. */
export function formatRelative(time: Date, now: Date, style: 'long' | 'short' = 'long'): string {
  const seconds = (time.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) < 30) return t('justNow');
  // Rounded up to a whole step early: 59.6 minutes are an hour, not 60 minutes.
  const [unit, length] = steps.find(([, length]) => Math.abs(seconds) >= length * 0.99) ?? ['minute', 60];
  return relative[style]().format(Math.round(seconds / length) || Math.sign(seconds), unit);
}

/** The zone of the person looking at the screen. */
export const localTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `9 Jan 2026, 13:20:00 CET (Europe/Paris)`. */
export function formatAbsolute(time: Date, timeZone = localTimeZone): string {
  const text = format(time, timeZone, { ...day, ...clock, second: '2-digit', timeZoneName: 'short' });
  return text.endsWith(` ${timeZone}`) ? text : `${text} (${timeZone})`;
}

/** `Fri, 9 Jan 2026, 13:20`; the zone has to stand nearby. */
export function formatDayAndTime(time: Date, timeZone: string): string {
  return format(time, timeZone, { weekday: 'short', ...day, ...clock });
}

/** `9 Jan 2026`, of an ISO date or an instant in that zone. */
export function formatDay(time: Date, timeZone: string): string {
  return format(time, timeZone, day);
}

/** `Europe/Paris, CET`: the zone's name and what it is called at that time. */
export function formatZone(time: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat(currentLocale(), { timeZone, timeZoneName: 'short' }).formatToParts(
    time,
  );
  const short = parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
  return short === timeZone ? timeZone : `${timeZone}, ${short}`;
}

const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

function format(time: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(currentLocale(), { timeZone, ...options }).format(time);
}
