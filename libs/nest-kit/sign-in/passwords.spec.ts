import { describe, expect, it } from 'vitest';
import { Secret } from '#libs/config';
import { hashPassword, verifyPassword } from './passwords.js';

describe('passwords', () => {
  it('are kept as argon2id with a salt of their own, 19 MiB and two passes', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => hashPassword(new Secret('hunter2'))));
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
    expect(first).not.toBe(second);
  });

  it('match their hash only', async () => {
    const hash = await hashPassword(new Secret('hunter2'));
    expect(await verifyPassword(hash, 'hunter2')).toBe(true);
    for (const wrong of ['Hunter2', 'hunter2 ', '', hash])
      expect(await verifyPassword(hash, wrong)).toBe(false);
  });

  it('never match where there is no account', async () => {
    expect(await verifyPassword(undefined, 'hunter2')).toBe(false);
    expect(await verifyPassword(undefined, '')).toBe(false);
  });
});
