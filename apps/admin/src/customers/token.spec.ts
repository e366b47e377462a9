import { describe, expect, it } from 'vitest';
import { createToken, hashToken, isTokenShaped, tokenPrefix } from './token.js';

const token = createToken('ABC0001');

describe('createToken', () => {
  it('names the customer, carries 256 random bits and ends in its checksum', () => {
    expect(token).toMatch(/^wf_abc0001_[0-9A-Za-z]{43}_[0-9a-f]{8}$/);
  });

  it('gives another one every time, of the same length', () => {
    const tokens = Array.from({ length: 500 }, () => createToken('ABC0001'));
    expect(new Set(tokens).size).toBe(500);
    expect(new Set(tokens.map(({ length }) => length))).toEqual(new Set([token.length]));
    expect(tokens.every(isTokenShaped)).toBe(true);
  });

  it.each(['AB', 'A-B-C', `A${'9'.repeat(30)}`])('takes every code that a customer may have: %s', (code) => {
    expect(isTokenShaped(createToken(code))).toBe(true);
  });
});

describe('isTokenShaped', () => {
  it('finds any single wrong character', () => {
    for (let position = 0; position < token.length; position++) {
      const wrong = token[position] === '7' ? '8' : '7';
      const mistyped = `${token.slice(0, position)}${wrong}${token.slice(position + 1)}`;
      expect(isTokenShaped(mistyped), mistyped).toBe(false);
    }
  });

  it.each([
    '',
    'wf',
    'wf___',
    token.slice(0, -1),
    `${token}0`,
    ` ${token}`,
    `${token}\n`,
    token.toUpperCase(),
  ])('refuses %j', (text) => {
    expect(isTokenShaped(text)).toBe(false);
  });
});

describe('what is kept of a token', () => {
  it('is a hash of 32 bytes that is the same every time', () => {
    expect(hashToken(token)).toHaveLength(32);
    expect(hashToken(token).equals(hashToken(token))).toBe(true);
    expect(hashToken(token).equals(hashToken(createToken('ABC0001')))).toBe(false);
  });

  it('shows the customer and four of the 43 random characters', () => {
    expect(tokenPrefix(token)).toBe(token.slice(0, 'wf_abc0001_'.length + 4));
  });
});
