import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bill, type Bill, type Problem } from '#libs/contracts';
import { tariffExamples } from '#libs/tariffs';
import { ApiClient } from '../api-client.js';
import { startPortal, type RunningApp } from '../running-app.js';
import { writeSite, type MeasuredChannel } from './measured-site.js';
import { flatDocument, writeTariff } from './tariff-data.js';
import { zipTexts } from './zip-text.js';

let portal: RunningApp;
let client: ApiClient;
beforeAll(async () => {
  portal = await startPortal();
  client = await ApiClient.signedIn(portal.url);
});
afterAll(() => portal.close());

const ever = (document: ReturnType<typeof flatDocument>) => [
  { firstDay: '2000-01-01', lastDay: null, document },
];
const channel = (parts: Partial<MeasuredChannel> = {}): MeasuredChannel => ({
  label: 'Ch1',
  unit: 'W',
  stepSeconds: 600,
  from: '2026-03-01T00:00:00Z',
  to: '2026-03-03T00:00:00Z',
  value: '1000',
  ...parts,
});
const days = 'from=2026-03-01&to=2026-03-03';

function billOf(site: string, query: string) {
  return client.get<Bill & Problem>(`/api/sites/${site}/bill?${query}`);
}

describe('GET /api/sites/:id/bill', () => {
  it('bills 730 kWh of July 2018 by the example of Tshwane', async () => {
    const site = await writeSite(portal.dataSource, 'tshwane', 'Africa/Johannesburg', [
      channel({
        stepSeconds: 1_800,
        from: '2018-06-30T22:00:00Z',
        to: '2018-07-31T22:00:00Z',
        value: '730000.0 / (31 * 24)',
      }),
    ]);
    const example = tariffExamples.find(({ id }) => id === 'za-tshwane-domestic-2018');
    const tariff = await writeTariff(client, 'Tshwane', [
      { firstDay: '2018-07-01', lastDay: '2019-06-30', document: example?.document ?? flatDocument('0') },
    ]);
    const none = await billOf(site, 'from=2018-07-01&to=2018-08-01');
    expect([none.status, none.body.code]).toEqual([409, 'TARIFF_NOT_CHOSEN']);
    await client.send('PUT', `/api/sites/${site}/tariff`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tariffId: tariff.id }),
    });
    const { status, body } = await billOf(site, 'from=2018-07-01&to=2018-08-01');
    expect(status).toBe(200);
    const made = bill.strict().parse(body);
    expect(made).toMatchObject({
      site: { name: 'Site tshwane' },
      tariff: { name: 'Tshwane', municipality: 'Tshwane' },
      currency: 'ZAR',
      energyKwh: '730',
      completeness: 1,
      total: '1434.47',
      problems: [],
    });
    expect(made.lines.map(({ quantity, versionId }) => [quantity, versionId])).toEqual(
      ['100', '300', '250', '80', '1247.369'].map((quantity) => [quantity, tariff.versions[0]?.id]),
    );
  });

  it('counts per device: totals where there are any, registers where there is no power', async () => {
    const site = await writeSite(portal.dataSource, 'rule', 'UTC', [
      channel({ label: 'Voie1', value: '500' }),
      channel({ label: 'Total', value: '2000' }),
      channel({ label: 'E', unit: 'kWh', value: '9999' }),
      channel({ serial: '0002', label: 'Voie1', unit: 'kW', value: '1' }),
      channel({ serial: '0002', label: 'Voie2', unit: 'kW', value: '-0.5' }),
      channel({ serial: '0002', label: 'U1', unit: 'V', value: '230' }),
      channel({
        serial: '0003',
        label: 'E',
        unit: 'Wh',
        to: '2026-03-03T00:10:00Z',
        value: "extract(epoch FROM time - '2026-03-01Z') / 3.6",
      }),
    ]);
    const tariff = await writeTariff(client, 'Rule', ever(flatDocument('0.25')));
    const { body } = await billOf(site, `${days}&tariff=${tariff.id}`);
    expect(body.channels.map(({ deviceSerial, name }) => `${deviceSerial} ${name}`)).toEqual([
      '0001 Total',
      '0002 Voie1',
      '0002 Voie2',
      '0003 E',
    ]);
    // 2 kW, 1 kW − 0.5 kW, and a register that counts 1 kWh an hour.
    expect([body.energyKwh, body.total, body.completeness]).toEqual(['168', '42', 1]);
  });

  it('lists what is missing and bills it not at all', async () => {
    const site = await writeSite(portal.dataSource, 'gap', 'Europe/Paris', [
      channel({ from: '2026-02-28T23:00:00Z', to: '2026-03-01T11:00:00Z' }),
      channel({ serial: '0002', from: '2026-02-28T23:00:00Z', to: '2026-03-02T23:00:00Z' }),
    ]);
    const tariff = await writeTariff(client, 'Gap', ever(flatDocument('1')));
    const { body } = await billOf(site, `${days}&tariff=${tariff.id}`);
    // The last sample holds twice its period.
    expect(body.missing).toEqual([{ from: '2026-03-01T11:10:00.000Z', to: '2026-03-02T23:00:00.000Z' }]);
    expect(body.completeness).toBeCloseTo((48 + 12 + 1 / 6) / 96, 9);
    expect(Number(body.energyKwh)).toBeCloseTo(48 + 12 + 1 / 6, 5);
    expect(body.lines[0]?.isIncomplete).toBe(true);
    const nothing = await billOf(site, `from=2025-01-01&to=2025-02-01&tariff=${tariff.id}`);
    expect([nothing.body.completeness, nothing.body.missing.length]).toEqual([0, 1]);
  });

  it('goes by the sample period that was set, and else reads it off the data', async () => {
    const site = await writeSite(portal.dataSource, 'period', 'UTC', [
      channel({ stepSeconds: 3_600, samplePeriodSeconds: 900 }),
    ]);
    const tariff = await writeTariff(client, 'Period', ever(flatDocument('1')));
    const { body } = await billOf(site, `${days}&tariff=${tariff.id}`);
    expect([body.energyKwh, body.completeness, body.missingCount]).toEqual(['24', 0.5, 48]);
  });

  it('is split where the version changes, and by the clock of the site', async () => {
    const site = await writeSite(portal.dataSource, 'split', 'Europe/Paris', [
      channel({ from: '2026-03-28T00:00:00Z', to: '2026-04-01T00:00:00Z' }),
    ]);
    const tariff = await writeTariff(client, 'Split', [
      { firstDay: '2025-01-01', lastDay: '2026-03-29', document: flatDocument('1') },
      { firstDay: '2026-03-30', lastDay: null, document: flatDocument('2') },
    ]);
    const { body } = await billOf(site, `from=2026-03-29&to=2026-03-31&tariff=${tariff.id}`);
    expect(body.lines.map(({ from, quantity, rate }) => [from, quantity, rate])).toEqual([
      ['2026-03-29', '23', '1'],
      ['2026-03-30', '24', '2'],
    ]);
    expect(body.versions).toHaveLength(2);
  });

  it('bills demand in kVA of what is measured, and a ratchet by the months before', async () => {
    const site = await writeSite(portal.dataSource, 'demand', 'UTC', [
      channel({ from: '2026-02-01Z', value: `CASE WHEN time < '2026-02-02Z' THEN 50000 ELSE 10000 END` }),
      channel({
        label: 'S',
        unit: 'VA',
        from: '2026-02-01Z',
        value: `CASE WHEN time < '2026-02-02Z' THEN 60000 ELSE 12000 END`,
      }),
    ]);
    const demand = (unit: 'kW' | 'kVA', ratchet: object | null) =>
      flatDocument('0', {
        components: [
          {
            kind: 'demand',
            id: 'demand',
            name: 'Demand',
            unit,
            intervalMinutes: 30,
            perUnit: '31',
            ratchet,
          } as never,
        ],
      });
    const plain = await writeTariff(client, 'Demand', ever(demand('kVA', null)));
    const { body } = await billOf(site, `${days}&tariff=${plain.id}`);
    expect(body.lines[0]).toMatchObject({ detail: '12 kVA, 30 min', ratchet: null });
    const ratcheted = await writeTariff(client, 'Ratchet', ever(demand('kW', { months: 2, share: '0.8' })));
    const answer = await billOf(site, `${days}&tariff=${ratcheted.id}`);
    expect(answer.body.lines[0]).toMatchObject({
      detail: '40 kW, 30 min',
      ratchet: { month: '2026-02', peak: '50' },
    });
  });

  it.each([
    ['from=2026-03-01', 'to'],
    ['from=2026-03-03&to=2026-03-01', 'to'],
    ['from=2024-01-01&to=2026-03-01', 'to'],
    ['from=1899-01-01&to=1899-02-01', 'from', 'to'],
    ['from=2026-02-30&to=2026-03-10', 'from'],
    ['from=2026-03-01&to=2026-03-02&tariff=x', 'tariff'],
  ])('refuses %s by the name of the field', async (query, ...paths) => {
    const site = '018f0000-0000-7000-8000-000000000000';
    const { status, body } = await billOf(site, query);
    expect([status, body.errors?.map((one) => one.path)]).toEqual([400, paths]);
    expect((await billOf(site, days)).status).toBe(404);
  });

  it('has no sum of two currencies', async () => {
    const site = await writeSite(portal.dataSource, 'currency', 'UTC', [channel()]);
    const tariff = await writeTariff(client, 'Currency', [
      { firstDay: '2025-01-01', lastDay: '2026-03-01', document: flatDocument('1') },
      { firstDay: '2026-03-02', lastDay: null, document: flatDocument('1', { currency: 'USD' }) },
    ]);
    const refused = await billOf(site, `${days}&tariff=${tariff.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'TARIFF_CURRENCY_CHANGES']);
    const later = await billOf(site, `from=2026-03-02&to=2026-03-03&tariff=${tariff.id}`);
    expect(later.body.currency).toBe('USD');
  });
});

describe('two tariffs', () => {
  it('are compared on the same load, in the order asked for', async () => {
    const site = await writeSite(portal.dataSource, 'compare', 'UTC', [channel()]);
    const cheap = await writeTariff(client, 'Cheap', ever(flatDocument('0.1')));
    const dear = await writeTariff(client, 'Dear', ever(flatDocument('0.3')));
    const query = `${days}&tariff=${dear.id}&tariff=${cheap.id}`;
    const { status, body } = await client.get<{ bills: Bill[] }>(`/api/sites/${site}/bill/compare?${query}`);
    expect(status).toBe(200);
    expect(body.bills.map((one) => [bill.strict().parse(one).tariff.name, one.total])).toEqual([
      ['Dear', '14.4'],
      ['Cheap', '4.8'],
    ]);
    const alone = await client.get(`/api/sites/${site}/bill/compare?${days}&tariff=${cheap.id}`);
    expect([alone.status, alone.body.errors?.[0]?.path]).toEqual([400, 'tariff']);
  });
});

describe('downloads', () => {
  it('are a PDF, and a workbook whose texts are no formulas', async () => {
    const site = await writeSite(portal.dataSource, 'paper', 'Europe/Paris', [
      channel({ to: '2026-03-02T00:00:00Z' }),
    ]);
    const name = '=HYPERLINK("http://example.com";"x")';
    const tariff = await writeTariff(client, name, ever(flatDocument('0.2')));
    const query = `${days}&tariff=${tariff.id}&language=fr`;
    const get = (ending: string) =>
      fetch(new URL(`/api/sites/${site}/bill.${ending}?${query}`, portal.url), {
        headers: { cookie: client.cookie },
      });
    const pdf = await get('pdf');
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(pdf.headers.get('content-disposition')).toBe('attachment; filename="bill-paper-2026-03-01.pdf"');
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString('latin1'),
    ).toBe('%PDF-');
    const xlsx = await get('xlsx');
    expect(xlsx.headers.get('content-disposition')).toContain('bill-paper-2026-03-01.xlsx');
    const texts = zipTexts(Buffer.from(await xlsx.arrayBuffer()));
    const sheet = texts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).not.toContain('<f');
    expect([...texts.values()].join('')).toContain('=HYPERLINK');
    expect([...texts.values()].join('')).toContain('tout n’a pas été mesuré');
  });
});
