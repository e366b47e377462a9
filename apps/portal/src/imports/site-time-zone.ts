import type { MeterFileHeader } from '#libs/meter-files';

/**
 * Zone of a site that a file creates. A V003 file written in UTC still says where the meter hangs.
 * @param otherwise where the file names none
 */
export function siteTimeZone(header: MeterFileHeader, otherwise: string): string {
  const named = header.metadata['TimeZoneName'];
  if (header.timeZone !== 'UTC') return header.timeZone;
  return typeof named === 'string' && isTimeZone(named) ? named : otherwise;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format();
    return true;
  } catch {
    return false;
  }
}
