import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodedError } from '#libs/errors';
import { PasswordAttempts } from './attempts.js';

let attempts: PasswordAttempts;

beforeEach(() => {
  vi.useFakeTimers();
  attempts = new PasswordAttempts();
});
afterEach(() => vi.useRealTimers());

const stranger = { address: '192.0.2.1', email: 'a@wattfleet.example', device: undefined };

/** How many of so many attempts are counted before one is refused. */
async function allowed(count: number, guesser = (_index: number): typeof stranger => stranger) {
  for (let index = 0; index < count; index++) {
    try {
      await attempts.count(guesser(index));
    } catch (error) {
      if (error instanceof CodedError && error.code === 'TOO_MANY_ATTEMPTS') return index;
      throw error;
    }
  }
  return count;
}

describe('PasswordAttempts', () => {
  it('lets one address try ten a minute and thirty an hour, so that it alone closes no account', async () => {
    const perMinute: number[] = [];
    for (let minute = 0; minute < 5; minute++) {
      perMinute.push(await allowed(50));
      vi.advanceTimersByTime(61_000);
    }
    expect(perMinute).toEqual([10, 10, 10, 0, 0]);
    const elsewhere = { ...stranger, address: '192.0.2.2' };
    expect(await allowed(1, () => elsewhere)).toBe(1);
    vi.advanceTimersByTime(3_600_000);
    expect(await allowed(50)).toBe(10);
  });

  it('lets one address try a hundred in a quarter of an hour, whatever the accounts', async () => {
    const email = (index: number) => ({ ...stranger, email: `${index}@wattfleet.example` });
    expect(await allowed(200, email)).toBe(100);
    vi.advanceTimersByTime(15 * 60_000 + 1_000);
    expect(await allowed(200, email)).toBe(100);
  });

  it('lets strangers try an account a hundred times an hour, and does not count who is known', async () => {
    expect(await allowed(200, (index) => ({ ...stranger, address: `192.0.2.${index}` }))).toBe(100);
    const known = { ...stranger, device: 'a browser of the owner' };
    await expect(attempts.count(known)).resolves.toBeUndefined();
  });

  it('holds a right password against nobody', async () => {
    for (let index = 0; index < 300; index++) {
      await attempts.count(stranger);
      await attempts.forget(stranger);
    }
    expect(await allowed(50)).toBe(10);
  });

  it('says when to come back', async () => {
    await allowed(10);
    await expect(attempts.count(stranger)).rejects.toMatchObject({ retryAfterSeconds: 60 });
  });
});
