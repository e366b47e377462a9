import { expect, it } from 'vitest';
import { noticeState } from './notice-state.js';

const notice = {
  destination: 'ops@example.com',
  event: 'raised',
  sentAt: null,
  attempts: 0,
  lastError: null,
} as const;

it.each([
  [{}, 'ops@example.com: raised, waits'],
  [{ attempts: 1, sentAt: '2026-01-09T12:00:00Z' }, 'ops@example.com: raised, sent'],
  [{ attempts: 1, lastError: 'refused' }, 'ops@example.com: raised, not sent after 1 attempt (refused)'],
  [{ attempts: 3 }, 'ops@example.com: raised, not sent after 3 attempts'],
])('says what became of a notice: %o', (change, text) => {
  expect(noticeState({ ...notice, ...change })).toBe(text);
});
