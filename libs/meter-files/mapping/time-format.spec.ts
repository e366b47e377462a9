import { expect, test } from 'vitest';
import { firstTimeReader, timeReader } from './time-format.js';

function read(format: string, text: string): string | undefined {
  const time = timeReader(format)(text);
  if (time === undefined) return undefined;
  const iso = new Date(time.seconds * 1_000).toISOString().slice(0, 19);
  return time.isUtc ? `${iso}Z` : iso;
}

test.each([
  ['DD/MM/YYYY HH:mm', '31/12/2025 23:45', '2025-12-31T23:45:00'],
  ['DD.MM.YYYY HH:mm:ss', '01.02.2026 03:04:05', '2026-02-01T03:04:05'],
  ['DD.MM.YYYY HH:mm:ss', '01.02.2026   03:04:05,250', '2026-02-01T03:04:05'],
  ['M/D/YYYY h:mm A', '2/1/2026 12:05 AM', '2026-02-01T00:05:00'],
  ['M/D/YYYY h:mm A', '12/31/2026 12:05 pm', '2026-12-31T12:05:00'],
  ['YYYYMMDD HHmm', '20260201 0304', '2026-02-01T03:04:00'],
  ['YYYY_MM_DD HH.mm', '2026_02_01 03.04', '2026-02-01T03:04:00'],
  ['DD/MM/YY', '29/02/28', '2028-02-29T00:00:00'],
  // The end of a day, as load profiles write it.
  ['DD.MM.YYYY HH:mm', '31.12.2025 24:00', '2026-01-01T00:00:00'],
  ['iso', '2026-02-01', '2026-02-01T00:00:00'],
  ['iso', '2026-02-01 03:04', '2026-02-01T03:04:00'],
  ['iso', '2026-02-01T03:04:05.678', '2026-02-01T03:04:05'],
  ['iso', '2026-02-01T03:04:05Z', '2026-02-01T03:04:05Z'],
  ['iso', '2026-02-01T03:04:05+02:00', '2026-02-01T01:04:05Z'],
  ['iso', '2026-02-01T03:04:05-0330', '2026-02-01T06:34:05Z'],
  ['unix', '1769904245', '2026-02-01T00:04:05Z'],
  ['unix-ms', '1769904245999', '2026-02-01T00:04:05Z'],
])('%s reads %s', (format, text, expected) => {
  expect(read(format, text)).toBe(expected);
});

test.each([
  ['DD/MM/YYYY HH:mm', '31/02/2026 00:00'],
  ['DD/MM/YYYY HH:mm', '12/31/2026 00:00'],
  ['DD/MM/YYYY HH:mm', '1/1/2026 00:00'],
  ['DD/MM/YYYY HH:mm', '01/01/2026 24:01'],
  ['DD/MM/YYYY HH:mm', '01/01/2026 00:60'],
  ['DD/MM/YYYY HH:mm', '01/01/2026 00:00 and more'],
  ['DD/MM/YYYY HH:mm', '01/01/1999 00:00'],
  ['M/D/YYYY h:mm A', '1/1/2026 13:00 PM'],
  ['iso', '2026-13-01'],
  ['iso', ''],
  ['unix', '1'],
  ['unix', '99999999999'],
])('%s refuses %s', (format, text) => {
  expect(read(format, text)).toBeUndefined();
});

test('formats are tried in their order', () => {
  const time = firstTimeReader(['MM/DD/YYYY', 'DD/MM/YYYY']);
  expect(time('02/01/2026')?.seconds).toBe(Date.UTC(2026, 1, 1) / 1_000);
  expect(time('13/01/2026')?.seconds).toBe(Date.UTC(2026, 0, 13) / 1_000);
  expect(time('32/01/2026')).toBeUndefined();
});
