import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { CodedError } from '#libs/errors';
import { readEnvironment, Secret, variable } from './index.js';

const variables = {
  PORT: variable.port('Port.', { default: '4100' }),
  PUBLIC_URL: variable.url('Address.'),
  SESSION_SECRET: variable.secret(32, 'Signs cookies.'),
  FOOTER: variable.text('Footer.', { optional: true }),
};
const longSecret = 'a-secret-that-is-long-enough-for-anything';

function failure(environment: Record<string, string>): CodedError {
  try {
    readEnvironment(variables, environment);
  } catch (error) {
    if (error instanceof CodedError) return error;
  }
  throw new Error('was accepted');
}

describe('readEnvironment', () => {
  it('gives typed values, defaults and undefined for optional ones', () => {
    const values = readEnvironment(variables, {
      PUBLIC_URL: 'https://x.example',
      SESSION_SECRET: longSecret,
    });
    expect(values.PORT).toBe(4100);
    expect(values.PUBLIC_URL.host).toBe('x.example');
    expect(values.SESSION_SECRET.reveal()).toBe(longSecret);
    expect(values.FOOTER).toBeUndefined();
  });

  it('names every failure at once and shows no value', () => {
    const error = failure({ PORT: '99999', PUBLIC_URL: 'ftp://hunter2', SESSION_SECRET: 'short-hunter2' });
    expect(error.problems.map((problem) => problem.path)).toEqual(['PORT', 'PUBLIC_URL', 'SESSION_SECRET']);
    expect(error.message).not.toContain('hunter2');
    expect(error.message).not.toContain('99999');
  });

  it('takes an empty value as missing', () => {
    expect(failure({ PUBLIC_URL: '', SESSION_SECRET: longSecret }).problems).toEqual([
      { path: 'PUBLIC_URL', message: 'is required' },
    ]);
  });

  it('reads NAME_FILE, without its last newline, and refuses both at once', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'config-')), 'secret');
    writeFileSync(file, `${longSecret}\n`);
    const given = { PUBLIC_URL: 'https://x.example', SESSION_SECRET_FILE: file };
    expect(readEnvironment(variables, given).SESSION_SECRET.reveal()).toBe(longSecret);
    expect(failure({ ...given, SESSION_SECRET: longSecret }).message).toContain('set twice');
    expect(failure({ ...given, SESSION_SECRET_FILE: `${file}.missing` }).problems[0]?.message).toBe(
      'the file named in SESSION_SECRET_FILE cannot be read',
    );
  });

  it('asks the cross-check when each variable is right', () => {
    const environment = { PUBLIC_URL: 'https://x.example', SESSION_SECRET: longSecret };
    const problem = { path: 'PORT', message: 'does not go with PUBLIC_URL' };
    expect(() => readEnvironment(variables, environment, () => [problem])).toThrow(
      'PORT: does not go with PUBLIC_URL',
    );
  });
});

describe('Secret', () => {
  it('shows itself in no text', () => {
    const secret = new Secret('hunter2');
    const shown = [String(secret), JSON.stringify({ secret }), inspect({ secret })].join(' ');
    expect(shown).not.toContain('hunter2');
  });
});
