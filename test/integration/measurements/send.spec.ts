import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  maxSentBytes,
  maxSentRows,
  sentMeasurementsResult,
  type SentMeasurementsResult,
} from '#libs/contracts';
import { ApiClient, type Answer } from '../api-client.js';
import { startMeteredPortal, type MeteredPortal } from './metered-portal.js';

let portal: MeteredPortal;
let program: ApiClient;

beforeAll(async () => {
  portal = await startMeteredPortal();
  program = await portal.program('measurements:write');
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.dataSource.query('DELETE FROM monitoring.measurement');
  await portal.dataSource.query('DELETE FROM monitoring.outbox');
  await portal.dataSource.query('UPDATE monitoring.fleet_push_state SET enabled = false');
});

async function send(rows: unknown[], client = program): Promise<SentMeasurementsResult> {
  const { status, body } = await client.post('/api/measurements', { rows });
  expect(status).toBe(200);
  const result = sentMeasurementsResult.strict().parse(body);
  expect(result.accepted + result.duplicates + result.rejected).toBe(rows.length);
  expect(result.errors).toHaveLength(result.rejected);
  return result;
}

const time = '2026-05-04T00:00:00Z';
const main = (value: unknown, at: unknown = time) => ({ externalId: 'main-meter', time: at, value });

describe('POST /api/measurements', () => {
  it('stores rows by external id and by channel id', async () => {
    const nameless = portal.channels['nameless']?.uid;
    const rows = [
      main(1.5),
      main(-2, '2026-05-04T03:00:00.250+02:00'),
      { channelId: nameless?.toUpperCase(), time: Date.parse(time), value: 0 },
    ];
    expect(await send(rows)).toEqual({ accepted: 3, duplicates: 0, rejected: 0, errors: [] });
    expect(await portal.stored()).toEqual([
      'main-meter 2026-05-04T00:00:00.000 1.5',
      'main-meter 2026-05-04T01:00:00.250 -2',
      'nameless 2026-05-04T00:00:00.000 0',
    ]);
  });

  it('changes nothing when the same comes again, and takes a new value for an old time', async () => {
    const rows = [main(1), main(2, '2026-05-04T00:01:00Z')];
    expect(await send(rows)).toMatchObject({ accepted: 2 });
    expect(await send(rows)).toMatchObject({ accepted: 0, duplicates: 2 });
    expect(await send([main(1), main(3, '2026-05-04T00:01:00Z')])).toMatchObject({
      accepted: 1,
      duplicates: 1,
    });
    expect(await portal.stored()).toEqual([
      'main-meter 2026-05-04T00:00:00.000 1',
      'main-meter 2026-05-04T00:01:00.000 3',
    ]);
  });

  it('names what it does not take, and stores the rest', async () => {
    const tomorrow = new Date(Date.now() + 24 * 3_600_000 + 60_000).toISOString();
    const uid = portal.channels['main-meter']?.uid;
    const rejected: [string, string, unknown][] = [
      ['UNKNOWN_CHANNEL', 'no channel has the external id "boiler"', { ...main(1), externalId: 'boiler' }],
      ['UNKNOWN_CHANNEL', '"a\\u0000b"', { ...main(1), externalId: 'a\0b' }],
      ['UNKNOWN_CHANNEL', 'the id "17"', { channelId: '17', time, value: 1 }],
      ['ROW_INVALID', 'externalId or channelId', { time, value: 1 }],
      ['ROW_INVALID', 'externalId or channelId', { ...main(1), channelId: uid }],
      ['ROW_INVALID', 'externalId must be text', { ...main(1), externalId: 7 }],
      ['ROW_INVALID', 'no field "quality"', { ...main(1), quality: 'good' }],
      ['ROW_INVALID', 'must be an object', null],
      ['ROW_INVALID', 'must be an object', [main(1)]],
      ['TIME_INVALID', 'time must be ISO 8601', main(1, '2026-05-04T00:00:00')],
      ['TIME_INVALID', 'time must be ISO 8601', main(1, '2026-02-30T00:00:00Z')],
      ['TIME_INVALID', 'time must be ISO 8601', main(1, 1.5)],
      ['TIME_INVALID', 'time must be ISO 8601', main(1, null)],
      ['TIME_OUT_OF_RANGE', 'before the year 2000', main(1, '1999-12-31T23:59:59Z')],
      ['TIME_OUT_OF_RANGE', 'before the year 2000', main(1, 1_764_000_000)],
      ['TIME_OUT_OF_RANGE', '24 h ahead', main(1, tomorrow)],
      ['VALUE_INVALID', 'value must be a finite number', main(null)],
      ['VALUE_INVALID', 'value must be a finite number', main('NaN')],
      ['VALUE_INVALID', 'value must be a finite number', main(undefined)],
      ['DUPLICATE_IN_REQUEST', 'row 0 has another value', { channelId: uid, time, value: 8 }],
    ];
    const { errors, ...counts } = await send([main(7), ...rejected.map(([, , row]) => row), main(7)]);
    expect(counts).toEqual({ accepted: 1, duplicates: 1, rejected: rejected.length });
    expect(errors).toEqual(
      rejected.map(([code, message], index) => ({
        row: index + 1,
        code,
        message: expect.stringContaining(message),
      })),
    );
    expect(await portal.stored()).toEqual(['main-meter 2026-05-04T00:00:00.000 7']);
  });

  it('takes no number that is larger than numbers are', async () => {
    const text = `{"rows":[{"externalId":"pump","time":"${time}","value":1e999}]}`;
    const { body } = await program.post<SentMeasurementsResult>('/api/measurements', text);
    expect(body).toMatchObject({ accepted: 0, errors: [{ row: 0, code: 'VALUE_INVALID' }] });
  });

  it('queues for Admin what is new or changed, in the same transaction', async () => {
    await portal.dataSource.query('UPDATE monitoring.fleet_push_state SET enabled = true, batch_rows = 100');
    await send(Array.from({ length: 250 }, (_, minute) => main(minute, Date.parse(time) + minute * 60_000)));
    const queued = (): Promise<{ kind: string; rows: number }[]> =>
      portal.dataSource.query('SELECT kind, rows FROM monitoring.outbox ORDER BY id');
    expect(await queued()).toEqual([100, 100, 50].map((rows) => ({ kind: 'measurements', rows })));
    await send([main(0), main(99, Date.parse(time) + 60_000)]);
    expect((await queued()).slice(3)).toEqual([{ kind: 'measurements', rows: 1 }]);
  });

  it('takes as many rows as it says, gzipped too, and one more not', async () => {
    const rows = Array.from({ length: maxSentRows }, (_, second) => ({
      externalId: second % 2 === 0 ? 'pump' : 'main-meter',
      time: Date.parse(time) + second * 1_000,
      value: second,
    })).toReversed();
    const init = {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ rows })),
    };
    const answer = await program.send<SentMeasurementsResult>('POST', '/api/measurements', init);
    expect([answer.status, answer.body]).toEqual([
      200,
      { accepted: maxSentRows, duplicates: 0, rejected: 0, errors: [] },
    ]);
    expect(await portal.stored()).toHaveLength(maxSentRows);
    const tooMany = await program.post('/api/measurements', { rows: [...rows, rows[0]] });
    expect([tooMany.status, tooMany.body.errors?.[0]?.path]).toEqual([400, 'rows']);
  });

  it.each([
    ['a list', []],
    ['no rows', {}],
    ['one row', { rows: main(1) }],
    ['another field', { rows: [], site: 'north' }],
  ])('refuses a body that is %s', async (_what, body) => {
    const answer = await program.post('/api/measurements', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'BODY_INVALID']);
  });

  function sendBytes(body: Buffer, headers: Record<string, string> = {}): Promise<Answer<{ code: string }>> {
    return program.send('POST', '/api/measurements', {
      headers: { 'content-type': 'application/json', ...headers },
      body: new Uint8Array(body),
    });
  }

  it('bounds what it reads and what it inflates', async () => {
    const large = Buffer.from(`{"rows":[],"x":"${'x'.repeat(maxSentBytes)}"}`);
    expect((await sendBytes(large)).body.code).toBe('BODY_TOO_LARGE');
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));
    expect(bomb.length).toBeLessThan(100_000);
    const gzip = { 'content-encoding': 'gzip' };
    const answer = await sendBytes(bomb, gzip);
    expect([answer.status, answer.body.code]).toEqual([413, 'BODY_TOO_LARGE']);
    const cut = gzipSync(Buffer.from('{"rows":[]}')).subarray(0, 20);
    expect((await sendBytes(cut, gzip)).body.code).toBe('BODY_INVALID');
    expect((await sendBytes(Buffer.from('{"rows":[]}'), gzip)).body.code).toBe('BODY_INVALID');
    const brotli = await sendBytes(Buffer.from('x'), { 'content-encoding': 'br' });
    expect([brotli.status, brotli.body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('asks who sends before it reads a byte', async () => {
    const body = new Uint8Array(Buffer.from('this is not JSON'));
    const headers = { 'content-type': 'application/json' };
    const stranger = await new ApiClient(portal.url).send('POST', '/api/measurements', { headers, body });
    expect([stranger.status, stranger.body.code]).toEqual([401, 'SIGN_IN_REQUIRED']);
    const wrong = new ApiClient(portal.url, { authorization: 'Bearer wfp_x' });
    const refused = await wrong.send('POST', '/api/measurements', { headers, body });
    expect([refused.status, refused.body.code]).toEqual([401, 'API_TOKEN_INVALID']);
  });

  it('takes rows of two years at most, so that no request locks more chunks than there are locks', async () => {
    const weeks = (count: number) =>
      Array.from({ length: count }, (_, week) => main(week, Date.UTC(2020, 0, 2) + week * 7 * 86_400_000));
    expect(await send(weeks(100))).toMatchObject({ accepted: 100 });
    const { status, body } = await program.post('/api/measurements', { rows: weeks(101) });
    expect([status, body.code]).toEqual([413, 'MEASUREMENTS_SPREAD']);
  });

  it('loses nothing when many send at the same time, overlapping each other', async () => {
    const rows = (offset: number) =>
      Array.from({ length: 600 }, (_, second) => ({
        externalId: second % 2 === 0 ? 'pump' : 'main-meter',
        time: Date.parse(time) + (second + offset) * 1_000,
        value: second + offset,
      }));
    const parts = [0, 300, 150, 450].map((offset) => rows(offset));
    const results = await Promise.all(
      parts.map((part, index) => send(index % 2 === 0 ? part : part.toReversed())),
    );
    const accepted = results.reduce((sum, result) => sum + result.accepted, 0);
    expect([accepted, (await portal.stored()).length]).toEqual([1_050, 1_050]);
  });
});
