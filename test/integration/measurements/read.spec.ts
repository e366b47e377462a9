import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measurementChannel, measurementRows, type MeasurementRows } from '#libs/contracts';
import type { ApiClient } from '../api-client.js';
import { startMeteredPortal, type MeteredPortal } from './metered-portal.js';
import { runPolicies } from '../test-database.js';

let portal: MeteredPortal;
let program: ApiClient;

const minute = 60_000;
const parisDay = { from: '2026-03-29T00:00:00+01:00', to: '2026-03-30T00:00:00+02:00' };

/** Samples from `from` to `to` for each channel; the value is the minute of the hour. */
async function fill(externalIds: string[], from: string, to: string, everyMinutes = 1): Promise<void> {
  for (const externalId of externalIds) {
    await portal.dataSource.query(
      `INSERT INTO monitoring.measurement (channel_id, time, value)
       SELECT $1, at, extract(minute FROM at) 
       FROM generate_series($2::timestamptz, $3::timestamptz - INTERVAL '1 second', make_interval(mins => $4)) AS at`,
      [portal.channels[externalId]?.id, from, to, everyMinutes],
    );
  }
}

beforeAll(async () => {
  portal = await startMeteredPortal();
  program = await portal.program('measurements:read');
  // The day on which the clock of Paris jumps from 2 to 3, and the one on which it goes back.
  await fill(['main-meter', '=cmd|calc'], parisDay.from, parisDay.to);
  await fill(['main-meter'], '2026-10-25T00:00:00+02:00', '2026-10-26T00:00:00+01:00');
  await runPolicies(portal);
});
afterAll(() => portal.close());

type Query = Record<string, string | string[]>;

function address(query: Query): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return `/api/measurements?${new URLSearchParams(entries).toString()}`;
}

async function read(query: Query): Promise<MeasurementRows> {
  const { status, body } = await program.get<unknown>(address(query));
  expect(status, JSON.stringify(body)).toBe(200);
  return measurementRows.strict().parse(body);
}

const paris = { externalId: 'main-meter', timeZone: 'Europe/Paris', ...parisDay };

describe('GET /api/measurements', () => {
  it('gives samples as they are stored, in the time zone that was asked for', async () => {
    const answer = await read({ ...paris, from: '2026-03-29T00:59:00Z', to: '2026-03-29T01:01:00Z' });
    const { uid = '' } = portal.channels['main-meter'] ?? {};
    expect(answer).toEqual({
      from: '2026-03-29T00:59:00.000Z',
      to: '2026-03-29T01:01:00.000Z',
      bucket: 'raw',
      timeZone: 'Europe/Paris',
      channels: [
        {
          channelId: uid,
          externalId: 'main-meter',
          site: 'north',
          siteTimeZone: 'Europe/Paris',
          device: '02001084',
          label: 'main-meter',
          name: 'Channel main-meter',
          quantity: 'power',
          unit: 'W',
        },
      ],
      rows: [
        { channelId: uid, time: '2026-03-29T01:59:00.000+01:00', value: 59 },
        { channelId: uid, time: '2026-03-29T03:00:00.000+02:00', value: 0 },
      ],
    });
  });

  it('cuts hours and days in the time zone, also where a day has 23 or 25 of them', async () => {
    const spring = await read({ ...paris, bucket: 'hour' });
    expect(spring.rows).toHaveLength(23);
    expect(spring.rows[0]).toMatchObject({
      time: '2026-03-29T00:00:00.000+01:00',
      count: 60,
      mean: 29.5,
      min: 0,
      max: 59,
      first: 0,
      last: 59,
    });
    const autumnRange = { from: '2026-10-25T00:00:00+02:00', to: '2026-10-26T00:00:00+01:00' };
    const autumn = await read({ ...paris, ...autumnRange, bucket: 'hour' });
    expect(autumn.rows).toHaveLength(25);
    expect(autumn.rows.slice(2, 4).map((row) => row.time)).toEqual([
      '2026-10-25T02:00:00.000+02:00',
      '2026-10-25T02:00:00.000+01:00',
    ]);
    const whole = { ...paris, from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
    const days = await read({ ...whole, bucket: 'day' });
    expect(days.rows).toMatchObject([
      { time: '2026-03-29T00:00:00.000+01:00', count: 23 * 60 },
      { time: '2026-10-25T00:00:00.000+02:00', count: 25 * 60 },
    ]);
    const months = await read({ ...whole, bucket: 'month' });
    expect(months.rows).toMatchObject([
      { time: '2026-03-01T00:00:00.000+01:00', count: 23 * 60 },
      { time: '2026-10-01T00:00:00.000+02:00', count: 25 * 60 },
    ]);
  });

  it('cuts days in time zones that are no whole hours from UTC', async () => {
    const { rows } = await read({ ...paris, timeZone: 'Asia/Kathmandu', bucket: 'day' });
    // The day begins there at 18:15 UTC; Paris has it begin at 23:00 UTC and end at 22:00 UTC.
    expect(rows).toMatchObject([
      { time: '2026-03-29T00:00:00.000+05:45', count: 19 * 60 + 15, first: 0, last: 14 },
      { time: '2026-03-30T00:00:00.000+05:45', count: 3 * 60 + 45, first: 15, last: 59 },
    ]);
    const hours = await read({ ...paris, timeZone: 'Asia/Kathmandu', bucket: 'hour' });
    expect(hours.rows.slice(0, 2)).toMatchObject([
      { time: '2026-03-29T04:00:00.000+05:45', count: 15, first: 0, last: 14 },
      { time: '2026-03-29T05:00:00.000+05:45', count: 60, first: 15, last: 14 },
    ]);
  });

  it('holds each bucket once, however many there are', async () => {
    await fill(['pump'], '2025-01-01T00:00:00Z', '2025-03-05T00:00:00Z', 15);
    await runPolicies(portal, Date.now() + 86_400_000);
    const range = { externalId: 'pump', from: '2025-01-01T00:00:00Z', to: '2025-03-05T00:00:00Z' };
    const quarters = await read({ ...range, bucket: '15min' });
    expect(quarters.rows).toHaveLength(63 * 96);
    expect(new Set(quarters.rows.map((row) => row.time)).size).toBe(63 * 96);
    const raw = await read(range);
    const times = raw.rows.map((row) => Date.parse(row.time));
    expect(times).toEqual(
      Array.from({ length: 63 * 96 }, (_, index) => Date.parse(range.from) + index * 15 * minute),
    );
  });

  it('is CSV for who asks for it, with unit and time zone in every line and no formula', async () => {
    const { uid } = portal.channels['=cmd|calc'] ?? {};
    const query = { ...paris, externalId: '=cmd|calc', to: '2026-03-29T00:02:00+01:00' };
    const byFormat = await program.get<string>(address({ ...query, format: 'csv' }));
    const byAccept = await program.get<string>(address(query), { accept: 'text/csv' });
    expect(byFormat.body).toBe(byAccept.body);
    expect(byFormat.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(byFormat.headers.get('content-disposition')).toBe('attachment; filename="measurements.csv"');
    const lines = parseCsv(byFormat.body, { columns: true });
    expect(lines).toEqual(
      ['00', '01'].map((at) => ({
        time: `2026-03-29T00:${at}:00.000+01:00`,
        timeZone: 'Europe/Paris',
        channelId: uid,
        externalId: `'=cmd|calc`,
        site: 'north',
        device: '02001084',
        label: `'=cmd|calc`,
        name: 'Channel =cmd|calc',
        quantity: 'power',
        unit: 'W',
        value: String(Number(at)),
      })),
    );
    const hours = await program.get<string>(
      address({ ...query, bucket: 'hour', to: paris.to, format: 'csv' }),
    );
    expect(parseCsv(hours.body, { columns: true })[0]).toMatchObject({
      count: '60',
      mean: '29.5',
      first: '0',
      last: '59',
    });
    const none = { ...query, from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' };
    const empty = await program.get<string>(address({ ...none, format: 'csv' }));
    expect(empty.body.trim().split('\r\n')).toHaveLength(1);
    expect((await read(none)).rows).toEqual([]);
  });

  it('reads several channels, by either name, and is open to whoever is signed in', async () => {
    const { uid = '' } = portal.channels['main-meter'] ?? {};
    const query = { ...paris, channelId: [uid.toUpperCase()], externalId: ['=cmd|calc'], bucket: 'day' };
    const answer = await read(query);
    expect(answer.rows.map(({ channelId }) => channelId)).toEqual(
      answer.channels.map(({ channelId }) => channelId),
    );
    expect(answer.channels).toHaveLength(2);
    expect((await portal.admin.get(address(query))).body).toEqual(answer);
    const writer = await portal.program('measurements:write');
    expect((await writer.get(address(query))).status).toBe(403);
  });

  it('names channels that are not there', async () => {
    const nobody = '018f0000-0000-7000-8000-000000000000';
    const query = { ...paris, externalId: ['main-meter', 'boiler'], channelId: nobody };
    const { status, body } = await program.get(address(query));
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
    expect(body.errors).toEqual([
      { path: 'channelId', message: `no channel has the id "${nobody}"` },
      { path: 'externalId', message: 'no channel has the external id "boiler"' },
    ]);
  });

  it.each<[string, Query]>([
    ['channelId', { externalId: [] }],
    ['channelId', { channelId: 'x' }],
    ['from', { from: '2026-03-29' }],
    ['from', { from: '2026-03-29T00:00:00' }],
    ['to', { to: parisDay.from }],
    ['to', { to: '2027-05-30T00:00:00Z' }],
    ['to', { bucket: 'hour', to: '2027-05-30T00:00:00Z' }],
    ['to', { bucket: 'day', to: '2047-05-30T00:00:00Z' }],
    ['from', { bucket: 'hour', from: '2026-03-29T00:01:00Z' }],
    ['bucket', { bucket: 'week' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: '+02:00' }],
    ['format', { format: 'xml' }],
  ])('names %s in %j', async (path, wrong) => {
    const { status, body } = await program.get(address({ ...paris, ...wrong }));
    expect([status, body.code]).toEqual([400, 'BODY_INVALID']);
    expect(
      body.errors?.some((error) => error.path.startsWith(path)),
      JSON.stringify(body.errors),
    ).toBe(true);
  });

  it('knows its parameters and no others', async () => {
    expect((await program.get(address({ ...paris, channel: 'x' }))).status).toBe(400);
  });

  it('takes 50 channels, by whichever name', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`);
    const { uid = '' } = portal.channels['pump'] ?? {};
    const errors = async (externalId: string[], channelId: string[]) =>
      (await program.get(address({ ...paris, externalId, channelId }))).body.errors?.map(({ path }) => path);
    expect(await errors(many(51), [])).toContain('externalId');
    expect(await errors(many(50), [uid])).toEqual(['channelId']);
    expect(new Set(await errors(many(49), [uid]))).toEqual(new Set(['externalId']));
  });

  it('reads no further when nobody listens any more', async () => {
    const { signal, abort } = abortable();
    const query = { externalId: 'pump', from: '2025-01-01T00:00:00Z', to: '2025-03-05T00:00:00Z' };
    const { secret } = await portal.makeToken(['measurements:read']);
    const response = await fetch(new URL(address(query), portal.url), {
      headers: { authorization: `Bearer ${secret}` },
      signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    abort();
    expect((await program.get('/api/measurements/channels')).status).toBe(200);
  });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

describe('GET /api/measurements/channels', () => {
  it('says what programs may name', async () => {
    const { body } = await program.get<{ channels: unknown[] }>('/api/measurements/channels');
    const channels = body.channels.map((channel) => measurementChannel.strict().parse(channel));
    expect(channels.map(({ externalId }) => externalId)).toEqual(['main-meter', 'pump', '=cmd|calc', null]);
  });
});
