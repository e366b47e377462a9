import { expect, test } from 'vitest';
import { CodedError } from '#libs/errors';
import { collectMeterFile, testNow } from '../../test/fixtures/collected-meter-file.js';
import { StatisticsAccumulator } from './channel-statistics.js';
import { distinctStatistics } from './distinct-statistics.js';
import { openScan } from './open-scan.js';
import type { ScanConsumer } from './scan.js';
import { readMeterFile } from './reader.js';

const header = '02001283\t02001283\t02001283\nMV_T302_V002\tPh 1 V\tVoie1 W\n';
const firstRow = '01/05/26 00:00:00\t230.5\t100.0\n';
const lastRow = '01/05/26 00:10:00\t231.5\t-20.0\n';

test('of two rows with the same time the later wins, per channel, and a rejected value erases nothing', async () => {
  const file = `${header}${firstRow}01/05/26 00:10:00\t1\t10\n01/05/26 00:10:00\t2\tNaN\n01/05/26 00:20:00\t4\t40\n`;
  const { report, rows } = await collectMeterFile(file);
  expect(rows.map(({ values }) => values[0])).toEqual([230.5, 1, 2, 4]);
  expect(report).toMatchObject({ rows: 4, points: 6, duplicateRows: 1, rejectedValues: 1 });
  expect(report.channels[0]).toMatchObject({ count: 3, min: 2, max: 230.5, mean: (230.5 + 2 + 4) / 3 });
  expect(report.channels[1]).toMatchObject({ count: 3, min: 10, max: 100, mean: 50 });
});

test('a point counts when only the earlier of two rows has its value', async () => {
  const { report } = await collectMeterFile(`${header}01/05/26 00:10:00\t\t10\n01/05/26 00:10:00\t\t\n`);
  expect(report).toMatchObject({ rows: 2, points: 1, duplicateRows: 1 });
});

test('rows out of order without repeats are all distinct', async () => {
  const { report } = await collectMeterFile(header + lastRow + firstRow);
  expect(report).toMatchObject({
    rows: 2,
    points: 4,
    duplicateRows: 0,
    firstTime: '2026-05-01T00:00:00.000Z',
    lastTime: '2026-05-01T00:10:00.000Z',
  });
});

test('blocks hold at most blockRows rows', async () => {
  const file = new TextEncoder().encode(
    header + Array.from({ length: 9 }, (_, n) => firstRow.replace('00:00', `0${n}:00`)).join(''),
  );
  const sizes: number[] = [];
  await readMeterFile(() => streamOf(file), {
    now: testNow,
    blockRows: 4,
    onRows: ({ rowCount }) => void sizes.push(rowCount),
  });
  expect(sizes).toEqual([4, 4, 1]);
});

test('opens an ordered file once', async () => {
  let opened = 0;
  const file = new TextEncoder().encode(header + firstRow + lastRow);
  const open = (): AsyncIterable<Uint8Array> => {
    opened += 1;
    return streamOf(file);
  };
  await readMeterFile(open, { now: testNow });
  expect(opened).toBe(1);
});

test('what grows after the first pass is not counted, what changes is an error', async () => {
  const file = header + lastRow + lastRow;
  const versions = (second: string) => {
    const texts = [file];
    return () => streamOf(new TextEncoder().encode(texts.shift() ?? second));
  };
  const grown = await readMeterFile(versions(file + firstRow), { now: testNow });
  expect(grown).toMatchObject({ rows: 2, points: 2, bytes: file.length });
  for (const second of [file.replace('231', '999'), file.slice(0, -5), header.slice(0, 10), '']) {
    const error: unknown = await readMeterFile(versions(second), { now: testNow }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(CodedError);
    expect(error).toMatchObject({ code: 'METER_FILE_UNREADABLE' });
  }
});

test.each(['onHeader', 'onRows'] as const)('passes on what %s throws', async (callback) => {
  const failure = new CodedError('DATABASE_UNAVAILABLE');
  const options = { now: testNow, [callback]: () => Promise.reject(failure) };
  const file = new TextEncoder().encode(header + firstRow);
  await expect(readMeterFile(() => streamOf(file), options)).rejects.toBe(failure);
});

test('merges in several rounds when the repeated rows exceed what may be held at once', async () => {
  const minutes = Array.from({ length: 10 }, (_, minute) => `01/05/26 00:0${minute}:00`);
  const rows = ['x\t1', '2\t2', '3\tx'].flatMap((values) => minutes.map((time) => `${time}\t${values}\n`));
  const file = new TextEncoder().encode(header + firstRow.replace('26', '25') + rows.join(''));
  const report = await readMeterFile(() => streamOf(file), { now: testNow });
  const { header: found } = await collectMeterFile(file);
  const first = { ...report, channelCount: 2, statistics: new StatisticsAccumulator(2) };
  let opened = 0;
  const open = (): AsyncIterable<Uint8Array> => {
    opened += 1;
    return streamOf(file);
  };
  const beginScan = (consumer: ScanConsumer) => openScan(consumer, {});
  const { statistics, distinctRows } = await distinctStatistics({ open, beginScan }, first, 6);
  // Once for the times, then three rows of two channels at a time.
  expect(opened).toBe(1 + 4);
  expect(distinctRows).toBe(11);
  expect(statistics.describe(found)).toEqual(report.channels);
  expect(report.channels.map(({ count, max }) => [count, max])).toEqual([
    [11, 230.5],
    [11, 100],
  ]);
});

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
