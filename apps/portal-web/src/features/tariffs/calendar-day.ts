import { formatDay } from '#libs/ui';

/** `2026-03-29` as it is written in the language on screen. */
export function showDay(day: string): string {
  return formatDay(new Date(`${day}T00:00:00Z`), 'UTC');
}

/** The day some days later, or earlier. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Today by the clock of who looks. */
export function today(now = new Date()): string {
  return `${String(now.getFullYear())}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
