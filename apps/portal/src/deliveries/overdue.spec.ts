import { describe, expect, it } from 'vitest';
import { habitSeconds, overdueFrom, type Delivery } from './overdue.js';

const minute = 60;
const hour = 3_600;
const day = 86_400;
/** A Friday, 18:00. */
const friday = Date.UTC(2026, 4, 29, 18);

/** Deliveries so many seconds before the newest, with measurements up to the moment of each unless said otherwise. */
function deliveries(
  secondsAgo: readonly number[],
  samplesAgo: readonly (number | null)[] = secondsAgo,
): Delivery[] {
  const before = (seconds: number) => new Date(friday - seconds * 1_000);
  return secondsAgo.map((seconds, index) => {
    const sample = samplesAgo[index] ?? null;
    return { at: before(seconds), newestSample: sample === null ? null : before(sample) };
  });
}

/** `count` deliveries, one every so many seconds. */
function regular(count: number, everySeconds: number): number[] {
  return Array.from({ length: count }, (_, index) => index * everySeconds);
}

describe('the habit of a device', () => {
  it.each([
    ['10 minutes', 10 * minute],
    ['an hour', hour],
    ['a day', day],
    ['a week', 7 * day],
  ])('that delivers every %s is that', (_what, seconds) => {
    expect(habitSeconds(deliveries(regular(5, seconds)))).toBe(seconds);
  });

  it.each([0, 1, 2])('is not known after %d deliveries', (count) => {
    expect(habitSeconds(deliveries(regular(count, day)))).toBeNull();
  });

  it('is never shorter than 10 minutes', () => {
    expect(habitSeconds(deliveries(regular(30, 20)))).toBe(10 * minute);
  });

  it('is not changed by a few that were late or came twice', () => {
    const secondsAgo = [0, 1, 2, 3, 8, 9, 10, 10.1, 11, 12].map((days) => days * day);
    expect(habitSeconds(deliveries(secondsAgo))).toBe(day);
  });

  it('is the longer one of two gaps: who has delivered thrice is given time', () => {
    expect(habitSeconds(deliveries([0, hour, 4 * hour]))).toBe(3 * hour);
  });

  it('of a backlog that comes minute by minute is what its measurements say', () => {
    const days = regular(20, 1);
    expect(
      habitSeconds(
        deliveries(
          days.map((index) => index * minute),
          days.map((index) => index * day),
        ),
      ),
    ).toBe(day);
  });

  it('of files that come in bundles is that of the bundles', () => {
    // One of them brought files without rows.
    expect(habitSeconds(deliveries(regular(6, hour), [0, hour, 2 * hour, null, 4 * hour, 5 * hour]))).toBe(
      hour,
    );
  });

  it('is that of the 30 days before its newest delivery, not of long ago', () => {
    expect(
      habitSeconds(deliveries([...regular(4, day), ...regular(20, 10 * minute).map((s) => s + 60 * day)])),
    ).toBe(day);
    expect(habitSeconds(deliveries([0, 40 * day, 80 * day]))).toBeNull();
  });
});

describe('a silent device', () => {
  const lastAt = new Date(friday);
  const at = (seconds: number) => new Date(friday + seconds * 1_000);

  it.each([
    ['10 minutes', 10 * minute],
    ['a day', day],
  ])('that delivers every %s is overdue after two habits', (_what, habit) => {
    expect(overdueFrom({ lastAt, habitSeconds: habit, weeksBefore: [] })).toEqual(at(2 * habit));
    expect(overdueFrom({ lastAt, habitSeconds: habit, weeksBefore: [null, null] })).toEqual(at(2 * habit));
  });

  it('that paused over the weekend twice is given until Monday, and one habit', () => {
    const monday = 62 * hour;
    const weeksBefore = [at(monday), at(monday + 3 * minute)];
    expect(overdueFrom({ lastAt, habitSeconds: 10 * minute, weeksBefore })).toEqual(at(monday + 10 * minute));
  });

  it('that delivers on working days is given until Tuesday', () => {
    const weeksBefore = [at(3 * day), at(3 * day)];
    expect(overdueFrom({ lastAt, habitSeconds: day, weeksBefore })).toEqual(at(4 * day));
  });

  it('that paused in one of the two weeks only, or is not two weeks old, is not waited for', () => {
    const habit = 10 * minute;
    for (const weeksBefore of [
      [at(62 * hour), at(habit)],
      [at(62 * hour), null],
      [null, at(62 * hour)],
    ]) {
      expect(overdueFrom({ lastAt, habitSeconds: habit, weeksBefore })).toEqual(at(2 * habit));
    }
  });

  it('that delivers now early, now late, made no pause', () => {
    const weeksBefore = [at(2.3 * day), at(2.4 * day)];
    expect(overdueFrom({ lastAt, habitSeconds: day, weeksBefore })).toEqual(at(2 * day));
  });
});
