import { describe, expect, it } from 'vitest';
import { localDays, ZoneClock } from './zone-clock.js';

const at = (text: string) => Date.parse(text);
const hours = ({ start, end }: { start: number; end: number }) => (end - start) / 3_600_000;

describe('localDays', () => {
  it('has the days of the clock changes with 23 and 25 hours', () => {
    const spring = localDays('Europe/Paris', at('2026-03-27T23:00:00Z'), at('2026-03-30T22:00:00Z'));
    expect(spring.map((day) => [day.day, hours(day)])).toEqual([
      ['2026-03-28', 24],
      ['2026-03-29', 23],
      ['2026-03-30', 24],
    ]);
    const autumn = localDays('Europe/Paris', at('2026-10-25T10:00:00Z'), at('2026-10-25T11:00:00Z'));
    expect(autumn.map((day) => [day.day, hours(day)])).toEqual([['2026-10-25', 25]]);
  });

  it('begins at midnight of zones with any offset', () => {
    const [day] = localDays('Asia/Kathmandu', at('2026-01-09T12:00:00Z'), at('2026-01-09T13:00:00Z'));
    expect(day).toEqual({
      day: '2026-01-09',
      start: at('2026-01-08T18:15:00Z'),
      end: at('2026-01-09T18:15:00Z'),
    });
  });
});

describe('ZoneClock', () => {
  const clock = new ZoneClock('Europe/Paris', at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'));

  it.each([
    ['2026-03-29T00:30:00Z', 6, 1],
    ['2026-03-29T01:30:00Z', 6, 3],
    ['2026-10-25T00:30:00Z', 6, 2],
    ['2026-10-25T01:30:00Z', 6, 2],
    ['2026-10-25T23:00:00Z', 0, 0],
    ['2026-07-01T22:30:00Z', 3, 0],
  ])('reads weekday and hour at %s', (time, weekday, hour) => {
    expect([clock.weekday(at(time)), clock.hour(at(time))]).toEqual([weekday, hour]);
  });

  it('finds the instant of a reading, the earlier of two', () => {
    expect(clock.instantOf(at('2026-07-01T12:00:00Z'))).toBe(at('2026-07-01T10:00:00Z'));
    expect(clock.instantOf(at('2026-10-25T02:30:00Z'))).toBe(at('2026-10-25T00:30:00Z'));
  });

  it('counts days west of UTC', () => {
    const west = new ZoneClock('America/Los_Angeles', at('2026-01-01T00:00:00Z'), at('2026-02-01T00:00:00Z'));
    expect([west.weekday(at('2026-01-05T07:59:00Z')), west.hour(at('2026-01-05T07:59:00Z'))]).toEqual([
      6, 23,
    ]);
  });
});
