import { expect, test } from 'vitest';
import { columnMapping } from '#libs/contracts';
import { collectMeterFile } from '../../../test/fixtures/collected-meter-file.js';
import { guessMapping, looksLikeText } from './guess.js';

const encode = (text: string) => new TextEncoder().encode(text);

test('a German load profile: skipped lines, decimal commas, units in brackets', async () => {
  const rows = Array.from(
    { length: 30 },
    (_, index) => `0${1 + (index % 9)}.01.2026 00:${10 + index};1,${index};230,5;\n`,
  );
  const file = encode(`Zähler;4711\n\nZeitpunkt;Leistung [kW];Spannung (V);Bemerkung\n${rows.join('')}`);
  const { mapping, header } = guessMapping(file, 'Europe/Berlin');
  expect(header).toEqual(['Zeitpunkt', 'Leistung [kW]', 'Spannung (V)', 'Bemerkung']);
  expect(mapping).toMatchObject({
    encoding: 'utf-8',
    delimiter: ';',
    skipLines: 2,
    hasHeader: true,
    decimalMark: ',',
    time: { columns: [1], formats: ['DD.MM.YYYY HH:mm'], timeZone: 'Europe/Berlin' },
    values: {
      layout: 'wide',
      channels: [
        { column: 2, label: 'Ch1', name: 'Leistung', unit: 'kW', factor: 1 },
        { column: 3, label: 'Ch2', name: 'Spannung', unit: 'V', factor: 1 },
      ],
    },
  });
  const complete = columnMapping.parse({ ...mapping, device: '4711' });
  const { report } = await collectMeterFile(file, { mapping: complete });
  expect(report).toMatchObject({ rows: 30, points: 60, rejectedValues: 0 });
});

test('a file without a header, with date and time of day in two columns', async () => {
  const { mapping, header } = guessMapping(encode('2026-07-01,00:15:00,1.5\n2026-07-01,00:30:00,2\n'), 'UTC');
  expect(header).toEqual([]);
  expect(mapping).toMatchObject({
    delimiter: ',',
    hasHeader: false,
    time: { columns: [1, 2], formats: ['iso'] },
    values: { layout: 'wide', channels: [{ column: 3, name: '', unit: '' }] },
  });
});

test('one line per channel', async () => {
  const lines = ['00:00', '00:15', '00:30'].flatMap((at) =>
    ['Import kW', 'Export kW'].map((key) => `2026-07-01T${at}Z\t${key}\t1.5\n`),
  );
  const { mapping } = guessMapping(encode(`time\tseries\tvalue\n${lines.join('')}`), 'UTC');
  expect(mapping.values).toEqual({
    layout: 'long',
    channelColumn: 2,
    valueColumn: 3,
    channels: [
      { key: 'Import kW', label: 'Ch1', name: 'Import', unit: 'kW', factor: 1 },
      { key: 'Export kW', label: 'Ch2', name: 'Export', unit: 'kW', factor: 1 },
    ],
  });
});

test('American dates where only they fit', async () => {
  const { mapping } = guessMapping(encode('Date,kW\n1/31/2026 1:05:00 PM,1\n2/1/2026 1:10:00 PM,2\n'), 'UTC');
  expect(mapping.time).toMatchObject({ columns: [1], formats: ['M/D/YYYY h:mm:ss A'] });
});

test.each(['', 'no table at all', '\n\n\n', 'a;b\n"never closed;1\n'])(
  'takes %j without an error',
  async (text) => {
    const { mapping } = guessMapping(encode(text), 'UTC');
    expect(mapping.values.channels.length).toBeLessThan(3);
  },
);

test('tells text from what is none', () => {
  expect(looksLikeText(encode('a;b\n'))).toBe(true);
  expect(looksLikeText(Buffer.from('\uFEFFa;b\n', 'utf16le'))).toBe(true);
  expect(looksLikeText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0))).toBe(false);
  expect(looksLikeText(encode(''))).toBe(false);
});
