import { expect, test } from 'vitest';
import { limits } from './limits.js';
import { LineScanner } from './line-scanner.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Every line as `number:text`, with `…` for a cut-off last line and `!` for one over the limit. */
function scan(chunks: readonly string[]): string[] {
  const scanner = new LineScanner();
  const found: string[] = [];
  const take = (): void => {
    const text = scanner.overlong ? '!' : decoder.decode(scanner.bytes.subarray(scanner.start, scanner.end));
    found.push(`${scanner.lineNumber}:${text}${scanner.terminated ? '' : '…'}`);
  };
  for (const chunk of chunks) {
    const bytes = encoder.encode(chunk);
    scanner.push(bytes);
    while (scanner.next()) take();
    // The contract lets the producer reuse the chunk now.
    bytes.fill(0x58);
  }
  if (scanner.finish()) take();
  return found;
}

test('cuts lines at line feeds, drops carriage returns before them, counts blank lines', () => {
  expect(scan(['a\r\nb\n\nc\rd\n'])).toEqual(['1:a', '2:b', '3:', '4:c\rd']);
});

test('joins lines over any number of chunks', () => {
  expect(scan(['a', '', 'b\nc', 'd', 'e\r', '\nf\n'])).toEqual(['1:ab', '2:cde', '3:f']);
});

test('tells a last line without its line feed', () => {
  expect(scan(['a\nb'])).toEqual(['1:a', '2:b…']);
  expect(scan(['a\n'])).toEqual(['1:a']);
  expect(scan([])).toEqual([]);
});

test('drops a line over the limit and goes on with the next, however it arrives', () => {
  const long = 'x'.repeat(limits.lineBytes + 1);
  const expected = ['1:a', '2:!', '3:b'];
  expect(scan([`a\n${long}\nb\n`])).toEqual(expected);
  expect(scan([`a\n${long.slice(0, 1000)}`, long.slice(1000), long, '\nb\n'])).toEqual(expected);
  expect(scan(['a\n', long, '\n', 'b\n'])).toEqual(expected);
  expect(scan([long, long])).toEqual(['1:!…']);
});

test('a line of exactly the limit is kept, however it arrives', () => {
  const line = 'x'.repeat(limits.lineBytes);
  expect(scan([`${line}\n`])).toEqual([`1:${line}`]);
  expect(scan([line.slice(5), line.slice(0, 5), '\n'])).toEqual([`1:${line}`]);
});
