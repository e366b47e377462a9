import { describe, expect, test } from 'vitest';
import { columnMapping, type ColumnMapping } from '#libs/contracts';
import { collectMeterFile } from '../../../test/fixtures/collected-meter-file.js';
import { MeterFileRefused } from '../refusal.js';
import type { RejectedLine } from '../row-problems.js';
import { rejectedLines } from '../rejected-lines.js';
import { longMapping, wideMapping } from './mapping.fixtures.js';

const header = 'Time;Hall [kW];Note;Voltage\n';

function collect(file: string | Uint8Array, mapping: ColumnMapping = wideMapping, blockRows?: number) {
  return collectMeterFile(file, { mapping, ...(blockRows !== undefined && { blockRows }) });
}

test('the mappings of these tests are ones that the API takes', () => {
  for (const mapping of [wideMapping, longMapping]) expect(columnMapping.parse(mapping)).toEqual(mapping);
});

describe('one column per channel', () => {
  test('values by decimal comma and factor, times by zone, and a report as of a meter file', async () => {
    const {
      rows,
      report,
      header: found,
    } = await collect(`${header}01/07/2026 00:00;1,5;"a; note";230,25\n01/07/2026 00:15;-2;;231\n`);
    expect(rows).toEqual([
      { time: '2026-06-30T22:00:00.000Z', values: [1_500, 230.25] },
      { time: '2026-06-30T22:15:00.000Z', values: [-2_000, 231] },
    ]);
    expect(report).toMatchObject({
      format: 'CSV',
      masterSerial: 'LOGGER-7',
      timeZone: 'Europe/Paris',
      rows: 2,
      points: 4,
      duplicateRows: 0,
      rejectedRows: { truncated: 0, timestamp: 0 },
      rejectedValues: 0,
      incomplete: false,
      problems: [],
      firstTime: '2026-06-30T22:00:00.000Z',
    });
    expect(report.channels[0]).toMatchObject({
      label: 'Ch1',
      name: 'Hall',
      unit: 'W',
      count: 2,
      min: -2_000,
    });
    expect(found.channels.map(({ quantity, isMaster }) => [quantity, isMaster])).toEqual([
      ['power', true],
      ['voltage', true],
    ]);
  });

  test('reads the same whatever the chunks and the blocks', async () => {
    const lines = Array.from(
      { length: 50 },
      (_, index) => `01/07/2026 00:${String(index).padStart(2, '0')};${index};;2`,
    );
    const bytes = new TextEncoder().encode(`\uFEFF${header}${lines.join('\r\n')}\r\n`);
    const whole = await collect(bytes);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
      bytes.subarray(index * 7, (index + 1) * 7),
    );
    const cut = await collectMeterFile(chunks, { mapping: wideMapping, blockRows: 3 });
    expect(whole.rows).toHaveLength(50);
    expect(cut).toEqual(whole);
  });

  test('says by line and column what it rejects, and keeps the rest of the row', async () => {
    const { rows, report } = await collect(
      [
        header.trim(),
        '01/07/2026 00:00;1.5;;230',
        'yesterday;1;;2',
        '',
        '01/07/2026 00:15;1',
        '01/07/2026 00:30;1;;x',
        '01/07/2026 00:45;1;;2;3',
        '01/07/2026 01:00;1;"2;3',
        '01/07/2026 01:15;1;;2',
      ].join('\n'),
    );
    expect(rows.map(({ values }) => values)).toEqual([
      [Number.NaN, 230],
      [1_000, Number.NaN],
    ]);
    expect(report.problems).toEqual([
      { line: 2, column: 2, kind: 'value', reason: '"1.5" is not a decimal number' },
      { line: 3, column: 1, kind: 'timestamp', reason: '"yesterday" is not a time DD/MM/YYYY HH:mm' },
      { line: 5, column: null, kind: 'truncated', reason: '2 columns, and the mapping reads column 4' },
      { line: 6, column: 4, kind: 'value', reason: '"x" is not a decimal number' },
      { line: 7, column: null, kind: 'truncated', reason: '5 columns instead of 4' },
      {
        line: 8,
        column: null,
        kind: 'truncated',
        reason: 'a quote is opened and not closed before the next column',
      },
      { line: 9, column: null, kind: 'truncated', reason: 'cut off: the last line has no line break' },
    ]);
    expect(report).toMatchObject({
      rejectedRows: { truncated: 4, timestamp: 1 },
      rejectedValues: 2,
      incomplete: true,
    });
  });

  test('an empty cell, or what the mapping says, is no value and no problem', async () => {
    const { rows, report } = await collect(`${header}01/07/2026 00:00;;;n/a\n`, {
      ...wideMapping,
      noValue: ['n/a'],
    });
    expect(rows).toEqual([{ time: '2026-06-30T22:00:00.000Z', values: [Number.NaN, Number.NaN] }]);
    expect(report).toMatchObject({ rows: 1, points: 0, rejectedValues: 0, problems: [] });
  });

  test('skips lines before the header, and moves times that name the end of an interval', async () => {
    const time = { ...wideMapping.time, shiftSeconds: -900 };
    const { rows } = await collect(`Logger 7\nof the hall\n${header}01/07/2026 00:15;1;;2\n`, {
      ...wideMapping,
      skipLines: 2,
      time,
    });
    expect(rows).toMatchObject([{ time: '2026-06-30T22:00:00.000Z' }]);
  });

  test('takes the hour that the clock shows twice in the order of the rows', async () => {
    const clock = ['01:45', '02:00', '02:45', '02:00', '02:45', '03:00'];
    const { rows, report } = await collect(header + clock.map((at) => `26/10/2025 ${at};1;;2\n`).join(''));
    expect(rows.map(({ time }) => time.slice(11, 16))).toEqual([
      '23:45',
      '00:00',
      '00:45',
      '01:00',
      '01:45',
      '02:00',
    ]);
    expect(report.daylightSaving.ambiguousRows).toBe(4);
  });

  test('takes the hour that comes twice of an hourly file, whichever end stands first', async () => {
    const clock = ['00:00', '01:00', '02:00', '02:00', '03:00', '04:00'];
    const file = (times: string[]) => header + times.map((at) => `26/10/2025 ${at};1;;2\n`).join('');
    const times = (found: Awaited<ReturnType<typeof collect>>) =>
      found.rows.map(({ time }) => time.slice(11, 13));
    const ascending = await collect(file(clock));
    expect(times(ascending)).toEqual(['22', '23', '00', '01', '02', '03']);
    expect(ascending.report.duplicateRows).toBe(0);
    const descending = await collect(file(clock.toReversed()));
    expect(times(descending)).toEqual(['03', '02', '01', '00', '23', '22']);
  });

  test('a row with a delimiter too many is no row, even in front of all others', async () => {
    const rows = ['01/07/2026 00:00;1;2;;230', '01/07/2026 00:15;1;;231', '01/07/2026 00:30;1;;232'];
    const { rows: found, report } = await collect(`${rows.join('\n')}\n`, {
      ...wideMapping,
      hasHeader: false,
    });
    expect(found.map(({ values }) => values[1])).toEqual([231, 232]);
    expect(report.problems).toMatchObject([{ line: 1, reason: '5 columns instead of 4' }]);
  });

  test('reads the Windows code page and UTF-16', async () => {
    const latin = Uint8Array.from(`Zeit;T [\u00b0C];;x\n01/07/2026 00:00;1;;2\n`, (letter) =>
      letter.charCodeAt(0),
    );
    expect((await collect(latin, { ...wideMapping, encoding: 'windows-1252' })).rows).toHaveLength(1);
    const utf16 = Buffer.from(`\uFEFF${header}01/07/2026 00:00;1;;2\r\n`, 'utf16le');
    expect((await collect(utf16, { ...wideMapping, encoding: 'utf-16le' })).rows).toHaveLength(1);
  });
});

describe('one line per channel and time', () => {
  const first = 'date,time,channel,value\n';

  test('lines of a time become one row, whatever their order', async () => {
    const { report, rows } = await collect(
      `${first}2026-07-01,00:00,P,1\n2026-07-01,00:00,U,230\n2026-07-01,00:15,P,2\n2026-07-01,00:15,U,231\n2026-07-01,00:00,P,3\n`,
      longMapping,
    );
    expect(rows.map(({ values }) => values)).toEqual([
      [1, 230],
      [2, 231],
      [3, Number.NaN],
    ]);
    // The last line brings a value for a time that had one: it wins.
    expect(report).toMatchObject({ rows: 5, points: 4, duplicateRows: 1 });
    expect(report.channels[0]).toMatchObject({ count: 2, min: 2, max: 3 });
  });

  test('takes the hour that comes twice where each hour has a line per channel', async () => {
    const mapping = { ...longMapping, time: { ...longMapping.time, timeZone: 'Europe/Paris' } };
    const lines = ['01:00', '02:00', '02:00', '03:00'].flatMap((at) =>
      ['P', 'U'].map((key) => `2025-10-26,${at},${key},1\n`),
    );
    const { rows } = await collect(first + lines.join(''), mapping);
    expect(rows.map(({ time, values }) => [time.slice(11, 13), ...values])).toEqual(
      ['23', '00', '01', '02'].map((hour) => [hour, 1, 1]),
    );
  });

  test('rejects channels that the mapping does not know, and what is no number', async () => {
    const { report } = await collect(`${first}2026-07-01,00:00,Q,1\n2026-07-01,00:00,P,NaN\n`, longMapping);
    expect(report.problems).toEqual([
      { line: 2, column: 3, kind: 'value', reason: '"Q" is no channel of the mapping' },
      { line: 3, column: 4, kind: 'value', reason: '"NaN" is not a decimal number' },
    ]);
    expect(report).toMatchObject({ rows: 0, rejectedValues: 2 });
  });
});

describe('a file that the mapping cannot read', () => {
  test.each([
    ['is empty', '', 'METER_FILE_EMPTY'],
    ['has too few columns', 'Time;Hall\n01/07/2026 00:00;1\n', 'METER_FILE_HEADER_INVALID'],
    [
      'opens a quote in its header and never closes it',
      'Time;"Hall;Note;Voltage\n01/07/2026 00:15;1;;2\n',
      'METER_FILE_HEADER_INVALID',
    ],
    ['is cut off in its header', 'Time;Hall;Note;Voltage', 'METER_FILE_HEADER_MISSING'],
  ])('is refused as a whole when it %s', async (_, file, code) => {
    const refusal = collect(file);
    await expect(refusal).rejects.toBeInstanceOf(MeterFileRefused);
    await expect(refusal).rejects.toMatchObject({ code, bytes: file.length });
  });
});

describe('rejectedLines', () => {
  async function linesOf(file: string, mapping?: ColumnMapping) {
    async function* open() {
      yield new TextEncoder().encode(file);
    }
    const found: RejectedLine[] = [];
    for await (const line of rejectedLines(open, { mapping })) found.push(line);
    return found;
  }

  test('has every rejected line of a mapped file as it stands there', async () => {
    const bad = Array.from({ length: 150 }, (_, index) => `never;${index};"=1+1";2`);
    const found = await linesOf(`${header}${bad.join('\n')}\n01/07/2026 00:00;1;;2\n`, wideMapping);
    expect(found).toHaveLength(150);
    expect(found.at(-1)).toEqual({
      line: 151,
      problems: [
        { line: 151, column: 1, kind: 'timestamp', reason: '"never" is not a time DD/MM/YYYY HH:mm' },
      ],
      count: 1,
      raw: 'never;149;"=1+1";2',
    });
  });

  test('has every rejected line of a meter file, each once', async () => {
    const serials = '02001283\t02001283\t02001283\nMV_T302_V002\tPh 1 V\tVoie1 W\n';
    const found = await linesOf(`${serials}${'01/05/26 00:00:00\tx\ty\n'.repeat(200)}01/05/26 00:10:00\t2`);
    expect(found).toHaveLength(201);
    expect(found[199]).toMatchObject({ line: 202, count: 2, raw: '01/05/26 00:00:00\tx\ty' });
    expect(found[199]?.problems.map(({ column }) => column)).toEqual([2, 3]);
    expect(found[200]).toMatchObject({ line: 203, raw: '01/05/26 00:10:00\t2' });
  });

  test('says why when the file cannot be read at all', async () => {
    await expect(linesOf('nothing of a meter\n')).rejects.toMatchObject({
      code: 'METER_FILE_FORMAT_UNKNOWN',
    });
  });
});
