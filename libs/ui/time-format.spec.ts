import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from './language.js';
import { formatAbsolute, formatDayAndTime, formatRelative, formatZone } from './time-format.js';

const now = new Date('2026-01-09T12:00:00Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

afterEach(() => i18n.changeLanguage('en'));

describe('formatRelative', () => {
  it.each([
    [0, 'just now'],
    [29, 'just now'],
    [30, '1 minute ago'],
    [89, '1 minute ago'],
    [120, '2 minutes ago'],
    [3_599, '1 hour ago'],
    [86_399, '1 day ago'],
    [3 * 86_400, '3 days ago'],
    [400 * 86_400, '1 year ago'],
    [-7_200, 'in 2 hours'],
  ])('%d seconds ago is %s', (seconds, text) => {
    expect(formatRelative(before(seconds), now)).toBe(text);
  });

  it('is short where many times stand side by side', () => {
    expect(formatRelative(before(300), now, 'short')).toBe('5 min ago');
    expect(formatRelative(before(7_200), now, 'short')).toBe('2 hr ago');
  });
});

it('writes absolute times with their zone, summer and winter', () => {
  expect(formatAbsolute(now, 'Europe/Paris')).toBe('9 Jan 2026, 13:00:00 CET (Europe/Paris)');
  expect(formatAbsolute(new Date('2026-07-01T12:00:00Z'), 'Europe/Paris')).toContain('14:00:00 CEST');
  expect(formatAbsolute(now, 'UTC')).toBe('9 Jan 2026, 12:00:00 UTC');
  expect(formatDayAndTime(new Date('2026-01-08T23:30:00Z'), 'Europe/Paris')).toBe('Fri, 9 Jan 2026, 00:30');
});

it('names the zone once', () => {
  expect(formatZone(now, 'UTC')).toBe('UTC');
  expect(formatZone(now, 'Europe/Paris')).toBe('Europe/Paris, CET');
});

it('follows the language on screen', async () => {
  await i18n.changeLanguage('fr');
  expect(formatRelative(before(0), now)).toBe('à l’instant');
  expect(formatRelative(before(300), now)).toBe('il y a 5 minutes');
  expect(formatAbsolute(now, 'Europe/Paris')).toMatch(/^9 janv\. 2026, 13:00:00 .*\(Europe\/Paris\)$/);
});
