import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  fleetTotals,
  importDatabaseTotals,
  importStarted,
  type CustomerDetail,
  type CustomerWithToken,
  type FleetPushStatus,
  type ImportRunSummary,
} from '#libs/contracts';
import { demoMeterFiles } from '../fixtures/meter-files.js';
import { ApiClient } from './api-client.js';
import { fleetRows, portalRows } from './fleet-listing.js';
import { LossyProxy } from './lossy-proxy.js';
import { MeterFolder } from './meter-folder.js';
import { startAdmin, startPortal, type RunningApp } from './running-app.js';
import { runPolicies } from './test-database.js';

const patience = { timeout: 50_000, interval: 50 };

let folder: MeterFolder;
let admin: RunningApp;
let proxy: LossyProxy;
let portal: RunningApp;
let operator: ApiClient;
let user: ApiClient;

beforeAll(async () => {
  folder = await MeterFolder.create();
  admin = await startAdmin();
  operator = await ApiClient.signedIn(admin.url);
  const registered = await operator.post<CustomerWithToken>('/api/customers', {
    code: 'ABC0001',
    name: 'Acme',
  });
  proxy = await LossyProxy.start(admin.url, (push) => push === 2);
  portal = await startPortal({
    environment: {
      IMPORT_FOLDER: folder.path,
      SITE_TIME_ZONE: 'Europe/Paris',
      FLEET_INGEST_ENABLED: 'true',
      FLEET_INGEST_URL: proxy.url,
      FLEET_INGEST_TOKEN: registered.body.token,
    },
  });
  user = await ApiClient.signedIn(portal.url);
});
afterAll(async () => {
  await portal.close();
  await proxy.close();
  await admin.close();
});

async function importAll(): Promise<ImportRunSummary> {
  const { status, body } = await user.post<{ runId: string }>('/api/imports/runs');
  expect(status).toBe(202);
  const { runId } = importStarted.strict().parse(body);
  return vi.waitFor(async () => {
    const { body: listed } = await user.get<{ runs: ImportRunSummary[] }>('/api/imports/runs');
    const run = listed.runs.find(({ id }) => id === runId);
    if (!run?.finishedAt) throw new Error('the import is running');
    return run;
  }, patience);
}

function pushed(): Promise<FleetPushStatus> {
  return vi.waitFor(async () => {
    const { body } = await user.get<FleetPushStatus>('/api/fleet-push/status');
    if (body.unsentBatches > 0) throw new Error('the push is under way');
    return body;
  }, patience);
}

async function fleetCounts(): Promise<[measurements: number, batches: number]> {
  const { body } = await operator.get('/api/fleet/totals');
  const { measurements, batches } = fleetTotals.strict().parse(body);
  return [measurements, batches];
}

describe('from meter files to the fleet', () => {
  it('every measurement that the portal holds is seen by Admin, though an answer was lost', async () => {
    for (const file of demoMeterFiles(new Date())) await folder.write(file.path, file.content);
    const { totals, trigger } = await importAll();
    expect(trigger).toBe('manual');
    expect(totals).toMatchObject({ files: 12, imported: 12, rejected: 0, unchanged: 0, rejectedRows: 1 });
    const status = await pushed();
    expect(status).toMatchObject({ quarantinedBatches: 0, lastError: null });
    expect(proxy.lost).toBe(1);

    const stored = importDatabaseTotals.strict().parse((await user.get('/api/imports/totals')).body);
    expect(stored.measurements).toBeGreaterThan(70_000);
    expect(await fleetCounts()).toEqual([stored.measurements, status.sentBatches]);
    const rows = await portalRows(portal.dataSource);
    expect(rows).toHaveLength(stored.measurements);
    expect(await fleetRows(admin.dataSource)).toEqual(rows);
  });

  it('Admin rolls them up by the hour as they are, at the latest when its policies have run', async () => {
    await runPolicies(admin);
    const rolledUp: unknown[] = await admin.dataSource.query(
      `SELECT channel_id, bucket, count::int AS count, min, max, first, last, round(avg::numeric, 6) AS avg
       FROM fleet.hourly_per_channel ORDER BY 1, 2`,
    );
    const raw: unknown[] = await admin.dataSource.query(
      `SELECT channel_id, date_bin('1 hour', time, '2000-01-01 00:00Z') AS bucket, count(*)::int AS count,
         min(value) AS min, max(value) AS max, (array_agg(value ORDER BY time))[1] AS first,
         (array_agg(value ORDER BY time DESC))[1] AS last, round(avg(value)::numeric, 6) AS avg
       FROM fleet.measurement GROUP BY 1, 2 ORDER BY 1, 2`,
    );
    expect(raw.length).toBeGreaterThan(1_000);
    expect(rolledUp).toEqual(raw);
  });

  it('the operator sees the customer with what it sent', async () => {
    const { body } = await operator.get<CustomerDetail>('/api/customers/ABC0001');
    expect(body).toMatchObject({ siteCount: 2, deviceCount: 5, backlogBatches: 0 });
    expect([body.measurementCount]).toEqual([(await fleetCounts())[0]]);
  });

  it('the same files once more change nothing, on neither side', async () => {
    const before = [
      await portalRows(portal.dataSource),
      await fleetRows(admin.dataSource),
      await fleetCounts(),
    ];
    for (const file of demoMeterFiles(new Date())) await folder.write(file.path, file.content);
    expect((await importAll()).totals).toMatchObject({ imported: 0, unchanged: 12 });
    await pushed();
    expect([
      await portalRows(portal.dataSource),
      await fleetRows(admin.dataSource),
      await fleetCounts(),
    ]).toEqual(before);
  });

  it('a corrected value arrives', async () => {
    const [newest] = (await folder.files()).filter((file) => /north-plant\/.*parsed/.test(file)).toReversed();
    const text = await folder.read(newest ?? '');
    await folder.write('north-plant/02003107/corrected.tsv', text.replace(/\t[\d.]+\n$/, '\t4242.5\n'));
    expect((await importAll()).totals.imported).toBe(1);
    await pushed();
    const rows = await fleetRows(admin.dataSource);
    expect(rows).toEqual(await portalRows(portal.dataSource));
    expect(rows.filter((row) => row.endsWith(' 4242.5'))).toHaveLength(1);
  });

  it('a second import is refused while one is running', async () => {
    const days = 5;
    for (let day = 1; day <= days; day++) {
      await folder.write(`west/02001084/${day}.tsv`, { start: new Date(Date.UTC(2026, 2, day)) });
    }
    const answers = await Promise.all([1, 2, 3].map(() => user.post('/api/imports/runs')));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    // One of them may have waited the moment that the first run took.
    expect([statuses[0], statuses[2]]).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('IMPORT_RUNNING');
    await vi.waitFor(async () => {
      expect((await folder.files()).filter((file) => file.startsWith('west/02001084/parsed/'))).toHaveLength(
        days,
      );
    }, patience);
  });
});
