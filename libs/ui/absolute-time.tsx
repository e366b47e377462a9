import { missing } from './number-format.js';
import { formatAbsolute } from './time-format.js';

/** `9 Jan 2026, 13:20:00 CET (Europe/Paris)`, where the exact time is what matters. */
export function AbsoluteTime({ value, timeZone }: { value: string | null; timeZone?: string }) {
  if (value === null) return missing;
  return <time dateTime={value}>{formatAbsolute(new Date(value), timeZone)}</time>;
}
