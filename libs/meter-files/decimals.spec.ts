import { expect, test } from 'vitest';
import { seededRandom } from '../../test/fixtures/collected-meter-file.js';
import { DecimalReader } from './decimals.js';

const reader = new DecimalReader();
const encoder = new TextEncoder();

/** Reads the last cell of a line; the line break is there as in a file. */
function read(text: string): number {
  const bytes = encoder.encode(`${text}\n`);
  return reader.read(bytes, 0, bytes.length - 1);
}

test('100,000 random decimals equal Number() to the last bit', () => {
  const random = seededRandom(1);
  const digits = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const wrong: string[] = [];
  for (let round = 0; round < 100_000; round += 1) {
    const sign = ['', '', '-', '+'][Math.floor(random() * 4)] ?? '';
    const fraction = random() < 0.7 ? `.${digits(1 + Math.floor(random() * 20))}` : '';
    const exponent =
      random() < 0.2 ? `e${random() < 0.5 ? '-' : '+'}${digits(1 + Math.floor(random() * 2))}` : '';
    const text = sign + digits(1 + Math.floor(random() * 18)) + fraction + exponent;
    if (!Object.is(read(text), Number(text))) wrong.push(`${text}: ${read(text)}`);
  }
  expect(wrong).toEqual([]);
});

test.each([
  '244.38',
  '0.1',
  '-3.7',
  '123456789012345',
  '1e22',
  '9007199254740993',
  '1.7976931348623157e308',
  '5e-324',
])('%s is read exactly', (text) => {
  expect(read(text)).toBe(Number(text));
});

test('negative zero stays negative', () => {
  expect(Object.is(read('-0.0'), -0)).toBe(true);
});

test.each([
  '',
  '-',
  '+',
  '.',
  '.5',
  '5.',
  '-.5',
  '1.2.3',
  '1e',
  '1e+',
  'e5',
  '--1',
  '+-1',
  ' 1',
  '1 ',
  '1,5',
  '0x10',
  '1_0',
  'NaN',
  'nan',
  'inf',
  '-inf',
  'Infinity',
  'abc',
  '12a',
  '1\r',
  '²',
  '1e400',
  '-1e400',
])('%j is not a decimal number', (text) => {
  expect(read(text)).toBeNaN();
});

test('stops at the end of the cell, whether it holds a number or not', () => {
  const bytes = encoder.encode('1.5\tabc\t7e1\t\n');
  const end = bytes.length - 1;
  const cells = [0, 4, 8, 12].map((from) => [reader.read(bytes, from, end), reader.next]);
  expect(cells).toEqual([
    [1.5, 3],
    [Number.NaN, 7],
    [70, 11],
    [Number.NaN, 12],
  ]);
});
