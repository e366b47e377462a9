/**
 * The sites that a dashboard shows: of a site's own the one, of the portfolio those that are chosen. As an array, since *All*
 * of none, in a portal without a site, is nothing between the brackets.
 */
export const inSites = 'site = ANY(ARRAY[${site:sqlstring}]::text[])';

export const from = '$__timeFrom()::timestamptz';
export const to = '$__timeTo()::timestamptz';

/** Length of the dashboard's range, seconds: a constant when the statement is planned. */
export const span = '($__unixEpochTo() - $__unixEpochFrom())';

const day = 86_400;

/** Up to here single samples are read, seconds; longer ranges come from rollups of 15 minutes, then of hours. */
export const longestOfSamples = 2 * day;
export const longestOfQuarters = 14 * day;

/** Up to here days are added up from quarters of an hour, seconds. */
export const longestOfFineDays = 35 * day;

export const whenQuarters = `${span} > ${longestOfSamples} AND ${span} <= ${longestOfQuarters}`;
export const whenHours = `${span} > ${longestOfQuarters}`;

/** Start of the time's bucket, as long as a pixel's share of the range and at least `seconds`. */
export function bucketOf(column: string, seconds: number): string {
  return `time_bucket(${stepOf(seconds)}, ${column})`;
}

export function stepOf(seconds: number): string {
  return `make_interval(secs => greatest($__interval_ms / 1000.0, ${seconds}))`;
}
