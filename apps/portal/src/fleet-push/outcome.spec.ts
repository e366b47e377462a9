import { describe, expect, it } from 'vitest';
import { kindOf, readRetryAfter, readRowErrors, secondsUntilRetry, type SendOutcome } from './outcome.js';

const refusal = { code: 'HTTP_500', message: '', remedy: '' };
const unanswered = {
  kind: 'unanswered',
  refusal,
  retryAfterSeconds: undefined,
} as const satisfies SendOutcome;
const held = { ...unanswered, kind: 'held' } as const satisfies SendOutcome;

describe('kindOf', () => {
  it.each([
    [[400, 409, 422], 'malformed'],
    [[401, 403, 404], 'held'],
    [[413], 'too-large'],
    [[301, 405, 408, 412, 418, 429, 500, 502, 503, 504], 'unanswered'],
  ] as const)('%j is %s', (statuses, kind) => {
    for (const status of statuses) expect(kindOf(status)).toBe(kind);
  });
});

describe('secondsUntilRetry', () => {
  it('doubles with every failure, with jitter, up to five minutes', () => {
    for (let failures = 1; failures < 100; failures++) {
      const ceiling = Math.min(300, 2 ** failures);
      expect(secondsUntilRetry(unanswered, failures, 0)).toBe(ceiling / 2);
      expect(secondsUntilRetry(unanswered, failures, 1)).toBe(ceiling);
    }
  });

  it('is five minutes, more or less, while the push is held', () => {
    expect([0, 0.5, 1].map((random) => secondsUntilRetry(held, 1, random))).toEqual([
      240,
      300,
      expect.closeTo(360),
    ]);
  });

  it('is what Admin asks for, whatever it was before', () => {
    for (const outcome of [unanswered, held])
      expect(secondsUntilRetry({ ...outcome, retryAfterSeconds: 20 }, 7, 0.3)).toBe(20);
  });
});

describe('readRetryAfter', () => {
  const now = Date.parse('2026-05-04T00:00:00Z');

  it.each([
    ['120', 120],
    ['Mon, 04 May 2026 00:01:30 GMT', 90],
    ['86400', 3_600],
    ['Tue, 05 May 2026 00:00:00 GMT', 3_600],
    ['0', undefined],
    ['Sun, 03 May 2026 00:00:00 GMT', undefined],
    ['soon', undefined],
    ['-5', undefined],
    [null, undefined],
  ])('%j is %j', (header, seconds) => {
    expect(readRetryAfter(header, now)).toBe(seconds);
  });
});

describe('readRowErrors', () => {
  it('takes what names a row and a reason that there is', () => {
    const error = { row: 3, code: 'VALUE_INVALID', message: 'value must be a finite number' };
    const others = [
      { row: 'x', code: 'VALUE_INVALID' },
      { row: 1, code: 'OTHER' },
    ];
    expect(readRowErrors({ errors: [error, ...others] })).toEqual([error]);
    for (const body of [null, {}, { errors: 'none' }, 'text']) expect(readRowErrors(body)).toEqual([]);
  });
});
