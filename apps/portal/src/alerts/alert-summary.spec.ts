import { describe, expect, it } from 'vitest';
import { summariseSilence } from './alert-summary.js';

const now = new Date('2026-06-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

describe('the summary of a silent device', () => {
  it.each([
    [25, 600, 'No file for 25 min, usually every 10 min'],
    [200, 3_600, 'No file for 3 h 20 min, usually every 1 h'],
    [3 * 1_440 + 5, 86_400, 'No file for 3 d, usually every 1 d'],
    [26 * 60, 5_400, 'No file for 1 d 2 h, usually every 1 h 30 min'],
    [0.5, 60, 'No file for less than 1 min, usually every 1 min'],
  ])('of %d minutes and a habit of %d s is %s', (minutes, everySeconds, summary) => {
    expect(summariseSilence({ lastAt: minutesAgo(minutes), everySeconds }, now)).toBe(summary);
  });

  it('names no habit where there is none', () => {
    expect(summariseSilence({ lastAt: minutesAgo(60), everySeconds: null }, now)).toBe('No file for 1 h');
  });
});
