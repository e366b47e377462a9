import { expect, test } from 'vitest';
import { collectMeterFile } from '../../test/fixtures/collected-meter-file.js';

const header = '02001283\t02001283\t02001283\nMV_T302_V002\tPh 1 V\tVoie1 W\n';
const firstRow = '01/05/26 00:00:00\t230.5\t100.0\n';
const lastRow = '01/05/26 00:10:00\t231.5\t-20.0\n';

function wrapped(rows: string, settings: object = { DataTimeSettings: 'UTC' }): string {
  const names = header.replace('V002', 'V003');
  return `START_HEADER\n${JSON.stringify(settings)}\nEND_HEADER\nSTART_DATA\n${names}${rows}`;
}

test.each([
  ['with a line feed', 'END_DATA\n'],
  ['without one', 'END_DATA'],
  ['with CRLF', 'END_DATA\r\n'],
  ['with blank lines after it', 'END_DATA\n\n\n'],
])('V003 is complete at END_DATA, %s', async (_, end) => {
  const { report } = await collectMeterFile(wrapped(firstRow + end));
  expect(report).toMatchObject({ rows: 1, incomplete: false, rejectedRows: { truncated: 0, timestamp: 0 } });
});

test('V003 without END_DATA is incomplete, though its rows are whole', async () => {
  const { report } = await collectMeterFile(wrapped(firstRow));
  expect(report).toMatchObject({ rows: 1, incomplete: true, rejectedRows: { truncated: 0, timestamp: 0 } });
});

test('V003 cut inside END_DATA, and rows after it, are rejected', async () => {
  expect((await collectMeterFile(wrapped(`${firstRow}END_DA`))).report).toMatchObject({
    rows: 1,
    incomplete: true,
    rejectedRows: { truncated: 1, timestamp: 0 },
  });
  expect((await collectMeterFile(wrapped(`${firstRow}END_DATA\n${lastRow}`))).report).toMatchObject({
    rows: 1,
    incomplete: false,
    rejectedRows: { truncated: 1, timestamp: 0 },
    problems: [{ line: 9, reason: 'after END_DATA' }],
  });
  expect((await collectMeterFile(wrapped(`${firstRow}END_DATA\n${lastRow}01/0`))).report).toMatchObject({
    incomplete: true,
    rejectedRows: { truncated: 2, timestamp: 0 },
  });
});

test('V003 in local time is converted, and the report says how the changed hour was read', async () => {
  const times = ['25/10/25 12:00:00', '26/10/25 02:50:00', '26/10/25 02:00:00', '29/03/26 02:30:00'];
  const rows = times.map((time) => `${time}\t1\t2\n`).join('');
  const settings = { DataTimeSettings: 'LOCAL', TimeZoneName: 'Europe/Paris' };
  const found = await collectMeterFile(wrapped(`${rows}END_DATA\n`, settings));
  expect(found.rows.map(({ time }) => time.slice(0, 16))).toEqual([
    '2025-10-25T10:00',
    '2025-10-26T00:50',
    '2025-10-26T01:00',
    '2026-03-29T01:30',
  ]);
  expect(found.report).toMatchObject({ timeZone: 'Europe/Paris', metadata: settings });
  expect(found.report.daylightSaving).toMatchObject({ ambiguousRows: 2, skippedRows: 1 });
  expect(found.report.daylightSaving.resolution).toContain('Europe/Paris');
});
