import { describe, expect, test } from 'vitest';
import { CodedError } from '#libs/errors';
import { collectMeterFile, seededRandom } from '../../test/fixtures/collected-meter-file.js';
import { meterFileText, type MeterFileOptions } from '../../test/fixtures/meter-files.js';
import { formats } from './format-registry.js';

const shape: MeterFileOptions = {
  format: 'MV_T302_V002',
  masterSerial: '02001283',
  masterChannels: 2,
  slaves: [{ serial: '04000001', channels: 1 }],
  start: new Date('2026-05-01T00:00:00Z'),
  rows: 6,
  intervalSeconds: 600,
};
/** One of every format that the registry finds: a new one is tried as well. */
const files = formats.map(({ name, envelope }) => {
  const text = meterFileText({ ...shape, format: name, ...(envelope !== null && { phases: 1 }) });
  return [name, text] as const;
});
const encoder = new TextEncoder();
/** What structures a file, and what a number is made of. */
const telling = Array.from('\n\r\t ./:-0179eEUx', (letter) => letter.charCodeAt(0));

/** `read`, or the code of the refusal; anything but a coded error fails the test. */
async function outcome(file: Uint8Array): Promise<string> {
  try {
    await collectMeterFile(file);
    return 'read';
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}

describe.each(files)('%s', (_, text) => {
  const bytes = encoder.encode(text);
  const rowsFrom = text.search(/^\d\d\//mu);
  const random = seededRandom(7);

  function flip(at: number): Uint8Array {
    const flipped = bytes.slice();
    flipped[at] = (flipped[at] ?? 0) ^ (1 + Math.floor(random() * 255));
    return flipped;
  }

  function withByte(at: number, byte: number): Uint8Array {
    const flipped = bytes.slice();
    flipped[at] = byte;
    return flipped;
  }

  test('a file cut in its header has no header', async () => {
    expect(await outcome(bytes.subarray(0, 0))).toBe('METER_FILE_EMPTY');
    for (let length = 1; length < rowsFrom; length += 1) {
      expect(await outcome(bytes.subarray(0, length))).toBe('METER_FILE_HEADER_MISSING');
    }
  });

  test('any longer prefix yields exactly its whole rows', async () => {
    const whole = await collectMeterFile(text);
    for (let length = rowsFrom; length <= text.length; length += 1) {
      const lines = text.slice(rowsFrom, length).split('\n');
      const rest = lines.pop() ?? '';
      const { rows, report } = await collectMeterFile(text.slice(0, length));
      expect(rows).toEqual(whole.rows.slice(0, lines.filter((line) => line !== 'END_DATA').length));
      const cut = rest !== '' && rest !== 'END_DATA';
      expect(report.rejectedRows).toEqual({ truncated: cut ? 1 : 0, timestamp: 0 });
      const ended = [...lines, rest].includes('END_DATA') === text.includes('END_DATA');
      expect(report.incomplete).toBe(cut || !ended);
    }
  });

  test('a flipped byte in the header throws nothing but coded errors', async () => {
    for (let at = 0; at < 4 * rowsFrom; at += 1) {
      expect(await outcome(flip(at >> 2))).toMatch(/^(?:read|METER_FILE_.*)$/u);
    }
  });

  test('a flipped byte in the rows throws nothing and changes no value outside its row', async () => {
    const whole = await collectMeterFile(text);
    for (let at = rowsFrom; at < bytes.length; at += 1) {
      const before = text.slice(rowsFrom, at).split('\n').length - 1;
      // A flipped line feed joins its row to the next one.
      const after = whole.rows.slice(before + (text[at] === '\n' ? 2 : 1));
      for (let round = 0; round < 4; round += 1) {
        const { rows } = await collectMeterFile(flip(at));
        expect(rows.slice(0, before)).toEqual(whole.rows.slice(0, before));
        expect(rows.slice(rows.length - after.length)).toEqual(after);
        expect(rows.length).toBeLessThanOrEqual(whole.rows.length);
      }
    }
  });

  test('a flipped byte in a value changes that value alone, or rejects it or its row', async () => {
    const whole = (await collectMeterFile(text)).rows;
    for (let at = rowsFrom; at < bytes.length; at += 1) {
      const lineStart = text.lastIndexOf('\n', at - 1) + 1;
      const column = text.slice(lineStart, at).split('\t').length - 2;
      const isValue = column >= 0 && !/[\t\n]/u.test(text[at] ?? '');
      if (!isValue) continue;
      const row = text.slice(rowsFrom, at).split('\n').length - 1;
      for (const byte of telling) {
        const { rows } = await collectMeterFile(withByte(at, byte));
        const expected = structuredClone(whole);
        const kept = rows.find(({ time }) => time === whole[row]?.time);
        if (kept === undefined) expected.splice(row, 1);
        else expected[row]?.values.splice(column, 1, kept.values[column] ?? Number.NaN);
        expect(rows).toEqual(expected);
      }
    }
  });

  // What it may change is whose they are: serial numbers, names and units stand nowhere else.
  test('a flipped byte in the header refuses the file, or leaves times and numbers as they are', async () => {
    const whole = (await collectMeterFile(text)).rows;
    for (let at = 0; at < rowsFrom; at += 1) {
      for (const byte of telling) {
        const flipped = withByte(at, byte);
        if ((await outcome(flipped)) !== 'read') continue;
        expect((await collectMeterFile(flipped)).rows).toEqual(whole);
      }
    }
  });

  test('the size of the chunks changes nothing', async () => {
    // Rejected rows and values, CRLF and a repeated time, so that every way through the reader is taken.
    const rows = text.slice(rowsFrom).split('\n', 2);
    const dirty = encoder.encode(
      `${text.replace('END_DATA\n', '')}x\t1\n\r\n${rows[0]?.replace('.', 'x')}\r\n${rows[1]?.replace('/', '-')}\n01/05`,
    );
    const whole = await collectMeterFile(dirty);
    expect(whole.report).toMatchObject({ rejectedValues: 1, rejectedRows: { truncated: 2, timestamp: 1 } });
    expect(whole.report.duplicateRows).toBe(1);
    expect(await collectMeterFile(Array.from(dirty, (byte) => Uint8Array.of(byte)))).toEqual(whole);
    for (let round = 0; round < 50; round += 1) {
      const chunks: Uint8Array[] = [];
      for (let from = 0; from < dirty.length;) {
        const to = from + Math.floor(random() * 200);
        chunks.push(dirty.subarray(from, to));
        from = to;
      }
      expect(await collectMeterFile(chunks, { blockRows: 1 + Math.floor(random() * 4) })).toEqual(whole);
    }
  });
});

test('statistics over random rows with repeats equal those of a map from time to value', async () => {
  const random = seededRandom(11);
  for (let round = 0; round < 50; round += 1) {
    const winners = new Map<number, number>();
    let text = '1\t1\nMV_T302_V002\tPh 1 V\n';
    const rows = 1 + Math.floor(random() * 60);
    for (let row = 0; row < rows; row += 1) {
      const second = Math.floor(random() * 60);
      const value = random() < 0.2 ? 'NaN' : (random() * 1000 - 500).toFixed(2);
      text += `01/05/26 00:00:${String(second).padStart(2, '0')}\t${value}\n`;
      if (value !== 'NaN') winners.set(second, Number(value));
    }
    const { report } = await collectMeterFile(text, { blockRows: 7 });
    const values = [...winners.values()];
    const [channel] = report.channels;
    expect(report.points).toBe(values.length);
    expect(channel?.min).toBe(values.length === 0 ? null : Math.min(...values));
    expect(channel?.max).toBe(values.length === 0 ? null : Math.max(...values));
    if (values.length === 0) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(channel?.mean).toBeCloseTo(mean, 9);
  }
});

test('random bytes are refused with a coded error', async () => {
  const random = seededRandom(5);
  for (let round = 0; round < 500; round += 1) {
    const bytes = Uint8Array.from({ length: Math.floor(random() * 400) }, () => Math.floor(random() * 256));
    expect(await outcome(bytes)).toMatch(/^METER_FILE_/u);
  }
});
