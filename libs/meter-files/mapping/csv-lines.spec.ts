import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../test/fixtures/collected-meter-file.js';
import { limits } from '../limits.js';
import { cellsOf } from './csv-cells.js';
import { CsvLines } from './csv-lines.js';

type Encoding = ConstructorParameters<typeof CsvLines>[0]['encoding'];

/** As `[number, text, terminated, overlong]`. */
function linesOf(chunks: readonly Uint8Array[], encoding: Encoding = 'utf-8') {
  const lines = new CsvLines({ encoding });
  return [...chunks.flatMap((chunk) => lines.push(chunk)), ...lines.finish()].map((line) => [
    line.lineNumber,
    line.text(),
    line.terminated,
    line.overlong,
  ]);
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('lines end with LF, CR LF or CR, whatever the chunks', () => {
  const bytes = bytesOf('\uFEFFa\r\nbé\n\nc\rd\r\n\r\ne');
  const expected = [
    [1, 'a', true, false],
    [2, 'bé', true, false],
    [3, '', true, false],
    [4, 'c', true, false],
    [5, 'd', true, false],
    [6, '', true, false],
    [7, 'e', false, false],
  ];
  expect(linesOf([bytes])).toEqual(expected);
  expect(linesOf(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected);
});

test('a line break at the end leaves nothing over', () => {
  for (const text of ['a\n', 'a\r\n', 'a\r'])
    expect(linesOf([bytesOf(text)])).toEqual([[1, 'a', true, false]]);
  expect(linesOf([])).toEqual([]);
});

test('UTF-16 and the Windows code page', () => {
  expect(linesOf([Buffer.from('\uFEFF°\n€', 'utf16le')], 'utf-16le')).toEqual([
    [1, '°', true, false],
    [2, '€', false, false],
  ]);
  expect(linesOf([Uint8Array.of(0xb0, 0x0a, 0x80)], 'windows-1252')).toEqual([
    [1, '°', true, false],
    [2, '€', false, false],
  ]);
});

test('a line that is too long is not kept, and the next one is', () => {
  const chunk = bytesOf('x'.repeat(limits.lineBytes / 2));
  expect(linesOf([chunk, chunk, chunk, bytesOf('x\nnext\n'), chunk, chunk, chunk])).toEqual([
    [1, '', true, true],
    [2, 'next', true, false],
    [3, '', false, true],
  ]);
});

test('cells are those of csv-parse, wherever it takes a line as one record', () => {
  const random = seededRandom(9);
  const letters = ['a', '1', ';', '"', '""', ' ', '";"', ';"a";'];
  let compared = 0;
  for (let round = 0; round < 3_000; round += 1) {
    const line = Array.from({ length: 1 + Math.floor(random() * 8) }, () => {
      return letters[Math.floor(random() * letters.length)] ?? '';
    }).join('');
    const cells = cellsOf(line, ';');
    if (cells === undefined) {
      expect(() => parse(line, { delimiter: ';' })).toThrow(/Quote|quote/u);
      continue;
    }
    // Stricter than we are: a quote in the middle of a cell that does not begin with one is none of its text.
    if (line.split(';').some((cell) => /^[^"]+"/.test(cell))) continue;
    expect(parse(line, { delimiter: ';' })).toEqual([cells]);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(500);
});
