import { describe, expect, it } from 'vitest';
import type { UserAccount, UserRole } from '#libs/contracts';
import { accountState, isLastAdmin } from './user-roles.js';

function user(id: string, role: UserRole, change: Partial<UserAccount> = {}): UserAccount {
  return {
    id,
    email: `${id}@wattfleet.example`,
    role,
    createdAt: '2026-01-01T00:00:00.000Z',
    lastSignedInAt: null,
    disabledAt: null,
    mustChangePassword: false,
    ...change,
  };
}

const disabled = { disabledAt: '2026-02-01T00:00:00.000Z' };

describe('isLastAdmin', () => {
  it('counts admins who can sign in', () => {
    const only = user('a', 'admin');
    const users = [only, user('b', 'editor'), user('c', 'admin', disabled)];
    expect(users.map((one) => isLastAdmin(one, users))).toEqual([true, false, false]);
    const two = [only, user('d', 'admin', { mustChangePassword: true })];
    expect(two.some((one) => isLastAdmin(one, two))).toBe(false);
  });
});

describe('accountState', () => {
  it('says first what keeps somebody out', () => {
    expect(accountState(user('a', 'viewer')).word).toBe('stateEnabled');
    expect(accountState(user('a', 'viewer', { mustChangePassword: true })).word).toBe('stateTemporary');
    expect(accountState(user('a', 'viewer', { mustChangePassword: true, ...disabled })).word).toBe(
      'stateDisabled',
    );
  });
});
