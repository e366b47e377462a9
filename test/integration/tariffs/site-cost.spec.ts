import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteCost, type Bill, type Problem, type SiteCost, type TariffDetail } from '#libs/contracts';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { runPolicies } from '../test-database.js';
import { writeSite, type MeasuredChannel } from './measured-site.js';
import { flatDocument, writeTariff } from './tariff-data.js';

let portal: RunningApp;
let client: ApiClient;
beforeAll(async () => {
  portal = await startPortal();
  client = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());

/** 10 kW. */
const channel = (parts: Partial<MeasuredChannel> = {}): MeasuredChannel => ({
  label: 'Ch1',
  unit: 'kW',
  stepSeconds: 900,
  from: '2026-02-28T23:00:00Z',
  to: '2026-03-31T22:00:00Z',
  value: '10',
  ...parts,
});

const blocks = flatDocument('0', {
  components: [
    {
      kind: 'blocks',
      id: 'energy',
      name: 'Energy',
      blocks: [
        { upToKwh: '1000', perKwh: '0.1' },
        { upToKwh: null, perKwh: '0.2' },
      ],
    },
    { kind: 'fixed', id: 'base', name: 'Base', per: 'month', amount: '31' },
    { kind: 'demand', id: 'peak', name: 'Peak', unit: 'kW', intervalMinutes: 15, perUnit: '2' },
  ],
  taxes: [{ id: 'vat', name: 'VAT', percent: '10' }],
});

async function billedSite(slug: string, channels: MeasuredChannel[], document = blocks): Promise<string> {
  const site = await writeSite(portal.dataSource, slug, 'Europe/Paris', channels);
  const tariff: TariffDetail = await writeTariff(client, slug, [
    { firstDay: '2020-01-01', lastDay: null, document },
  ]);
  const { status } = await client.send('PUT', `/api/sites/${site}/tariff`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tariffId: tariff.id }),
  });
  expect(status).toBe(200);
  return site;
}

const costOf = (site: string, query: string) =>
  client.get<SiteCost & Problem>(`/api/sites/${site}/cost?${query}`);

const totalOf = ({ days }: SiteCost) =>
  days.reduce((sum, { energyAmount, fixedAmount }) => sum + Number(energyAmount) + Number(fixedAmount), 0);

describe('GET /api/sites/:id/cost', () => {
  it('has days that add up to the bill of the month without its demand', async () => {
    const site = await billedSite('month', [channel()]);
    const { status, body } = await costOf(site, 'from=2026-03-01&to=2026-04-01');
    expect(status).toBe(200);
    const cost = siteCost.strict().parse(body);
    expect(cost).toMatchObject({
      timeZone: 'Europe/Paris',
      currency: 'EUR',
      tariff: { name: 'month' },
      basis: 'samples',
      demand: ['Peak'],
      problems: [],
    });
    expect(cost.days).toHaveLength(31);
    const { body: bill } = await client.get<Bill>(`/api/sites/${site}/bill?from=2026-03-01&to=2026-04-01`);
    // 10 kW × 2 €, and the tax on it.
    expect(totalOf(cost)).toBeCloseTo(Number(bill.total) - 22, 2);
    // The fifth day passes 1,000 kWh, the 29th has 23 hours.
    expect([cost.days[3], cost.days[4], cost.days[28]].map((one) => one?.energyAmount)).toEqual([
      '26.4',
      '48.4',
      '50.6',
    ]);
    expect(cost.days[0]).toEqual({
      day: '2026-03-01',
      energyKwh: '240',
      energyAmount: '26.4',
      fixedAmount: '1.1',
      completeness: 1,
    });
  });

  it('fills blocks from the first of the month on, whatever is asked for', async () => {
    const site = await billedSite('week', [channel()]);
    const { body } = await costOf(site, 'from=2026-03-05&to=2026-03-06');
    expect(body.days.map(({ day, energyAmount }) => [day, energyAmount])).toEqual([['2026-03-05', '48.4']]);
  });

  it('takes rollups in long periods, which come to the same', async () => {
    const site = await billedSite('year', [channel(), channel({ serial: '0002', stepSeconds: 600 })]);
    await runPolicies(portal);
    const long = await costOf(site, 'from=2026-01-01&to=2026-05-01');
    const short = await costOf(site, 'from=2026-03-01&to=2026-04-01');
    expect([long.body.basis, long.body.days.length]).toEqual(['rollups', 120]);
    const march = long.body.days.filter(({ day }) => day.startsWith('2026-03'));
    expect(march.map(({ energyKwh }) => Number(energyKwh))).toEqual(
      short.body.days.map(({ energyKwh }) => Number(energyKwh)),
    );
    expect(totalOf({ ...long.body, days: march })).toBeCloseTo(totalOf(short.body), 3);
    expect(long.body.days[0]).toMatchObject({ energyKwh: null, energyAmount: null, completeness: 0 });
  });

  it('marks what was not measured, and bills it not as 0', async () => {
    const site = await billedSite('gap', [channel({ to: '2026-03-02T11:00:00Z' })]);
    const { body } = await costOf(site, 'from=2026-03-01&to=2026-03-04');
    expect(body.days.map(({ energyAmount, completeness }) => [energyAmount === null, completeness])).toEqual([
      [false, 1],
      [false, (12 + 0.25) / 24],
      [true, 0],
    ]);
    expect(Number(body.days[2]?.fixedAmount)).toBeCloseTo(1.1, 5);
  });

  it('names a meter that measured nothing more before the period', async () => {
    const old = channel({ serial: '0002', to: '2026-03-10T00:00:00Z' });
    const site = await billedSite('ended', [channel(), old]);
    const { body } = await costOf(site, 'from=2026-03-20&to=2026-03-22');
    expect(body.problems).toEqual([]);
    const noBlocks = await billedSite('flat', [channel(), old], flatDocument('1'));
    const flat = await costOf(noBlocks, 'from=2026-03-20&to=2026-03-22');
    expect(flat.body.problems).toMatchObject([{ code: 'CHANNEL_ENDED', deviceSerial: '0002' }]);
    expect(flat.body.days.map(({ completeness }) => completeness)).toEqual([1, 1]);
  });

  it('leaves out the days to come', async () => {
    const site = await billedSite('today', [channel()]);
    const today = new Date();
    const at = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const { body } = await costOf(site, `from=${at(-3)}&to=${at(10)}`);
    expect(body.days.length).toBeGreaterThanOrEqual(4);
    expect(body.days.length).toBeLessThanOrEqual(5);
    expect((await costOf(site, `from=${at(9)}&to=${at(10)}`)).body.days).toEqual([]);
  });

  it('says that a site has no tariff, and which days no version is valid on', async () => {
    const none = await writeSite(portal.dataSource, 'none', 'UTC', [channel()]);
    const { status, body } = await costOf(none, 'from=2026-03-01&to=2026-03-04');
    expect([status, body.tariff, body.currency, body.days]).toEqual([200, null, null, []]);
    const site = await billedSite('before', [channel({ from: '2019-12-30Z', to: '2020-01-03Z' })]);
    const early = await costOf(site, 'from=2019-12-31&to=2020-01-02');
    expect(early.body.problems).toEqual([
      { code: 'NO_TARIFF_VERSION', from: '2019-12-31', to: '2020-01-01' },
    ]);
    expect(early.body.days.map(({ fixedAmount }) => fixedAmount === null)).toEqual([true, false]);
  });

  it.each([
    ['from=2026-03-01', 'to'],
    ['from=2026-03-03&to=2026-03-01', 'to'],
    ['from=2024-01-01&to=2026-03-01', 'to'],
    ['from=2026-03-01&to=2026-03-02&tariff=x', 'body'],
  ])('refuses %s by the name of the field', async (query, path) => {
    const site = '018f0000-0000-7000-8000-000000000000';
    const { status, body } = await costOf(site, query);
    expect([status, body.errors?.map((one) => one.path)]).toEqual([400, [path]]);
    expect((await costOf(site, 'from=2026-03-01&to=2026-03-02')).status).toBe(404);
  });
});
