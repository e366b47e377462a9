import { COLON, SLASH, SPACE, ZERO } from './ascii.js';

/** `DD/MM/YY HH:MM:SS` */
export const timestampLength = 17;

const secondsPerDay = 86_400;
const daysBeforeMonth = Int32Array.of(0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334);
const daysInMonth = Int32Array.of(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
/** 1 January 2000, in days since 1970. */
const epochDay2000 = 10_957;

/** Reads `DD/MM/YY HH:MM:SS` (years 2000 to 2099) by arithmetic; the last day is remembered. */
export class TimestampParser {
  private day = -1;
  private month = -1;
  private year = -1;
  private daySeconds = -1;

  /**
   * Seconds from 1970-01-01 00:00:00 on the clock that wrote the 17 bytes from `at`, or -1 when they are not
   * a timestamp or name no real date and time.
   */
  parse(bytes: Uint8Array, at: number): number {
    const day = pair(bytes, at);
    const month = pair(bytes, at + 3);
    const year = pair(bytes, at + 6);
    const hour = pair(bytes, at + 9);
    const minute = pair(bytes, at + 12);
    const second = pair(bytes, at + 15);
    // A pair that is not two digits is negative, and stays negative in the disjunction.
    if ((day | month | year | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59)
      return -1;
    if (bytes[at + 2] !== SLASH || bytes[at + 5] !== SLASH || bytes[at + 8] !== SPACE) return -1;
    if (bytes[at + 11] !== COLON || bytes[at + 14] !== COLON) return -1;
    if (day !== this.day || month !== this.month || year !== this.year) {
      this.day = day;
      this.month = month;
      this.year = year;
      this.daySeconds = startOfDay(year, month, day);
    }
    return this.daySeconds < 0 ? -1 : this.daySeconds + hour * 3600 + minute * 60 + second;
  }
}

function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - ZERO;
  const ones = (bytes[at + 1] as number) - ZERO;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

/** Epoch seconds of midnight UTC; between 2000 and 2099 every fourth year is a leap year. -1 for no real date. */
function startOfDay(year: number, month: number, day: number): number {
  if (month < 1 || month > 12) return -1;
  const leapYear = year % 4 === 0;
  const days = (daysInMonth[month - 1] as number) + (leapYear && month === 2 ? 1 : 0);
  if (day < 1 || day > days) return -1;
  const leapDays = Math.ceil(year / 4) + (leapYear && month > 2 ? 1 : 0);
  const dayOfYear = (daysBeforeMonth[month - 1] as number) + day - 1;
  return (epochDay2000 + year * 365 + leapDays + dayOfYear) * secondsPerDay;
}
