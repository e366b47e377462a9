import { currentLocale, type TimeRange } from '#libs/ui';
import type { ChartRange } from './chart-range.js';

const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
const formats = {
  day,
  week: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
  custom: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
} as const;

/** `Wed, 6 May 2026`, `4–10 May 2026`, `May 2026`, `2026`; of any other range its ends. */
export function rangeText({ kind, from, to }: ChartRange, timeZone: string): string {
  const format = new Intl.DateTimeFormat(currentLocale(), { timeZone, ...formats[kind] });
  if (kind === 'custom') return format.formatRange(from, to);
  return kind === 'week' ? format.formatRange(from, to - 1) : format.format(from);
}

/** `4–10 May 2026`, of whole days. */
export function daysText({ from, to }: TimeRange, timeZone: string): string {
  return rangeText({ kind: 'week', from, to }, timeZone);
}
