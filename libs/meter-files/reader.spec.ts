import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { collectMeterFile } from '../../test/fixtures/collected-meter-file.js';
import { limits } from './limits.js';

const header = '02001283\t02001283\t02001283\nMV_T302_V002\tPh 1 V\tVoie1 W\n';
const firstRow = '01/05/26 00:00:00\t230.5\t100.0\n';
const lastRow = '01/05/26 00:10:00\t231.5\t-20.0\n';

test('a whole file: rows, statistics, times, size and hash', async () => {
  const file = header + firstRow + lastRow;
  const { report, rows } = await collectMeterFile(file);
  expect(rows).toEqual([
    { time: '2026-05-01T00:00:00.000Z', values: [230.5, 100] },
    { time: '2026-05-01T00:10:00.000Z', values: [231.5, -20] },
  ]);
  expect(report).toEqual({
    format: 'MV_T302_V002',
    masterSerial: '02001283',
    metadata: {},
    timeZone: 'UTC',
    channels: [
      {
        deviceSerial: '02001283',
        label: 'U1',
        name: 'Ph 1',
        unit: 'V',
        count: 2,
        min: 230.5,
        max: 231.5,
        mean: 231,
      },
      {
        deviceSerial: '02001283',
        label: 'Ch1',
        name: 'Voie1',
        unit: 'W',
        count: 2,
        min: -20,
        max: 100,
        mean: 40,
      },
    ],
    rows: 2,
    points: 4,
    duplicateRows: 0,
    rejectedRows: { truncated: 0, timestamp: 0 },
    rejectedValues: 0,
    suspiciousTimes: 0,
    daylightSaving: { ambiguousRows: 0, skippedRows: 0, resolution: null },
    incomplete: false,
    problems: [],
    firstTime: '2026-05-01T00:00:00.000Z',
    lastTime: '2026-05-01T00:10:00.000Z',
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  });
});

test('a file of header lines alone is valid and has no rows', async () => {
  const { report, rows } = await collectMeterFile(header);
  expect(rows).toEqual([]);
  expect(report).toMatchObject({ rows: 0, points: 0, incomplete: false, firstTime: null, lastTime: null });
  expect(report.channels[0]).toMatchObject({ count: 0, min: null, max: null, mean: null });
});

test.each([
  ['too few columns', '01/05/26 00:10:00\t24\n', '2 columns instead of 3'],
  ['too many columns', '01/05/26 00:10:00\t1\t2\t3\n', '4 columns instead of 3'],
  ['a tab too many', '01/05/26 00:10:00\t1\t2\t\n', '4 columns instead of 3'],
  ['a timestamp alone', '01/05/26 00:10:00\n', '1 column instead of 3'],
  ['a cut timestamp', '01/05/26 00:1\n', '1 column instead of 3'],
  ['END_DATA in a format without it', 'END_DATA\n', '1 column instead of 3'],
  ['a line over the limit', `01/05/26 00:10:00\t1\t${'9'.repeat(limits.lineBytes)}\n`, 'longer than'],
])('rejects the whole row: %s', async (_, line, reason) => {
  const { report, rows } = await collectMeterFile(header + firstRow + line + lastRow);
  expect(rows.map(({ values }) => values[0])).toEqual([230.5, 231.5]);
  expect(report.rejectedRows).toEqual({ truncated: 1, timestamp: 0 });
  expect(report.incomplete).toBe(false);
  expect(report.problems).toEqual([
    { line: 4, column: null, kind: 'truncated', reason: expect.stringContaining(reason) },
  ]);
});

test.each([
  ['a cut number', '01/05/26 00:20:00\t24'],
  ['a row that looks whole', '01/05/26 00:20:00\t244.3\t24'],
  ['a cut timestamp', '01/05/26 19:30:0'],
  ['a carriage return without its line feed', '01/05/26 00:20:00\t244.3\t24\r'],
])('rejects a last line without its line feed: %s', async (_, line) => {
  const { report } = await collectMeterFile(header + firstRow + lastRow + line);
  expect(report).toMatchObject({
    rows: 2,
    points: 4,
    incomplete: true,
    rejectedRows: { truncated: 1, timestamp: 0 },
  });
  expect(report.problems).toMatchObject([{ line: 5, column: null, kind: 'truncated' }]);
});

test.each([
  '31/02/26 00:00:00',
  '01/05/26 24:00:00',
  '01/05/26  0:00:00',
  '2026-05-01 00:00:00',
  'yesterday',
  '',
])('a bad timestamp rejects the row: %j', async (time) => {
  const { report, rows } = await collectMeterFile(`${header}${time}\t1\t2\n${lastRow}`);
  expect(rows).toHaveLength(1);
  expect(report.rejectedRows).toEqual({ truncated: 0, timestamp: 1 });
  expect(report.problems).toEqual([
    { line: 3, column: 1, kind: 'timestamp', reason: expect.stringContaining(`"${time}"`) },
  ]);
});

test.each(['', 'NaN', 'inf', '-inf', 'Infinity', 'error', '1,5', ' 1', '1e999'])(
  'a bad value rejects that value alone: %j',
  async (text) => {
    const { report, rows } = await collectMeterFile(`${header}01/05/26 00:00:00\t${text}\t7\n${lastRow}`);
    expect(rows[0]?.values).toEqual([Number.NaN, 7]);
    expect(report).toMatchObject({
      rows: 2,
      points: 3,
      rejectedValues: 1,
      rejectedRows: { truncated: 0, timestamp: 0 },
    });
    expect(report.channels.map(({ count }) => count)).toEqual([1, 2]);
    expect(report.problems).toEqual([
      { line: 3, column: 2, kind: 'value', reason: expect.stringContaining(`"${text}"`) },
    ]);
  },
);

test('lists the first 100 problems and counts all of them', async () => {
  const { report } = await collectMeterFile(
    header + '01/05/26 00:00:00\tx\ty\n'.repeat(80) + 'cut\n'.repeat(50),
  );
  expect(report.problems).toHaveLength(100);
  expect(report.problems.at(-1)).toMatchObject({ line: 52, column: 3 });
  expect(report).toMatchObject({ rejectedValues: 160, rejectedRows: { truncated: 50, timestamp: 0 } });
});

test('CRLF and blank lines change nothing but size and line numbers', async () => {
  const file = header + firstRow + lastRow;
  const plain = await collectMeterFile(file);
  const spaced = await collectMeterFile(file.replaceAll('\n', '\r\n\r\n\n  \n'));
  expect(spaced.rows).toEqual(plain.rows);
  expect(spaced.report).toEqual({
    ...plain.report,
    bytes: spaced.report.bytes,
    sha256: spaced.report.sha256,
  });
});

test('negative zero is a value', async () => {
  const { report, rows } = await collectMeterFile(`${header}01/05/26 00:00:00\t-0.0\t1\n`);
  expect(Object.is(rows[0]?.values[0], -0)).toBe(true);
  expect(report.points).toBe(2);
});

test('clock-reset and future times are stored and counted', async () => {
  const times = ['31/12/20 23:59:59', '01/01/21 00:00:00', '02/07/26 12:00:00', '02/07/26 12:00:01'];
  const { report, rows } = await collectMeterFile(header + times.map((time) => `${time}\t1\t2\n`).join(''));
  expect(rows).toHaveLength(4);
  expect(report).toMatchObject({
    suspiciousTimes: 2,
    firstTime: '2020-12-31T23:59:59.000Z',
    lastTime: '2026-07-02T12:00:01.000Z',
  });
});

test('sums of huge values do not overflow, and a mean stays between its values', async () => {
  const rows = ['1e308', '1.5e308', '1.7e308'].map(
    (value, index) => `0${index + 1}/05/26 00:00:00\t${value}\t0.1\n`,
  );
  const { report } = await collectMeterFile(header + rows.join(''));
  expect(report.channels[0]?.mean).toBeCloseTo(1.4e308, -300);
  expect(report.channels[1]?.mean).toBe(0.1);
});
