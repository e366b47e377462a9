import { z } from 'zod';

/** Name of a time zone, such as `Europe/Paris`. */
export const timeZone = z.string().max(100).refine(isTimeZone, 'must be an IANA time zone');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
