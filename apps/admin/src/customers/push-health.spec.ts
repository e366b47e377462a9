import { describe, expect, it } from 'vitest';
import { derivePushHealth, type PushTimes } from './push-health.js';

const now = Date.UTC(2026, 5, 1, 12);
const ago = (seconds: number) => new Date(now - seconds * 1_000);
const healthy: PushTimes = {
  disabledAt: null,
  lastContactAt: ago(10),
  lastAcceptedAt: ago(10),
  lastRefusedAt: null,
};

describe('derivePushHealth', () => {
  it.each<[string, string, Partial<PushTimes>]>([
    ['healthy', 'data was taken just now', {}],
    ['healthy', 'it was in contact 180 s ago', { lastContactAt: ago(180) }],
    ['late', 'it was in contact more than 180 s ago', { lastContactAt: ago(181) }],
    ['never-connected', 'it never was in contact', { lastContactAt: null, lastAcceptedAt: null }],
    ['rejecting', 'the newest batch was refused', { lastRefusedAt: ago(5) }],
    ['rejecting', 'nothing was ever taken', { lastAcceptedAt: null, lastRefusedAt: ago(5) }],
    ['healthy', 'a refusal is over', { lastRefusedAt: ago(60) }],
    ['healthy', 'it is in contact but has no news', { lastAcceptedAt: ago(90_000) }],
    ['late', 'it was refused, and then fell silent', { lastContactAt: ago(600), lastRefusedAt: ago(600) }],
    ['disabled', 'it is disabled, whatever it does', { disabledAt: ago(1), lastRefusedAt: ago(0) }],
  ])('says %s when %s', (health, _when, times) => {
    expect(derivePushHealth({ ...healthy, ...times }, now)).toBe(health);
  });
});
