import { describe, expect, it } from 'vitest';
import { readEnvironment } from '#libs/config';
import { CodedError } from '#libs/errors';
import { checkServer, serverVariables } from './settings.js';

const environment = {
  PUBLIC_URL: 'https://abc0001.portal.example.com',
  SESSION_SECRET: 'a-secret-that-is-long-enough-for-anything',
  DEFAULT_ADMIN_EMAIL: 'first@wattfleet.example',
  DEFAULT_ADMIN_PASSWORD: 'Tr0ub4dor-and-three',
};

function read(given: Record<string, string>) {
  return readEnvironment(serverVariables, { ...environment, ...given }, checkServer);
}

function failure(given: Record<string, string>): CodedError {
  try {
    read(given);
  } catch (error) {
    if (error instanceof CodedError) return error;
  }
  throw new Error('was accepted');
}

describe('the password of the first account', () => {
  it.each([
    'admin',
    'Sh0rt-one!!',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    '1111111111112222',
    'password-2026!',
    'MyPASSWORD12345',
    'Passwort-Sommer',
    'motdepasse-2026',
    'changeme-please',
    'xx123456xx123456',
    'qwertyuiop-asdf',
    'letmein-letmein',
    'wattfleet-admin',
  ])('is refused in production: %s', (password) => {
    const error = failure({ DEFAULT_ADMIN_PASSWORD: password });
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.problems.map(({ path }) => path)).toEqual(['DEFAULT_ADMIN_PASSWORD']);
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(password);
  });

  it('is refused when it is missing, and a hint names the file variable', () => {
    const error = failure({ DEFAULT_ADMIN_PASSWORD: '' });
    expect(error.message).toContain('DEFAULT_ADMIN_PASSWORD: is required (or DEFAULT_ADMIN_PASSWORD_FILE)');
  });

  it('is checked unless somebody says that this is no production', () => {
    expect(failure({ NODE_ENV: '', DEFAULT_ADMIN_PASSWORD: 'admin' }).problems).toHaveLength(1);
    expect(read({ NODE_ENV: 'development', DEFAULT_ADMIN_PASSWORD: 'admin' }).NODE_ENV).toBe('development');
  });

  it.each(['Tr0ub4dor-and-three', 'correct horse battery staple', 'zKf93-mQ1x_Lp'])(
    'may be %s',
    (password) => {
      expect(read({ DEFAULT_ADMIN_PASSWORD: password }).DEFAULT_ADMIN_PASSWORD.reveal()).toBe(password);
    },
  );
});

describe('the other settings', () => {
  it('are refused all at once', () => {
    const given = {
      PUBLIC_URL: 'portal.example.com',
      SESSION_SECRET: 'short',
      SESSION_HOURS: '0',
      TRUST_PROXY: 'yes',
    };
    expect(
      failure(given)
        .problems.map(({ path }) => path)
        .toSorted(),
    ).toEqual(['PUBLIC_URL', 'SESSION_HOURS', 'SESSION_SECRET', 'TRUST_PROXY']);
  });
});
