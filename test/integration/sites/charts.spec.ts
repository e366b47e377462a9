import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteEnergy, siteSeries, type SiteEnergy, type SiteSeries } from '#libs/contracts';
import { runPolicies } from '../test-database.js';
import { CataloguePortal } from './catalogue-client.js';

/** Days around the change to summer time in Paris, as UTC. */
const spring = { from: '2026-03-27T23:00:00Z', to: '2026-03-29T22:00:00Z' };

let portal: CataloguePortal;
let siteId: string;
let channels: { load: string; lamp: string; register: string; voltage: string };

/** Rows of a channel: a value every so many seconds, of a formula over `time`. */
async function write(channelId: string, period: number, value: string, { from, to } = spring): Promise<void> {
  await portal.running.dataSource.query(
    `INSERT INTO monitoring.measurement (channel_id, time, value)
     SELECT channel.id, time, ${value} FROM monitoring.channel,
       generate_series($2::timestamptz, $3::timestamptz - INTERVAL '1 second', make_interval(secs => $4)) AS time
     WHERE uid = $1`,
    [channelId, from, to, period],
  );
}

beforeAll(async () => {
  portal = await CataloguePortal.start();
  const create = async (address: string, body: unknown) =>
    (await portal.send<{ id: string }>('POST', address, body)).body.id;
  siteId = await create('/api/sites', { slug: 'paris', name: 'Paris', timeZone: 'Europe/Paris' });
  const meter = await create(`/api/sites/${siteId}/devices`, { serial: 'A' });
  const counter = await create(`/api/sites/${siteId}/devices`, { serial: 'B' });
  channels = {
    load: await create(`/api/devices/${meter}/channels`, { label: 'Ch1', unit: 'kW' }),
    lamp: await create(`/api/devices/${meter}/channels`, { label: 'Ch2', unit: 'W' }),
    voltage: await create(`/api/devices/${meter}/channels`, { label: 'U1', unit: 'V' }),
    register: await create(`/api/devices/${counter}/channels`, { label: 'E', unit: 'kWh' }),
  };
  await write(channels.load, 60, '2');
  await write(channels.lamp, 60, '100', { ...spring, from: '2026-03-28T23:00:00Z' });
  await write(channels.voltage, 600, '230');
  // One kWh an hour, and a reset at noon of the second day, 10:00 UTC.
  await write(
    channels.register,
    900,
    `extract(epoch FROM time - CASE WHEN time < '2026-03-29T10:00Z' THEN '2026-03-20Z' ELSE '2026-03-29T10:00Z' END::timestamptz) / 3600`,
  );
  await runPolicies(portal.running);
});
afterAll(() => portal.close());

async function energy(query: Record<string, string> = {}): Promise<SiteEnergy> {
  const params = new URLSearchParams({ ...spring, ...query });
  const { body } = await portal.client.get(`/api/sites/${siteId}/energy?${params.toString()}`);
  return siteEnergy.strict().parse(body);
}

async function series(query: Record<string, string> = {}): Promise<SiteSeries> {
  const params = new URLSearchParams({ ...spring, ...query });
  const { body } = await portal.client.get(`/api/sites/${siteId}/series?${params.toString()}`);
  return siteSeries.strict().parse(body);
}

describe('GET /api/sites/:id/energy', () => {
  it('adds up power and registers by days of the zone, with what is covered', async () => {
    const answer = await energy();
    expect(answer).toMatchObject({
      timeZone: 'Europe/Paris',
      slotSeconds: 900,
      channelIds: [channels.load, channels.lamp, channels.register],
    });
    // Two kW and a register of one kW on 24 and 23 hours; a lamp of 100 W on the second day only. The register begins with
    // its first value, and loses the quarter hour of its reset.
    expect(answer.days.map(({ day }) => day)).toEqual(['2026-03-28', '2026-03-29']);
    expect(answer.days[0]?.energyWh).toBeCloseTo(24_000 * 2 + 23_750, 0);
    expect(answer.days[1]?.energyWh).toBeCloseTo(23_000 * 2.1 + 22_750, 0);
    expect(answer.days.map(({ coverage }) => coverage)).toEqual([0.6667, 1]);
    expect(answer.completeness).toBeCloseTo((2 / 3) * (24 / 47) + 23 / 47, 3);
    expect(answer.energyWh).toBeCloseTo(
      answer.days.reduce((sum, day) => sum + day.energyWh, 0),
      0,
    );
  });

  it('takes channels by hand, and only those that measure power or energy', async () => {
    const answer = await energy({ channel: channels.load });
    expect(answer).toMatchObject({
      energyWh: 94_000,
      completeness: 1,
      baseLoadW: 2_000,
      channelIds: [channels.load],
    });
    expect(answer.peak).toMatchObject({ powerW: 2_000 });
    // The hour that the clocks leave out has no data; 2026-03-29 is a Sunday.
    expect(answer.profile[6]?.slice(0, 4)).toEqual([2_000, 2_000, null, 2_000]);
    expect(await energy({ channel: channels.voltage })).toMatchObject({
      energyWh: null,
      channelIds: [],
      days: [],
    });
  });

  it.each([
    { minutes: 10, slotSeconds: 1_800, zone: 'Europe/Paris' },
    { minutes: 7, slotSeconds: 3_600, zone: 'Europe/Paris' },
    // Its days begin at a quarter to.
    { minutes: 10, slotSeconds: 900, zone: 'Asia/Kathmandu' },
  ])('counts all of what $minutes minutes measure in $zone', async ({ minutes, slotSeconds, zone }) => {
    const create = async (address: string, body: unknown) =>
      (await portal.send<{ id: string }>('POST', address, body)).body.id;
    const slug = `${zone.slice(-5)}-${minutes}`;
    const site = await create('/api/sites', { slug, name: zone, timeZone: zone });
    const meter = await create(`/api/sites/${site}/devices`, { serial: 'C' });
    const counter = await create(`/api/sites/${site}/devices`, { serial: 'D' });
    const power = await create(`/api/devices/${meter}/channels`, { label: 'Ch1', unit: 'W' });
    const register = await create(`/api/devices/${counter}/channels`, { label: 'E', unit: 'kWh' });
    // A week of whole days, which 7 minutes divide, too.
    const week = { from: '2026-05-03T18:15:00Z', to: '2026-05-10T18:15:00Z' };
    await write(power, minutes * 60, '1200', week);
    await write(register, minutes * 60, 'extract(epoch FROM time) / 3600', week);
    await runPolicies(portal.running);
    const { body } = await portal.client.get(
      `/api/sites/${site}/energy?${new URLSearchParams(week).toString()}`,
    );
    const answer = siteEnergy.parse(body);
    // One kW more of the register, but for the time after its last value.
    expect(answer.energyWh).toBeCloseTo(2_200 * 24 * 7 - (1_000 * minutes) / 60, 0);
    expect(answer).toMatchObject({ slotSeconds, baseLoadW: 2_200, peak: { powerW: 2_200 } });
    expect(answer.completeness).toBeGreaterThan(0.99);
  });

  it('computes long ranges from hours', async () => {
    const answer = await energy({
      from: '2025-12-31T23:00:00Z',
      to: '2026-12-31T23:00:00Z',
      channel: channels.load,
    });
    expect(answer).toMatchObject({ slotSeconds: 3_600, energyWh: 94_000 });
    expect(answer.days).toHaveLength(2);
  });
});

describe('GET /api/sites/:id/series', () => {
  it('adds up power in buckets in which every channel has a sample', async () => {
    const answer = await series();
    expect(answer).toMatchObject({
      timeZone: 'Europe/Paris',
      resolution: 'seconds',
      bucketSeconds: 120,
      previous: null,
    });
    const [total] = answer.series;
    expect([total?.channelId, total?.unit, total?.times.length]).toEqual([null, 'W', 47 * 30]);
    expect(new Set(total?.values)).toEqual(new Set([2_000, 2_100]));
  });

  it('shows channels in their own unit, samples where they are few', async () => {
    const answer = await series({ by: 'channel', channel: channels.voltage });
    expect(answer).toMatchObject({ resolution: 'samples', bucketSeconds: null });
    expect(answer.series).toMatchObject([{ channelId: channels.voltage, unit: 'V' }]);
    expect(answer.series[0]?.times).toHaveLength(47 * 6);
  });

  it('shows a year by days of the zone', async () => {
    const year = { from: '2025-12-31T23:00:00Z', to: '2026-12-31T23:00:00Z' };
    const answer = await series({ ...year, by: 'channel', channel: channels.load });
    expect(answer).toMatchObject({ resolution: 'days', bucketSeconds: 86_400 });
    expect(answer.series[0]).toMatchObject({
      times: [Date.parse('2026-03-27T23:00:00Z'), Date.parse('2026-03-28T23:00:00Z')],
      values: [2, 2],
    });
  });

  it('lays the period before over this one', async () => {
    const day = { from: '2026-03-28T23:00:00Z', to: '2026-03-29T22:00:00Z' };
    const answer = await series({ ...day, compare: 'previous' });
    expect(answer.previous).toMatchObject({
      from: '2026-03-27T23:00:00.000Z',
      to: '2026-03-28T23:00:00.000Z',
    });
    const [before] = answer.previous?.series ?? [];
    expect(before?.times[0]).toBe(Date.parse(day.from));
    expect(before?.times.at(-1)).toBeLessThan(Date.parse(day.to));
    expect(new Set(before?.values)).toEqual(new Set([2_000]));
  });

  it.each([
    ['channel', { channel: '018f0000-0000-7000-8000-000000000000' }],
    ['channel', { channel: 'x' }],
    ['to', { to: spring.from }],
    ['to', { to: '2036-03-29T22:00:00Z' }],
    ['from', { from: 'yesterday' }],
  ])('refuses a wrong %s', async (path, query) => {
    const params = new URLSearchParams({ ...spring, ...query });
    for (const address of ['series', 'energy']) {
      const { status, body } = await portal.client.get(
        `/api/sites/${siteId}/${address}?${params.toString()}`,
      );
      expect([status, body.errors?.[0]?.path.split('.')[0]]).toEqual([400, path]);
    }
  });

  it('knows no other site, and is empty where nothing counts', async () => {
    const params = new URLSearchParams(spring).toString();
    const nobody = '018f0000-0000-7000-8000-000000000000';
    expect((await portal.client.get(`/api/sites/${nobody}/series?${params}`)).status).toBe(404);
    expect((await portal.client.get(`/api/sites/${nobody}/energy?${params}`)).status).toBe(404);
    const { body } = await portal.send<{ id: string }>('POST', '/api/sites', {
      slug: 'new',
      name: 'New',
      timeZone: 'UTC',
    });
    const answer = await portal.client.get(`/api/sites/${body.id}/energy?${params}`);
    expect(siteEnergy.parse(answer.body)).toMatchObject({ energyWh: null, completeness: 0, days: [] });
    const empty = await portal.client.get(`/api/sites/${body.id}/series?${params}`);
    expect(siteSeries.parse(empty.body)).toMatchObject({ series: [] });
  });
});
