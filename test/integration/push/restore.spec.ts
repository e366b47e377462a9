import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CustomerWithToken, FleetPushStatus, SiteSummary } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { fleetRows, portalRows } from '../fleet-listing.js';
import { LossyProxy } from '../lossy-proxy.js';
import { MeterFolder, smallFile } from '../meter-folder.js';
import { startAdmin, startPortal, type RunningApp } from '../running-app.js';
import { copyDatabase, createTestDatabase, type TestDatabase } from '../test-database.js';

const patience = { timeout: 50_000, interval: 50 };

let folder: MeterFolder;
let adminDatabase: TestDatabase;
let portalDatabase: TestDatabase;
let backup: TestDatabase;
let admin: RunningApp;
let portal: RunningApp;
let proxy: LossyProxy;
let token: string;
/** Signed in to the portal that runs. */
let user: ApiClient;

beforeEach(async () => {
  folder = await MeterFolder.create();
  adminDatabase = await createTestDatabase();
  portalDatabase = await createTestDatabase();
  admin = await startAdmin({ database: adminDatabase });
  const operator = await ApiClient.signedIn(admin.url);
  const body = { code: 'ABC0001', name: 'Acme' };
  ({ token } = (await operator.post<CustomerWithToken>('/api/customers', body)).body);
  proxy = await LossyProxy.start(admin.url);
  await startPushingPortal(portalDatabase);
});
afterEach(async () => {
  await portal.close();
  await proxy.close();
  await admin.close();
  for (const database of [adminDatabase, portalDatabase, backup]) await database.drop();
});

async function startPushingPortal(database: TestDatabase): Promise<void> {
  const environment = {
    IMPORT_FOLDER: folder.path,
    FLEET_INGEST_ENABLED: 'true',
    FLEET_INGEST_URL: proxy.url,
    FLEET_INGEST_TOKEN: token,
    LOG_LEVEL: 'error',
  };
  portal = await startPortal({ database, environment });
  user = await ApiClient.signedIn(portal.url);
}

/** Imports what waits in the folder and returns when Admin has taken it. */
async function importAndPush(): Promise<void> {
  expect((await user.post('/api/imports/runs')).status).toBe(202);
  await vi.waitFor(async () => {
    const { body } = await user.get<{ runs: { finishedAt: string | null }[] }>('/api/imports/runs');
    expect(body.runs.every(({ finishedAt }) => finishedAt !== null)).toBe(true);
  }, patience);
  await settled();
}

function settled(): Promise<FleetPushStatus> {
  return vi.waitFor(async () => {
    const { body } = await user.get<FleetPushStatus>('/api/fleet-push/status');
    expect(body).toMatchObject({ unsentBatches: 0, state: 'idle' });
    expect(body.reconcile === null || body.reconcile.finishedAt !== null).toBe(true);
    return body;
  }, patience);
}

async function deleteSite(name: string): Promise<void> {
  const { body } = await user.get<{ sites: SiteSummary[] }>('/api/sites');
  const site = body.sites.find(({ slug }) => slug === name);
  expect((await user.send('DELETE', `/api/sites/${site?.id ?? ''}?confirm=${name}`)).status).toBe(204);
  await settled();
}

/** What makes the push look at once, as its interval does in time. */
async function pushAgain(reason: string): Promise<void> {
  await user.post('/api/fleet-push/retry');
  await vi.waitFor(async () => {
    const { body } = await user.get<FleetPushStatus>('/api/fleet-push/status');
    expect(body.reconcile).toMatchObject({ reason, finishedAt: expect.any(String) });
  }, patience);
  await settled();
}

const monday = new Date('2026-05-04T00:00:00Z');
const tuesday = new Date('2026-05-05T00:00:00Z');

describe('after a restore', () => {
  it('of Admin from yesterday, what it lost is sent again and what was removed since is removed again', async () => {
    await folder.write('north/02001084/monday.tsv', { start: monday });
    await folder.write('closed/02001085/monday.tsv', { start: monday, masterSerial: '02001085' });
    await importAndPush();
    await admin.close();
    backup = await copyDatabase(adminDatabase.address);
    admin = await startAdmin({ database: adminDatabase });
    proxy.target = admin.url;

    await folder.write('north/02001084/tuesday.tsv', { start: tuesday });
    await folder.write('north/02001084/corrected.tsv', { start: monday, rows: smallFile.rows / 2, seed: 2 });
    await folder.write('south/02001086/monday.tsv', { start: monday, masterSerial: '02001086' });
    await importAndPush();
    await deleteSite('closed');
    const expected = await portalRows(portal.dataSource);
    expect(await fleetRows(admin.dataSource)).toEqual(expected);

    await admin.close();
    admin = await startAdmin({ database: backup });
    proxy.target = admin.url;
    expect(await fleetRows(admin.dataSource)).not.toEqual(expected);
    await pushAgain('admin-behind');
    expect(await portalRows(portal.dataSource)).toEqual(expected);
    expect(await fleetRows(admin.dataSource)).toEqual(expected);
  });

  it('of a portal, files that are imported again are not there twice, and Admin has what the portal has', async () => {
    await folder.write('north/02001084/monday.tsv', { start: monday });
    await importAndPush();
    await portal.close();
    backup = await copyDatabase(portalDatabase.address);
    await startPushingPortal(portalDatabase);

    const later = { start: monday, masterSerial: '02001086' };
    await folder.write('south/02001086/monday.tsv', later);
    await folder.write('north/02001084/corrected.tsv', { start: monday, rows: smallFile.rows / 2, seed: 2 });
    await importAndPush();
    expect(await fleetRows(admin.dataSource)).toEqual(await portalRows(portal.dataSource));

    await portal.close();
    await startPushingPortal(backup);
    await pushAgain('portal-behind');
    // Made anew from its meter file, the site has other ids than those that Admin knows it by.
    await folder.write('south/02001086/again.tsv', later);
    await importAndPush();
    expect(await fleetRows(admin.dataSource)).toEqual(await portalRows(portal.dataSource));
    expect(await admin.dataSource.query('SELECT count(*)::int AS sites FROM fleet.site')).toEqual([
      { sites: 2 },
    ]);
  });
});
