import { expect, test } from 'vitest';
import { attachment, safeFileName } from './attachment.js';

test.each([
  ['T302.tsv', 'T302.tsv'],
  ['Bâtiment d’été.csv', 'Bâtiment d’été.csv'],
  ['../../etc/passwd', '_.._etc_passwd'],
  [String.raw`..\..\boot.ini`, '_.._boot.ini'],
  ['/etc/passwd', '_etc_passwd'],
  ['.htaccess', 'htaccess'],
  ['...', 'file'],
  ['a\0b\r\nSet-Cookie: x.csv', 'a_b__Set-Cookie_ x.csv'],
  ['invoice\u202Egnp.exe', 'invoice_gnp.exe'],
  ['CON', '_CON'],
  ['nul.tsv', '_nul.tsv'],
  ['com1.csv', '_com1.csv'],
  ['console.csv', 'console.csv'],
  ['C:\\data.csv. . ', 'C__data.csv'],
  ['\ud800.tsv', '\ufffd.tsv'],
])('%j is stored as %j', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

test('long names are cut, and keep their ending', () => {
  const safe = safeFileName(`${'x'.repeat(5_000)}.tsv`);
  expect(safe).toHaveLength(154);
  expect(safe.endsWith('x.tsv')).toBe(true);
});

test('the header has an ASCII name and the true one', () => {
  expect(attachment('été "1".csv')).toBe(
    `attachment; filename="_t_ _1_.csv"; filename*=UTF-8''%C3%A9t%C3%A9%20_1_.csv`,
  );
  expect(attachment("a'b(c)*.csv")).toBe(
    `attachment; filename="a'b(c)_.csv"; filename*=UTF-8''a%27b%28c%29_.csv`,
  );
});
