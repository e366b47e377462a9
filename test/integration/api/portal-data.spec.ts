import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  importFileDetail,
  importFileSummary,
  importRunSummary,
  siteDetail,
  siteSeries,
  siteSummary,
  type ImportFileSummary,
  type SiteDetail,
  type SiteSeries,
  type SiteSummary,
} from '#libs/contracts';
import { importInto } from '../imports/import-database.js';
import { ApiClient } from '../api-client.js';
import { MeterFolder, smallFile } from '../meter-folder.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { runPolicies } from '../test-database.js';

let portal: RunningApp;
let client: ApiClient;
let site: SiteDetail;

beforeAll(async () => {
  portal = await startPortal();
  client = await ApiClient.signedIn(portal.url);
  const folder = await MeterFolder.create();
  await folder.write('north/02001084/first.tsv', { slaves: [{ serial: '04002211', channels: 2 }] });
  // A day with a value every ten seconds: more than a chart shows.
  const start = new Date('2026-05-06T00:00:00Z');
  await folder.write('north/02001084/second.tsv', { start, rows: 8_640, intervalSeconds: 10 });
  await folder.write('south/02003333/empty.tsv', '');
  await folder.write('east/02005555/third.tsv', { masterSerial: '02005555', rows: 0 });
  await importInto(portal.dataSource, folder);
  // The app runs them by the clock, perhaps in the middle of the import, and what came later would be left out.
  await runPolicies(portal);
  const { body } = await client.get<{ sites: SiteSummary[] }>('/api/sites');
  const north = body.sites.find(({ slug }) => slug === 'north');
  site = (await client.get<SiteDetail>(`/api/sites/${north?.id}`)).body;
});
afterAll(() => portal.close());

/** Lines of channels of the site in `[from, to)`, each in its own unit. */
async function series(channels: string[], from: string, to: string): Promise<SiteSeries> {
  const query = new URLSearchParams({ by: 'channel', from, to });
  for (const channel of channels) query.append('channel', channel);
  const { status, body } = await client.get(`/api/sites/${site.id}/series?${query.toString()}`);
  expect(status).toBe(200);
  return siteSeries.strict().parse(body);
}

describe('GET /api/sites', () => {
  it('lists sites by name with their counts', async () => {
    const { body } = await client.get<{ sites: unknown[] }>('/api/sites');
    expect(body.sites.map((one) => siteSummary.strict().parse(one))).toMatchObject([
      { slug: 'east', deviceCount: 1, channelCount: 6, lastTime: null },
      { slug: 'north', deviceCount: 2, channelCount: 8, lastTime: '2026-05-06T23:59:50.000Z' },
    ]);
  });

  it('shows masters before their slaves, channels in file order, each with its newest value', () => {
    const { devices } = siteDetail.strict().parse(site);
    expect(devices.map(({ serial, masterSerial }) => [serial, masterSerial])).toEqual([
      ['02001084', null],
      ['04002211', '02001084'],
    ]);
    expect(devices.map(({ channels }) => channels.map(({ label }) => label))).toEqual([
      ['U1', 'U2', 'U3', 'Ch1', 'Ch2', 'Ch3'],
      ['Ch1', 'Ch2'],
    ]);
    expect(devices[0]?.channels[0]).toMatchObject({
      name: 'Ph 1',
      unit: 'V',
      quantity: 'voltage',
      lastTime: '2026-05-06T23:59:50.000Z',
      lastValue: expect.any(Number),
    });
    expect(devices[1]?.channels[0]?.lastTime).toBe('2026-05-04T03:10:00.000Z');
  });

  it('knows no other site', async () => {
    expect((await client.get('/api/sites/018f0000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await client.get('/api/sites/1')).status).toBe(400);
  });
});

describe('GET /api/sites/:id/series', () => {
  it('gives the stored samples where they are few, from inclusive and to exclusive', async () => {
    const [u1, u2] = site.devices[0]?.channels ?? [];
    const answer = await series([u1?.id ?? '', u2?.id ?? ''], '2026-05-04T00:10:00Z', '2026-05-04T00:30:00Z');
    const at = (minute: number) => smallFile.start.getTime() + minute * 60_000;
    expect(answer.resolution).toBe('samples');
    expect(answer.series.map(({ channelId, unit, times }) => [channelId, unit, times])).toEqual([
      [u1?.id, 'V', [at(10), at(20)]],
      [u2?.id, 'V', [at(10), at(20)]],
    ]);
  });

  it('gives means by bucket where they are many, which are the means of the samples', async () => {
    const [u1] = site.devices[0]?.channels ?? [];
    const answer = await series([u1?.id ?? ''], '2026-05-06T00:00:00Z', '2026-05-07T00:00:00Z');
    expect(answer.bucketSeconds).toBe(60);
    const expected: { time: number; mean: number }[] = await portal.dataSource.query(
      `SELECT (extract(epoch FROM date_bin('1 minute', time, '2000-01-01 00:00Z')) * 1000)::float8 AS time,
         avg(value) AS mean
       FROM monitoring.measurement JOIN monitoring.channel ON channel.id = channel_id
       WHERE channel.uid = $1 AND time >= '2026-05-06Z' GROUP BY 1 ORDER BY 1`,
      [u1?.id],
    );
    const [one] = answer.series;
    expect(one?.times).toEqual(expected.map(({ time }) => time));
    for (const [index, { mean }] of expected.entries()) expect(one?.values[index]).toBeCloseTo(mean, 9);
  });

  it('takes longer buckets from the rollups', async () => {
    const [u1] = site.devices[0]?.channels ?? [];
    const answer = await series([u1?.id ?? ''], '2026-04-20T00:00:00Z', '2026-05-20T00:00:00Z');
    expect(answer.bucketSeconds).toBe(1_800);
    // From midnight to 3:10 of the first file, a day of the second.
    expect(answer.series[0]?.times).toHaveLength(7 + 48);
  });

  it('is empty where nothing was measured', async () => {
    const [u1] = site.devices[0]?.channels ?? [];
    const answer = await series([u1?.id ?? ''], '2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z');
    expect(answer.series).toEqual([]);
  });
});

describe('GET /api/imports', () => {
  async function files(query = '') {
    const { body } = await client.get<{ files: ImportFileSummary[]; total: number }>(
      `/api/imports/files${query}`,
    );
    return { ...body, files: body.files.map((one) => importFileSummary.strict().parse(one)) };
  }

  it('lists runs and files, newest first', async () => {
    const { body } = await client.get<{ runs: unknown[] }>('/api/imports/runs');
    expect(body.runs.map((run) => importRunSummary.strict().parse(run))).toMatchObject([
      {
        trigger: 'command',
        totals: { files: 4, imported: 3, rejected: 1, unchanged: 0, points: 20 * 8 + 8_640 * 6 },
      },
    ]);
    const { files: listed, total } = await files();
    expect(total).toBe(4);
    expect(listed.map(({ path }) => path)).toEqual([
      'south/02003333/empty.tsv',
      'north/02001084/second.tsv',
      'north/02001084/first.tsv',
      'east/02005555/third.tsv',
    ]);
  });

  it('lists files page by page', async () => {
    const all = (await files()).files;
    expect((await files('?page=2&pageSize=3')).files).toEqual(all.slice(3));
    expect((await files('?page=3&pageSize=3')).files).toEqual([]);
    for (const query of ['?page=0', '?pageSize=501', '?page=x']) {
      expect((await client.get(`/api/imports/files${query}`)).status, query).toBe(400);
    }
  });

  it('shows the whole report of a file', async () => {
    const refused = (await files()).files[0];
    const { body } = await client.get(`/api/imports/files/${refused?.id}`);
    expect(importFileDetail.strict().parse(body)).toMatchObject({
      status: 'rejected',
      errorCode: 'METER_FILE_EMPTY',
      report: { status: 'rejected', error: { code: 'METER_FILE_EMPTY' }, bytes: 0 },
    });
    expect((await client.get('/api/imports/files/018f0000-0000-7000-8000-000000000000')).status).toBe(404);
  });

  it('cannot be started where no folder is set', async () => {
    const { status, body } = await client.post('/api/imports/runs');
    expect([status, body.code]).toEqual([409, 'IMPORT_FOLDER_MISSING']);
  });
});
