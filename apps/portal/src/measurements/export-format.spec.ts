import { describe, expect, it } from 'vitest';
import {
  csvStream,
  jsonStream,
  localTime,
  type ExportedPage,
  type MeasurementExport,
} from './export-format.js';

const channel = {
  channelId: '018f0000-0000-7000-8000-000000000000',
  externalId: null,
  site: 'north',
  siteTimeZone: 'UTC',
  device: '02001084',
  label: 'Ch1',
  name: '-1+2, "quoted"',
  quantity: 'power',
  unit: '@W',
};

function exported(pages: ExportedPage[], fails = false): MeasurementExport {
  async function* read() {
    yield* pages;
    if (fails) throw new Error('the database has gone');
  }
  const [from, to] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'] as const;
  return { head: { from, to, bucket: 'raw', timeZone: 'UTC', channels: [channel] }, pages: read() };
}

const page = (...values: number[]): ExportedPage => ({
  channel,
  rows: values.map((value, index) => ({ time: index * 1_000, localTime: index * 1_000, value })),
});

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text;
}

describe('localTime', () => {
  const time = Date.UTC(2026, 0, 1);
  it.each([
    [0, '2026-01-01T00:00:00.000Z'],
    [120, '2026-01-01T02:00:00.000+02:00'],
    [345, '2026-01-01T05:45:00.000+05:45'],
    [-210, '2025-12-31T20:30:00.000-03:30'],
    [840, '2026-01-01T14:00:00.000+14:00'],
  ])('%i minutes from UTC is %s', (minutes, text) => {
    expect(localTime({ time, localTime: time + minutes * 60_000 })).toBe(text);
    expect(Date.parse(text)).toBe(time);
  });
});

describe('jsonStream', () => {
  it('is one document, of no page, one or several', async () => {
    for (const pages of [[], [page(1)], [page(1, -2.5), page(1e300)]]) {
      const { rows, ...head } = JSON.parse(await textOf(jsonStream(exported(pages)))) as { rows: unknown[] };
      expect(rows).toEqual(
        pages.flatMap(({ rows: given }) =>
          given.map((row) => ({
            channelId: channel.channelId,
            time: new Date(row.time).toISOString(),
            value: row['value'],
          })),
        ),
      );
      expect(head).toEqual(exported([]).head);
    }
  });

  it('breaks off where the reading does', async () => {
    await expect(textOf(jsonStream(exported([page(1)], true)))).rejects.toThrow('has gone');
    await expect(textOf(csvStream(exported([page(1)], true)))).rejects.toThrow('has gone');
  });
});

describe('csvStream', () => {
  it('escapes texts that could be formulas, and no negative number', async () => {
    const lines = (await textOf(csvStream(exported([page(-1.5), page(2)])))).split('\r\n');
    expect(lines).toEqual([
      'time,timeZone,channelId,externalId,site,device,label,name,quantity,unit,value',
      `1970-01-01T00:00:00.000Z,UTC,${channel.channelId},,north,02001084,Ch1,"'-1+2, ""quoted""",power,'@W,-1.5`,
      `1970-01-01T00:00:00.000Z,UTC,${channel.channelId},,north,02001084,Ch1,"'-1+2, ""quoted""",power,'@W,2`,
      '',
    ]);
  });
});
