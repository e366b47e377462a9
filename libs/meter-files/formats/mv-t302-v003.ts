import { FormatProblem, type FormatDefinition, type FormatFacts, type MasterType } from '../format.js';

/** T302 file with a JSON header, which says how the meter is connected and which clock it writes. */
export const mvT302V003 = {
  name: 'MV_T302_V003',
  envelope: {
    headerStart: 'START_HEADER',
    headerEnd: 'END_HEADER',
    dataStart: 'START_DATA',
    dataEnd: 'END_DATA',
  },
  interpret: (metadata): FormatFacts => ({
    timeZone: timeZoneOf(metadata),
    masterType: masterTypeOf(metadata['MasterType']),
  }),
} as const satisfies FormatDefinition;

/** `DataTimeSettings` is `UTC`, or anything else for the clock of `TimeZoneName`. */
function timeZoneOf(metadata: Readonly<Record<string, unknown>>): string {
  const settings = metadata['DataTimeSettings'];
  const zone = metadata['TimeZoneName'];
  // Guessing a clock would shift every value by hours, unseen.
  if (typeof settings !== 'string') throw new FormatProblem('DataTimeSettings is missing');
  const clock = settings.toUpperCase();
  if (clock === 'UTC') return 'UTC';
  // One broken letter must not move every value by hours.
  if (/^(?:.TC|U.C|UT.)$/s.test(clock)) throw new FormatProblem('DataTimeSettings is no clock');
  if (typeof zone !== 'string') {
    throw new FormatProblem('the times are local, and TimeZoneName is missing');
  }
  return zone;
}

function masterTypeOf(value: unknown): MasterType {
  return value === 'Tri' || value === 'Mono' ? value : null;
}
