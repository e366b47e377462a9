import { expect, test } from 'vitest';
import { describeResolution, meterClock } from './local-time.js';
import { canonicalTimeZone, zoneSegments } from './zone-segments.js';

/** Clock readings of one day in file order, converted; `HH:MM:SS` both ways. */
function convert(timeZone: string, day: string, readings: readonly string[]): string[] {
  const clock = meterClock(timeZone);
  return readings.map((reading) => {
    const seconds = clock.toUtc(Date.parse(`${day}T${reading}:00Z`) / 1000);
    return new Date(seconds * 1000).toISOString().slice(0, 16);
  });
}

test('UTC stays as it is', () => {
  expect(convert('UTC', '2025-10-26', ['02:30'])).toEqual(['2025-10-26T02:30']);
});

test('summer and winter have their own offsets', () => {
  expect(convert('Europe/Paris', '2025-07-01', ['12:00'])).toEqual(['2025-07-01T10:00']);
  expect(convert('Europe/Paris', '2025-12-01', ['12:00'])).toEqual(['2025-12-01T11:00']);
  expect(convert('Australia/Lord_Howe', '2025-12-01', ['12:00'])).toEqual(['2025-12-01T01:00']);
});

test('the hour that occurs twice: earlier offset until the clock goes back, then the later one', () => {
  const readings = ['01:50', '02:00', '02:30', '02:00', '02:30', '02:50', '03:00'];
  expect(convert('Europe/Paris', '2025-10-26', readings).map((time) => time.slice(11))).toEqual([
    '23:50',
    '00:00',
    '00:30',
    '01:00',
    '01:30',
    '01:50',
    '02:00',
  ]);
});

test('a row repeated within the hour is not a clock that goes back', () => {
  const times = convert('Europe/Paris', '2025-10-26', ['02:10', '02:10', '02:20']);
  expect(times.map((time) => time.slice(11))).toEqual(['00:10', '00:10', '00:20']);
});

test('a row from before the hour begins it anew, a row from after it is a clock that went back', () => {
  const readings = ['02:50', '02:10', '01:50', '02:10', '03:00', '02:20'];
  const times = convert('Europe/Paris', '2025-10-26', readings);
  expect(times.map((time) => time.slice(11))).toEqual(['00:50', '01:10', '23:50', '00:10', '02:00', '01:20']);
});

test('the hour that does not exist is moved forward by the gap', () => {
  const times = convert('Europe/Paris', '2025-03-30', ['01:50', '02:00', '02:30', '03:00', '03:30']);
  expect(times.map((time) => time.slice(11))).toEqual(['00:50', '01:00', '01:30', '01:00', '01:30']);
});

test('counts both kinds of rows and says what was done', () => {
  const clock = meterClock('Europe/Paris');
  expect(describeResolution(clock, 'Europe/Paris')).toBeNull();
  for (const time of ['2025-03-30T02:30', '2025-10-26T02:00', '2025-10-26T02:59', '2025-10-26T03:00']) {
    clock.toUtc(Date.parse(`${time}:00Z`) / 1000);
  }
  expect([clock.ambiguousRows, clock.skippedRows]).toEqual([2, 1]);
  expect(describeResolution(clock, 'Europe/Paris')).toMatch(/^2 rows .*shows twice.* 1 row .*moved forward/u);
});

test('every hour of the century outside changes of the clock agrees with Intl', () => {
  const clock = meterClock('Europe/Paris');
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Paris',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const wrong: string[] = [];
  const hour = 3_600_000;
  for (let time = Date.UTC(2000, 0, 1); time < Date.UTC(2099, 11, 31); time += 61 * hour) {
    const shown = Date.parse(`${format.format(time).replace(' ', 'T')}Z`) / 1000;
    const ambiguous = clock.ambiguousRows;
    const utc = clock.toUtc(shown) * 1000;
    if (clock.ambiguousRows === ambiguous && utc !== time) wrong.push(new Date(time).toISOString());
  }
  expect(wrong).toEqual([]);
  // 100 autumns, of which a step of 61 hours meets a few.
  expect(clock.ambiguousRows).toBeLessThan(20);
});

test('segments follow each other without holes', () => {
  const segments = zoneSegments('Europe/Paris');
  expect(segments).toHaveLength(401);
  for (const [index, segment] of segments.slice(1).entries())
    expect(segment.start).toBe(segments[index]?.end);
});

test('spells time zones as the tz database does, and knows which do not exist', () => {
  expect(canonicalTimeZone('europe/paris')).toBe('Europe/Paris');
  expect(canonicalTimeZone('utc')).toBe('UTC');
  expect(canonicalTimeZone('Mars/Phobos')).toBeNull();
  expect(canonicalTimeZone('')).toBeNull();
});
