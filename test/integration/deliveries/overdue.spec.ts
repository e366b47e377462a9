import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { siteDetail, siteSummary, type DeviceDetail, type SiteSummary } from '#libs/contracts';
import { DeliveriesService } from '../../../apps/portal/src/deliveries/deliveries.service.js';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { addDevice, addSite, deliver, every } from './delivering-devices.js';

const day = 24 * 60;
let portal: RunningApp;
let client: ApiClient;

beforeAll(async () => {
  portal = await startPortal();
  client = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());
beforeEach(async () => {
  await portal.dataSource.query(`TRUNCATE monitoring.site, monitoring.import_run CASCADE`);
  await addSite(portal, 'north');
  await addDevice(portal, 'north', 'A');
});

async function north(): Promise<SiteSummary | undefined> {
  const { body } = await client.get<{ sites: SiteSummary[] }>('/api/sites?state=all');
  return body.sites.map((site) => siteSummary.strict().parse(site)).find(({ slug }) => slug === 'north');
}

async function device(serial = 'A'): Promise<DeviceDetail | undefined> {
  const { body } = await client.get(`/api/sites/${(await north())?.id}`);
  return siteDetail
    .strict()
    .parse(body)
    .devices.find((one) => one.serial === serial);
}

/** Serial numbers. */
async function overdueAt(now: Date): Promise<string[]> {
  const states = await portal.app.get(DeliveriesService).list(now);
  return states.filter(({ overdueSince }) => overdueSince !== null).map(({ serial }) => serial);
}

describe('a device', () => {
  it('that delivers in time is not overdue, and says how often it delivers', async () => {
    await deliver(portal, 'north', 'A', every(10, 12));
    expect((await device())?.delivery).toMatchObject({ everySeconds: 600, overdueSince: null });
    expect((await north())?.overdueDevices).toBe(0);
  });

  it('that is silent for twice its habit is overdue until it delivers', async () => {
    await deliver(portal, 'north', 'A', every(10, 25));
    const { lastAt = '', overdueSince } = (await device())?.delivery ?? {};
    expect(Date.parse(overdueSince ?? '') - Date.parse(lastAt)).toBe(20 * 60_000);
    expect((await north())?.overdueDevices).toBe(1);
    await deliver(portal, 'north', 'A', [{ minutesAgo: 0 }]);
    expect((await north())?.overdueDevices).toBe(0);
  });

  it('that delivers every day is not overdue after a day and a half', async () => {
    await deliver(portal, 'north', 'A', every(day, 1.5 * day));
    expect((await device())?.delivery).toMatchObject({ everySeconds: 86_400, overdueSince: null });
  });

  it.each([1, 2])('with %d deliveries has no habit', async (count) => {
    await deliver(portal, 'north', 'A', every(10, 10_000, count));
    expect((await device())?.delivery).toMatchObject({ everySeconds: null, overdueSince: null });
  });

  it('that never delivered says nothing, nor does one whose files were refused or uploaded by hand', async () => {
    await deliver(portal, 'north', 'A', every(10, 100), { status: 'rejected' });
    expect((await device())?.delivery).toBeNull();
    await portal.dataSource.query(
      `INSERT INTO monitoring.import_upload (id, name, bytes, sha256, mappable, report, uploaded_by)
       VALUES ($1, 'x.tsv', 1, 'x', false, '{}', 'a@example.com')`,
      [uuid()],
    );
    await portal.dataSource.query(
      `UPDATE monitoring.import_file SET status = 'imported', upload_id = (SELECT id FROM monitoring.import_upload LIMIT 1)`,
    );
    expect((await device())?.delivery).toBeNull();
  });

  it('has one delivery for all files of a run', async () => {
    await deliver(portal, 'north', 'A', every(10, 100, 12));
    await portal.dataSource.query(
      `UPDATE monitoring.import_file SET run_id = (SELECT id FROM monitoring.import_run LIMIT 1)`,
    );
    expect((await device())?.delivery).toMatchObject({ everySeconds: null, overdueSince: null });
  });

  it('of another site with the same serial number is another device', async () => {
    await addSite(portal, 'south');
    await addDevice(portal, 'south', 'A');
    await deliver(portal, 'north', 'A', every(10, 100));
    await deliver(portal, 'south', 'A', every(10, 5));
    expect((await north())?.overdueDevices).toBe(1);
    expect(await overdueAt(new Date())).toEqual(['A']);
  });

  it('of an archived site is not overdue', async () => {
    await deliver(portal, 'north', 'A', every(10, 100));
    const { id } = (await north()) ?? { id: '' };
    expect((await client.post(`/api/sites/${id}/archive`)).status).toBeLessThan(300);
    expect((await north())?.overdueDevices).toBe(0);
    expect(await overdueAt(new Date())).toEqual([]);
  });

  it('that was replaced is not overdue once somebody says so, while the new one is watched', async () => {
    await addDevice(portal, 'north', 'B');
    await deliver(portal, 'north', 'A', every(10, 20_000));
    await deliver(portal, 'north', 'B', every(10, 5));
    expect((await north())?.overdueDevices).toBe(1);
    const { id } = (await device('A')) ?? { id: '' };
    const { status } = await client.send('PATCH', `/api/devices/${id}`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ watched: false }),
    });
    expect(status).toBeLessThan(300);
    expect(await device('A')).toMatchObject({ watched: false, delivery: null });
    expect(await device('B')).toMatchObject({ watched: true, delivery: { overdueSince: null } });
    expect((await north())?.overdueDevices).toBe(0);
  });
});

describe('a pause of every week', () => {
  /** Three weeks of working days, 08:00 to 18:00 UTC, an hour apart; the last delivery on Friday 18:00. */
  const friday = new Date('2026-05-29T18:00:00Z');
  const hours = Array.from({ length: 21 * 24 }, (_, index) => index).filter((ago) => {
    const at = new Date(friday.getTime() - ago * 3_600_000);
    return at.getUTCDay() >= 1 && at.getUTCDay() <= 5 && at.getUTCHours() >= 8 && at.getUTCHours() <= 18;
  });
  const later = (hoursLater: number) => new Date(friday.getTime() + hoursLater * 3_600_000);

  beforeEach(() =>
    deliver(
      portal,
      'north',
      'A',
      hours.map((ago) => ({ minutesAgo: ago * 60 })),
      { now: friday },
    ),
  );

  it('is waited for, and one habit more', async () => {
    expect(await overdueAt(later(24))).toEqual([]);
    expect(await overdueAt(later(62.9))).toEqual([]);
    expect(await overdueAt(later(63))).toEqual(['A']);
  });

  it('is waited for as long as in the shorter one of the two weeks before', async () => {
    await deliver(portal, 'north', 'A', [{ minutesAgo: 14 * day - 12 * 60 }], { now: friday });
    expect(await overdueAt(later(10))).toEqual([]);
    expect(await overdueAt(later(13))).toEqual(['A']);
  });
});
