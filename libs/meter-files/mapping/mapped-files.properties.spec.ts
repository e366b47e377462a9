import { describe, expect, test } from 'vitest';
import type { ColumnMapping } from '#libs/contracts';
import { CodedError } from '#libs/errors';
import { collectMeterFile, seededRandom } from '../../../test/fixtures/collected-meter-file.js';
import { longMapping, wideMapping } from './mapping.fixtures.js';

// Of a table without a header, as many rows as tell the width of the others.
const times = ['00:00', '00:15', '00:30', '00:45'];

const wideFile = `Time;Hall [kW];Note;Voltage;Other\n${times
  .map((at, row) => `01/07/2026 ${at};1${row},5;"a; n${row}";23${row},25;9${row}\n`)
  .join('')}`;
const longFile = `date,time,channel,value,state\r\n${times
  .flatMap((at, row) =>
    ['P', 'U'].map((key, index) => `2026-07-01,${at},${key},${10 * row + index}.5,ok\r\n`),
  )
  .join('')}`;

interface Sample {
  text: string;
  mapping: ColumnMapping;
  /** Lines of one row. */
  lines: number;
}

const samples: Record<string, Sample> = {
  wide: { text: wideFile, mapping: wideMapping, lines: 1 },
  'wide without a header': {
    text: wideFile.slice(wideFile.indexOf('\n') + 1),
    mapping: { ...wideMapping, hasHeader: false },
    lines: 1,
  },
  long: { text: longFile, mapping: longMapping, lines: 2 },
};

/** What structures a table, and what a number is made of. */
const telling = Array.from('\n\r;,"\t .-0179eEPUx', (letter) => letter.charCodeAt(0));

function bytesInstead(byte = 0): number[] {
  const bits = [0, 3, 7].map((bit) => byte ^ (1 << bit));
  return [...new Set([...telling, ...bits])].filter((other) => other !== byte);
}

type Collected = Awaited<ReturnType<typeof collectMeterFile>>;

/** Each as `time channel value`, so that a value that moves is another one. */
function valuesOf({ rows }: Collected): string[] {
  return rows.flatMap(({ time, values }) =>
    values.flatMap((value, channel) => (Number.isNaN(value) ? [] : [`${time} ${channel} ${value}`])),
  );
}

function placeOf(value: string): string {
  return value.slice(0, value.lastIndexOf(' '));
}

describe.each(Object.entries(samples))('%s', (_, { text, mapping, lines }) => {
  const bytes = new TextEncoder().encode(text);
  const rowsFrom = mapping.hasHeader ? text.indexOf('\n') + 1 : 0;
  const columns =
    mapping.values.layout === 'wide'
      ? mapping.values.channels.map(({ column }) => column)
      : [mapping.values.valueColumn];

  function withByte(at: number, byte: number): Uint8Array {
    const flipped = bytes.slice();
    flipped[at] = byte;
    return flipped;
  }

  const read = (file: Uint8Array) => collectMeterFile(file, { mapping });

  async function readOrRefused(file: Uint8Array): Promise<Collected | undefined> {
    try {
      return await read(file);
    } catch (error) {
      if (error instanceof CodedError && error.code.startsWith('METER_FILE_')) return undefined;
      throw error;
    }
  }

  test('any prefix yields exactly its whole lines', async () => {
    const whole = valuesOf(await read(bytes));
    for (let length = 1; length <= text.length; length += 1) {
      const found = await readOrRefused(bytes.subarray(0, length));
      if (length < rowsFrom - 1) expect(found).toBeUndefined();
      if (found === undefined) continue;
      const body = text.slice(rowsFrom, length);
      const ended = body.split('\n').length - 1 + (body.endsWith('\r') ? 1 : 0);
      const perLine = lines === 1 ? 2 : 1;
      expect(valuesOf(found)).toEqual(whole.slice(0, ended * perLine));
      const isCut = !/[\r\n]$/u.test(text.slice(0, length));
      expect(found.report.incomplete).toBe(isCut);
      expect(found.report.rejectedRows).toEqual({ truncated: isCut ? 1 : 0, timestamp: 0 });
    }
  });

  test('a flipped byte in the rows changes no value of another line', { timeout: 60_000 }, async () => {
    const whole = valuesOf(await read(bytes));
    const perLine = lines === 1 ? 2 : 1;
    for (let at = rowsFrom; at < bytes.length; at += 1) {
      const line = text.slice(rowsFrom, at).split('\n').length - 1;
      // A flipped line break joins its line to the next one.
      const last = /[\r\n]/u.test(text[at] ?? '') ? line + 1 : line;
      const others = new Set([...whole.slice(0, line * perLine), ...whole.slice((last + 1) * perLine)]);
      for (const byte of bytesInstead(bytes[at])) {
        const found = valuesOf(await read(withByte(at, byte)));
        const own = found.filter((value) => !others.has(value));
        expect(own.length).toBeLessThanOrEqual(perLine * (last - line + 1));
        const kept = new Set(found);
        // Where the time or the channel is flipped into another one, the later of two lines wins as ever.
        const lost = [...others].filter((value) => !kept.has(value));
        for (const value of lost) expect(own.map(placeOf)).toContain(placeOf(value));
        if (columns.includes(columnAt(text, at, mapping.delimiter) ?? 0)) {
          expect(lost).toEqual([]);
          // A value that was flipped is another one in its place; none is where there was none.
          for (const value of own) expect(whole.map(placeOf)).toContain(placeOf(value));
          expect(own.filter((value) => !whole.includes(value)).length).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  test('a flipped byte in the header refuses the file, rejects rows, or changes nothing', async () => {
    const whole = valuesOf(await read(bytes));
    const random = seededRandom(13);
    for (let at = 0; at < rowsFrom; at += 1) {
      for (let round = 0; round < 4; round += 1) {
        const found = await readOrRefused(withByte(at, Math.floor(random() * 256)));
        for (const value of found === undefined ? [] : valuesOf(found)) expect(whole).toContain(value);
      }
    }
  });
});

test('random bytes never throw anything but coded errors', async () => {
  const random = seededRandom(17);
  for (let round = 0; round < 500; round += 1) {
    const bytes = Uint8Array.from({ length: Math.floor(random() * 400) }, () => Math.floor(random() * 256));
    for (const mapping of [
      wideMapping,
      { ...longMapping, encoding: 'utf-16le' as const, hasHeader: false },
    ]) {
      const failure: unknown = await collectMeterFile(bytes, { mapping }).catch((error: unknown) => error);
      expect(failure instanceof Error && !(failure instanceof CodedError)).toBe(false);
    }
  }
});

/** 1-based column that the character stands in; undefined for a delimiter or line break. */
function columnAt(text: string, at: number, delimiter: string): number | undefined {
  const letter = text[at] ?? '';
  if (letter === delimiter || /[\r\n]/u.test(letter)) return undefined;
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at).replaceAll(/"[^"]*"?/gu, '');
  return before.split(delimiter).length;
}
