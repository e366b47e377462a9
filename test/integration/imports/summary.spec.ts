import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSummary, type AddedApiToken } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { addDevice, addSite, deliver, every } from '../deliveries/delivering-devices.js';
import { filesOf, startImportPortal, type ImportPortal } from './upload-client.js';

let portal: ImportPortal;
let program: ApiClient;
/** Noon, so that no test crosses midnight. */
const noon = new Date(Date.UTC(2026, 5, 10, 12));

beforeAll(async () => {
  portal = await startImportPortal();
  program = await tokenFor('imports:read');
  for (const site of ['north', 'south']) await addSite(portal, site);
  await addDevice(portal, 'north', 'A');
  await addDevice(portal, 'south', 'B');
  await deliver(portal, 'north', 'A', every(60, 0, 3), { now: noon });
  await deliver(portal, 'north', 'A', [{ minutesAgo: 24 * 60 }], { now: noon });
  await deliver(portal, 'north', 'X', [{ minutesAgo: 5 }], { now: noon, status: 'rejected' });
  await deliver(portal, 'south', 'B', every(60, 100 * 24 * 60, 4), { now: noon });
});
afterAll(() => portal.close());

async function tokenFor(scope: string): Promise<ApiClient> {
  const { body } = await portal.client.post<AddedApiToken>('/api/api-tokens', {
    name: scope,
    scopes: [scope],
  });
  return new ApiClient(portal.url, { authorization: `Bearer ${body.secret}` });
}

async function summary(query: string) {
  const { status, body } = await program.get(`/api/imports/summary?${query}`);
  expect(status).toBe(200);
  return importSummary.strict().parse(body);
}

describe('GET /api/imports/summary', () => {
  it('sums up by day and by device, with the newest file and what is overdue', async () => {
    const found = await summary('from=2026-06-01T00:00:00Z&to=2026-06-11T00:00:00Z');
    expect(found.totals).toEqual({
      files: 5,
      imported: 4,
      rejected: 1,
      rows: 50,
      points: 500,
      rejectedRows: 5,
      rejectedValues: 10,
    });
    expect(found.days.map(({ day, files, rejected }) => [day, files, rejected])).toEqual([
      ['2026-06-09', 1, 0],
      ['2026-06-10', 4, 1],
    ]);
    expect(
      found.devices.map(({ site, device, files, everySeconds, overdueSince }) => [
        `${site}/${device}`,
        files,
        everySeconds,
        overdueSince !== null,
      ]),
    ).toEqual([
      ['north/A', 4, 3_600, true],
      ['north/X', 1, null, false],
      ['south/B', 0, 3_600, true],
    ]);
    expect(found.devices[0]?.newestFileAt).toBe(noon.toISOString());
    expect(found.devices[1]?.newestFileAt).toBeNull();
  });

  it('cuts days in the time zone that is asked for', async () => {
    const range = 'from=2026-06-01T00:00:00Z&to=2026-06-11T00:00:00Z';
    const { days } = await summary(`${range}&timeZone=Pacific/Kiritimati`);
    expect(days.map(({ day }) => day)).toEqual(['2026-06-10', '2026-06-11']);
  });

  it('is of one site, and of the last 30 days, when asked so', async () => {
    const { devices, totals } = await summary('from=2026-06-01T00:00:00Z&to=2026-06-11T00:00:00Z&site=south');
    expect(devices.map(({ site }) => site)).toEqual(['south']);
    expect(totals.files).toBe(0);
    const { from, to } = await summary('');
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000);
  });

  it.each([
    'from=2026-01-01T00:00:00Z&to=2026-04-04T00:00:00Z',
    'from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z',
    'from=yesterday',
    'timeZone=Nowhere',
    'other=1',
  ])('refuses %s', async (query) => {
    expect(await program.get(`/api/imports/summary?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'BODY_INVALID' },
    });
  });

  it('is opened by its own scope, and its token opens nothing else', async () => {
    const other = await tokenFor('measurements:read');
    expect((await other.get('/api/imports/summary')).status).toBe(403);
    expect((await program.get('/api/imports/files')).status).toBe(401);
    expect((await new ApiClient(portal.url).get('/api/imports/summary')).status).toBe(401);
    const { body } = await portal.client.get<{
      paths: Record<string, Record<string, { security: unknown }>>;
    }>('/api/openapi.json');
    expect(body.paths['/api/imports/summary']?.['get']?.security).toEqual([
      { apiToken: ['imports:read'] },
      { session: [] },
    ]);
  });
});

describe('/metrics', () => {
  it('counts runs, files and rows, and has the age of the newest file of each device', async () => {
    await portal.folder.write('north/02001084/a.tsv');
    await portal.folder.write('north/02001084/broken.tsv', 'nothing of a meter\n');
    const { body } = await portal.client.post<{ runId: string }>('/api/imports/runs');
    await filesOf(portal.client, body.runId);
    await expect
      .poll(async () => (await portal.client.get<string>('/metrics')).body)
      .toContain('wattfleet_import_runs_total{trigger="manual",outcome="finished",app="portal"} 1');
    const metrics = (await portal.client.get<string>('/metrics')).body;
    for (const line of [
      'wattfleet_import_files_total{outcome="imported",app="portal"} 1',
      'wattfleet_import_files_total{outcome="rejected",app="portal"} 1',
      'wattfleet_import_rows_total{app="portal"} 20',
      'wattfleet_import_rejected_rows_total{app="portal"} 0',
      'wattfleet_import_run_seconds_count{app="portal"} 1',
      'wattfleet_import_devices{state="overdue",app="portal"} 2',
    ]) {
      expect(metrics).toContain(line);
    }
    expect(metrics).toMatch(
      /wattfleet_import_newest_file_age_seconds\{site="south",device="B",app="portal"\} \d+/,
    );
  });
});
