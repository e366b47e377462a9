import { describe, expect, it } from 'vitest';
import { customerCode, maxBatchRows, measurementColumns, registerCustomerBody, signInBody } from './index.js';

describe('customerCode', () => {
  it.each(['AB', 'ABC0001', 'A-B', `A${'9'.repeat(30)}`])('takes %s', (code) => {
    expect(customerCode.parse(code)).toBe(code);
  });

  it.each(['', 'A', 'abc', 'ABc', '1AB', '-AB', 'A B', 'A_B', 'ÄB', 'AB\n', `A${'9'.repeat(31)}`])(
    'refuses %j',
    (code) => {
      expect(customerCode.safeParse(code).success).toBe(false);
    },
  );
});

describe('registerCustomerBody', () => {
  it('trims the name and refuses one that is empty then', () => {
    expect(registerCustomerBody.parse({ code: 'AB', name: ' Acme ' }).name).toBe('Acme');
    expect(registerCustomerBody.safeParse({ code: 'AB', name: '   ' }).success).toBe(false);
  });
});

describe('signInBody', () => {
  it('makes the e-mail what it is stored as', () => {
    expect(signInBody.parse({ email: ' A@B.Example ', password: ' x ' })).toEqual({
      email: 'a@b.example',
      password: ' x ',
    });
  });
});

describe('measurementColumns', () => {
  it('are as long as a batch may be, and not longer', () => {
    const columns = (rows: number) => {
      const column = Array.from({ length: rows }, () => 0);
      return { channels: [], channelIndex: column, time: column, value: column };
    };
    expect(measurementColumns.safeParse(columns(maxBatchRows)).success).toBe(true);
    expect(measurementColumns.safeParse(columns(maxBatchRows + 1)).success).toBe(false);
  });
});
