import { expect, test } from 'vitest';
import { TimestampParser } from './timestamps.js';

const encoder = new TextEncoder();

function parse(text: string): number {
  return new TimestampParser().parse(encoder.encode(text), 0);
}

test('every day from 2000 to 2099 equals Date.UTC', () => {
  const parser = new TimestampParser();
  const wrong: string[] = [];
  for (let time = Date.UTC(2000, 0, 1, 23, 59, 58); time < Date.UTC(2100, 0, 1); time += 86_400_000) {
    const [year, month, day] = new Date(time).toISOString().slice(2, 10).split('-');
    const seconds = parser.parse(encoder.encode(`${day}/${month}/${year} 23:59:58`), 0);
    if (seconds * 1000 !== time) wrong.push(`${day}/${month}/${year}: ${seconds}`);
  }
  expect(wrong).toEqual([]);
});

test('every second of a day equals Date.UTC', () => {
  const parser = new TimestampParser();
  const wrong: string[] = [];
  const midnight = Date.UTC(2024, 1, 29);
  for (let second = 0; second < 86_400; second += 1) {
    const time = midnight + second * 1000;
    const text = `29/02/24 ${new Date(time).toISOString().slice(11, 19)}`;
    if (parser.parse(encoder.encode(text), 0) * 1000 !== time) wrong.push(text);
  }
  expect(wrong).toEqual([]);
});

test('a remembered day does not leak into the next timestamp', () => {
  const parser = new TimestampParser();
  const times = ['28/02/25', '01/03/25', '28/02/24', '28/03/24'].map((day) =>
    parser.parse(encoder.encode(`${day} 00:00:00`), 0),
  );
  const expected = [
    Date.UTC(2025, 1, 28),
    Date.UTC(2025, 2, 1),
    Date.UTC(2024, 1, 28),
    Date.UTC(2024, 2, 28),
  ];
  expect(times).toEqual(expected.map((time) => time / 1000));
});

test.each([
  '29/02/25 00:00:00',
  '30/02/24 00:00:00',
  '31/04/25 00:00:00',
  '00/01/25 00:00:00',
  '01/00/25 00:00:00',
  '01/13/25 00:00:00',
  '32/01/25 00:00:00',
  '01/01/25 24:00:00',
  '01/01/25 00:60:00',
  '01/01/25 00:00:60',
  '01-01-25 00:00:00',
  '01/01/25T00:00:00',
  '01/01/25 00.00.00',
  ' 1/01/25 00:00:00',
  '01/01/25 0a:00:00',
  '2025/01/01 00:00:',
  '-1/01/25 00:00:00',
  '99/99/99 99:99:99',
])('%s is refused', (text) => {
  expect(parse(text)).toBe(-1);
});

test('a refused day does not make the next good one fail', () => {
  const parser = new TimestampParser();
  expect(parser.parse(encoder.encode('31/02/25 00:00:00'), 0)).toBe(-1);
  expect(parser.parse(encoder.encode('31/02/25 10:00:00'), 0)).toBe(-1);
  expect(parser.parse(encoder.encode('01/03/25 00:00:01'), 0)).toBe(Date.UTC(2025, 2, 1) / 1000 + 1);
});
