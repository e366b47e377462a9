/** A time as a cell says it, in whole seconds since 1970; fractions of a second are dropped. */
interface ReadTime {
  seconds: number;
  /** False for the clock of the file, which its time zone turns into UTC. */
  isUtc: boolean;
}

/** Reads a cell; undefined where it is no such time, or none of the years 2000 to 2099. */
export type TimeReader = (text: string) => ReadTime | undefined;

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const secondsPerDay = 86_400;

const tokens: Readonly<Record<string, string>> = {
  YYYY: String.raw`(?<year>\d{4})`,
  YY: String.raw`(?<year>\d{2})`,
  MM: String.raw`(?<month>\d{2})`,
  M: String.raw`(?<month>\d{1,2})`,
  DD: String.raw`(?<day>\d{2})`,
  D: String.raw`(?<day>\d{1,2})`,
  HH: String.raw`(?<hour>\d{2})`,
  H: String.raw`(?<hour>\d{1,2})`,
  hh: String.raw`(?<hour>\d{2})`,
  h: String.raw`(?<hour>\d{1,2})`,
  mm: String.raw`(?<minute>\d{2})`,
  ss: String.raw`(?<second>\d{2})(?:[.,]\d+)?`,
  A: '(?<half>[AaPp])[Mm]',
  ' ': String.raw`\s+`,
};

const iso =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?)?\s?(?:(?<zulu>[Zz])|(?<sign>[+-])(?<offsetHours>\d{2}):?(?<offsetMinutes>\d{2})?)?$/u;

/** @param format as `timeFormat` of the contracts allows it */
export function timeReader(format: string): TimeReader {
  if (format === 'unix') return (text) => unixTime(text, 1);
  if (format === 'unix-ms') return (text) => unixTime(text, 1_000);
  if (format === 'iso') return isoTime;
  const pattern = compile(format);
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) return undefined;
    return readTime({ ...parts(groups), hour: hourOf(groups) }, undefined);
  };
}

/** The first of the formats that fits. */
export function firstTimeReader(formats: readonly string[]): TimeReader {
  const readers = formats.map(timeReader);
  return (text) => {
    for (const read of readers) {
      const time = read(text);
      if (time !== undefined) return time;
    }
    return undefined;
  };
}

function compile(format: string): RegExp {
  const source = format.replaceAll(/YYYY|YY|MM?|DD?|HH?|hh?|mm|ss|A| +|[^A-Za-z]/g, (part) => {
    return tokens[part.startsWith(' ') ? ' ' : part] ?? `\\${part}`;
  });
  // A underscore or letter needs no escape, and may not have one.
  return new RegExp(`^${source.replaceAll(String.raw`\_`, '_')}$`);
}

function unixTime(text: string, perSecond: number): ReadTime | undefined {
  if (!/^\d{9,16}(?:\.\d+)?$/.test(text)) return undefined;
  const seconds = Math.floor(Number(text) / perSecond);
  return inRange(seconds) ? { seconds, isUtc: true } : undefined;
}

function isoTime(text: string): ReadTime | undefined {
  const groups = iso.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { zulu, sign, offsetHours = '0', offsetMinutes = '0' } = groups;
  if (zulu === undefined && sign === undefined) return readTime(parts(groups), undefined);
  const offset = Number(offsetHours) * 3_600 + Number(offsetMinutes) * 60;
  return readTime(parts(groups), sign === '-' ? -offset : offset);
}

function parts(groups: Record<string, string | undefined>): Parts {
  const { year = '', month = '', day = '', hour = '0', minute = '0', second = '0' } = groups;
  return {
    year: year.length === 2 ? 2_000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  };
}

/** Of a clock with AM and PM, where 12 comes before 1; NaN for an hour that it does not show. */
function hourOf({ hour = '0', half }: Record<string, string | undefined>): number {
  const number = Number(hour);
  if (half === undefined) return number;
  if (number < 1 || number > 12) return Number.NaN;
  return (number % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** @param offsetSeconds of the clock ahead of UTC; undefined where the time does not say */
function readTime(time: Parts, offsetSeconds: number | undefined): ReadTime | undefined {
  const { year, month, day, hour, minute, second } = time;
  // The end of a day, as load profiles write it.
  const isMidnight = hour === 24 && minute === 0 && second === 0;
  const onClock = hour >= 0 && hour <= 23 && minute <= 59 && second <= 59;
  if (!isMidnight && !onClock) return undefined;
  const midnight = Date.UTC(year, month - 1, day) / 1_000;
  if (month < 1 || month > 12 || new Date(midnight * 1_000).getUTCDate() !== day) return undefined;
  const seconds = midnight + (isMidnight ? secondsPerDay : hour * 3_600 + minute * 60 + second);
  if (!inRange(seconds)) return undefined;
  return offsetSeconds === undefined
    ? { seconds, isUtc: false }
    : { seconds: seconds - offsetSeconds, isUtc: true };
}

const first = Date.UTC(2000, 0, 1) / 1_000;
const end = Date.UTC(2100, 0, 1) / 1_000;

/** What the rest of the reader is made for: the years of a two-digit year. */
function inRange(seconds: number): boolean {
  return seconds >= first && seconds < end;
}
