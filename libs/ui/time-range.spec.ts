import { describe, expect, it } from 'vitest';
import { lastDayOfData } from './time-range.js';

const now = new Date('2026-01-09T12:00:20Z');

function iso({ from, to }: { from: number; to: number }): string[] {
  return [new Date(from).toISOString(), new Date(to).toISOString()];
}

describe('lastDayOfData', () => {
  it('ends just behind the newest sample, which it includes', () => {
    expect(iso(lastDayOfData('2025-10-12T03:20:00Z', now))).toEqual([
      '2025-10-11T03:20:00.001Z',
      '2025-10-12T03:20:00.001Z',
    ]);
  });

  it('ends now when a clock runs ahead', () => {
    expect(iso(lastDayOfData('2031-01-01T00:00:00Z', now))).toEqual([
      '2026-01-08T12:01:00.000Z',
      '2026-01-09T12:01:00.000Z',
    ]);
  });
});
