import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { collectMeterFile } from '../../test/fixtures/collected-meter-file.js';
import { limits } from './limits.js';
import { MeterFileRefused } from './refusal.js';

const serials = '02000800\t02000800\t04001002\n';
const names = 'MV_T302_V002\tPh 1 V\tVoie1 W\n';
const row = '01/05/26 00:00:00\t230.0\t1.5\n';
const names003 = names.replace('V002', 'V003');
const utc = { DataTimeSettings: 'UTC', MasterType: 'Mono' };

function wrapped(json: unknown, rest = `${serials}${names003}${row}END_DATA\n`): string {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return `START_HEADER\n${text}\nEND_HEADER\nSTART_DATA\n${rest}`;
}

async function refusal(file: string | Uint8Array | Uint8Array[]): Promise<MeterFileRefused> {
  try {
    await collectMeterFile(file);
  } catch (error) {
    if (error instanceof MeterFileRefused) return error;
    throw error;
  }
  return expect.fail('the file was accepted');
}

test.each([
  ['nothing', ''],
  ['blank lines only', '\n\r\n  \n'],
])('empty: %s', async (_, file) => {
  expect((await refusal(file)).code).toBe('METER_FILE_EMPTY');
});

test.each([
  ['another format', `${serials}MV_T999_V001\tPh 1 V\tVoie1 W\n`, 'line 2: "MV_T999_V001"'],
  ['a CSV file', 'time;power\n2026-01-01;5\n', 'line 2: "2026-01-01;5"'],
  ['text without a line feed', 'hello world', 'line 1'],
  ['one line of text', 'hello world\n', 'line 1'],
  ['a line over the limit', `${'x'.repeat(limits.lineBytes + 1)}\n${names}`, 'line 1'],
  ['another format in an envelope', wrapped(utc, `${serials}MV_T303\tA V\tB W\n`), 'line 6: "MV_T303"'],
])('format unknown: %s', async (_, file, detail) => {
  const error = await refusal(file);
  expect(error.code).toBe('METER_FILE_FORMAT_UNKNOWN');
  expect(error.detail).toContain(detail);
});

test('binary garbage is an unknown format, with or without line feeds', async () => {
  for (const bytes of [Uint8Array.of(0x1f, 0x8b, 8, 0, 255), Uint8Array.of(0, 10, 255, 10, 9, 10, 13)]) {
    expect((await refusal(bytes)).code).toBe('METER_FILE_FORMAT_UNKNOWN');
  }
});

test.each([
  ['rows only', row + row, 'line 1'],
  ['no line of serial numbers', names + row, 'line 1'],
  ['no line of names', serials + row, 'line 2'],
  ['serial numbers cut off', serials.slice(0, -4), 'line 1'],
  ['serial numbers without line feed', serials.trimEnd(), 'line 1'],
  ['serial numbers alone', serials, 'line of channel names'],
  ['format name cut off', `${serials}MV_T30`, 'line 2'],
  ['names cut off', `${serials}${names.slice(0, -5)}`, 'line 2'],
  ['names without line feed', `${serials}${names.trimEnd()}`, 'line 2'],
  ['start marker cut off', 'START_HEA', 'line 1'],
  ['JSON cut off', wrapped(utc).slice(0, 30), 'line 2'],
  ['no END_HEADER', 'START_HEADER\n{}\n', 'END_HEADER'],
  ['no START_DATA', 'START_HEADER\n{}\nEND_HEADER\n', 'START_DATA'],
  ['nothing in the data', wrapped(utc, ''), 'serial numbers'],
  ['a V003 file without its envelope', serials + names003 + row, 'START_HEADER'],
])('header missing: %s', async (_, file, detail) => {
  const error = await refusal(file);
  expect(error.code).toBe('METER_FILE_HEADER_MISSING');
  expect(error.detail).toContain(detail);
});

test.each([
  [
    'more names than serial numbers',
    `${serials}${names.trimEnd()}\tVoie2 W\n`,
    'line 2: 4 columns, but line 1 has 3',
  ],
  ['fewer names than serial numbers', `${serials}MV_T302_V002\tPh 1 V\n`, 'line 2'],
  ['an empty serial number', `02000800\t\t0400\n${names}`, 'line 1: column 2'],
  ['a serial number that is a path', `../../etc\ta\tb\n${names}`, 'line 1: column 1'],
  ['no channel', '02000800\nMV_T302_V002\n', 'line 1: no channel'],
  ['a control character in a name', `${serials}MV_T302_V002\tPh\u0000 V\tVoie1 W\n`, 'line 2: column 2'],
  ['a name without end', `${serials}MV_T302_V002\t${'x'.repeat(limits.cellCharacters + 1)}\tB W\n`, 'line 2'],
  [
    'too many columns',
    `${'7\t'.repeat(limits.columns)}7\nMV_T302_V002${'\tA W'.repeat(limits.columns)}\n`,
    'line 1',
  ],
  ['broken JSON', wrapped('{"DataTimeSettings":'), 'line 2'],
  ['JSON that is no object', wrapped('[]'), 'line 2'],
  ['no JSON', 'START_HEADER\nEND_HEADER\nSTART_DATA\n', 'line 2'],
  ['JSON without end', wrapped({ ...utc, note: 'x'.repeat(limits.metadataCharacters) }), 'line 2'],
  ['hostile depth', wrapped(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`), 'line 2'],
  ['NUL in the JSON', wrapped('{"DataTimeSettings":"UTC","a":"\\u0000"}'), 'line 2'],
  ['a lone surrogate in the JSON', wrapped('{"DataTimeSettings":"UTC","\\ud800":1}'), 'line 2'],
  [
    'an unknown time zone',
    wrapped({ DataTimeSettings: 'LOCAL', TimeZoneName: 'Mars/Phobos' }),
    'Mars/Phobos',
  ],
  ['local times of no time zone', wrapped({ DataTimeSettings: 'LOCAL' }), 'TimeZoneName'],
  ['times of no clock', wrapped({ MasterType: 'Tri' }), 'DataTimeSettings'],
  ['something else than START_DATA', `START_HEADER\n{}\nEND_HEADER\n${serials}`, 'line 4'],
  ['a V002 file in an envelope', wrapped(utc, serials + names + row), 'line 6'],
])('header invalid: %s', async (_, file, detail) => {
  const error = await refusal(file);
  expect(error.code).toBe('METER_FILE_HEADER_INVALID');
  expect(error.detail).toContain(detail);
});

test('a refusal knows size and SHA-256 of the whole file, also of what follows the bad header', async () => {
  const file = `${serials}MV_T999\tA V\tB W\n${row.repeat(1000)}`;
  const chunks = Array.from(Buffer.from(file), (byte) => Uint8Array.of(byte));
  const error = await refusal(chunks);
  expect(error.bytes).toBe(file.length);
  expect(error.sha256).toBe(createHash('sha256').update(file).digest('hex'));
});

test('reads JSON over several lines, CRLF, blank lines and a byte order mark', async () => {
  const file = `\u{feff}${wrapped(JSON.stringify(utc, null, 2), `${serials}\n${names003}\n${row}END_DATA\n`)}`;
  const { header, report } = await collectMeterFile(file.replaceAll('\n', '\r\n'));
  expect(header).toMatchObject({
    format: 'MV_T302_V003',
    masterSerial: '02000800',
    metadata: utc,
    timeZone: 'UTC',
  });
  expect(header.channels.map(({ label, name, unit }) => `${label} ${name} ${unit}`)).toEqual([
    'U1 Ph 1 V',
    'Ch1 Voie1 W',
  ]);
  expect(report).toMatchObject({ rows: 1, incomplete: false });
});

test('names are UTF-8, or windows-1252 when they are not', async () => {
  const file = `${serials}MV_T302_V002\tPh 1 V\tFour à pain W\n`;
  for (const bytes of [Buffer.from(file, 'utf8'), Buffer.from(file, 'latin1')]) {
    expect((await collectMeterFile(bytes)).header.channels[1]?.name).toBe('Four à pain');
  }
});

test.each(['MV_T302_V002', 'MV_T202_V002'])('%s has UTC times and no metadata', async (format) => {
  const { header } = await collectMeterFile(serials + names.replace('MV_T302_V002', format));
  expect(header).toMatchObject({ format, timeZone: 'UTC', metadata: {} });
});
