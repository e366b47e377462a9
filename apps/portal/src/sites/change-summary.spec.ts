import { expect, it } from 'vitest';
import { summarizeChange } from './change-summary.js';

it('names what changes, with both values where they are short', () => {
  const before = { name: 'North', timeZone: 'UTC', externalId: null, latitude: null, notes: '' };
  expect(summarizeChange(before, { ...before, name: 'North plant', timeZone: 'Europe/Paris' })).toBe(
    'Changed name "North" → "North plant", time zone "UTC" → "Europe/Paris"',
  );
  expect(summarizeChange<object>(before, { ...before, externalId: 'N-1', latitude: 48.85 })).toBe(
    'Changed external id none → "N-1", latitude none → 48.85',
  );
  expect(summarizeChange(before, { ...before, notes: 'x'.repeat(100) })).toBe('Changed notes');
});

it('is silent when nothing changes', () => {
  expect(summarizeChange({ name: 'North' }, { name: 'North' })).toBeUndefined();
});
